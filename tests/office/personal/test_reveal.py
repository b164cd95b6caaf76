"""Nobody looks at personal data without a purpose, and every look is on record."""

from __future__ import annotations

import pytest

from gongkai.office.audit.models import Entry
from gongkai.office.personal.actions import PurposeMissing, note_look, reveal
from tests.office.cast import NOW

SUBJECT = "casework.application:7"


def test_a_look_is_recorded_with_who_what_and_what_for(db: None) -> None:
    shown = reveal("孙申请人", subject=SUBJECT, field="name", by="A001", purpose="电话联系补正", at=NOW)
    entry = Entry.objects.get()
    assert shown == "孙申请人"
    assert (entry.actor, entry.act, entry.subject) == ("A001", "personal.reveal", SUBJECT)
    assert entry.detail == {"field": "name", "purpose": "电话联系补正"}


def test_the_record_does_not_hold_what_was_seen(db: None) -> None:
    reveal("孙申请人", subject=SUBJECT, field="name", by="A001", purpose="电话联系补正", at=NOW)
    assert "孙申请人" not in str(Entry.objects.get().detail)


def test_without_a_purpose_nothing_is_shown(db: None) -> None:
    with pytest.raises(PurposeMissing, match="事由"):
        reveal("孙申请人", subject=SUBJECT, field="name", by="A001", purpose=" ", at=NOW)
    assert not Entry.objects.exists()


def test_a_look_at_a_whole_paper_is_recorded_like_one_at_a_field(db: None) -> None:
    note_look(subject=SUBJECT, field="letter", by="A001", purpose="审签文书", at=NOW)
    reveal("孙申请人", subject=SUBJECT, field="letter", by="A001", purpose="审签文书", at=NOW)
    noted, revealed = Entry.objects.order_by("sequence").values("at", "actor", "act", "subject", "detail")
    assert noted == revealed


def test_a_look_at_a_whole_paper_needs_a_purpose_too(db: None) -> None:
    with pytest.raises(PurposeMissing, match="事由"):
        note_look(subject=SUBJECT, field="letter", by="A001", purpose="", at=NOW)
    assert not Entry.objects.exists()
