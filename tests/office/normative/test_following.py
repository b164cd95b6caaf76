"""What is published, corrected or withdrawn is followed, and the days pass."""

from datetime import date, timedelta

import pytest

from gongkai.office.audit.queries import history
from gongkai.office.normative import actions
from gongkai.office.normative.models import NormativeDocument
from gongkai.office.normative.queries import standing_of
from tests.office.cast import NOW, TODAY
from tests.office.normative.records import document, item

pytestmark = pytest.mark.django_db


def test_a_normative_document_that_nobody_registered_is_registered_when_it_goes_public(cast):
    published = item(cast, date(2024, 4, 1), effective_date=date(2024, 5, 1), expiry_date=date(2029, 4, 30))
    actions.follow([published.pk], at=NOW)
    found = NormativeDocument.objects.get(item=published)
    assert (found.organ, found.level, found.title) == (cast.education, "department", published.title)
    assert (found.signed_on, found.disclosed_on) == (date(2023, 2, 20), date(2024, 4, 1))
    assert (found.valid_from, found.expires_on, found.ended_on) == (
        date(2024, 5, 1),
        date(2029, 4, 30),
        date(2029, 5, 1),
    )
    assert found.is_listed
    assert [entry.actor for entry in history(f"normative.document:{found.pk}")] == ["system"]


def test_other_information_gets_no_record(cast):
    plain = item(cast, is_normative_document=False)
    actions.follow([plain.pk], at=NOW)
    assert not NormativeDocument.objects.exists()


def test_a_correction_of_the_term_moves_the_end(cast):
    found = document(cast, effective_date=date(2023, 3, 1), expiry_date=date(2026, 2, 28))
    found.item.expiry_date, found.item.changed_at = date(2024, 2, 29), NOW
    found.item.save()
    actions.follow([found.item_id], at=NOW)
    found.refresh_from_db()
    assert (found.ended_on, found.ended_as) == (date(2024, 3, 1), "lapsed")
    assert standing_of(found, on=TODAY).state == "lapsed"


def test_a_withdrawn_page_leaves_the_library_and_the_document_keeps_its_life(cast):
    found = document(cast)
    found.item.withdrawn_at, found.item.withdrawn_reason = NOW, "内容有误"
    found.item.save()
    actions.follow([found.item_id], at=NOW)
    found.refresh_from_db()
    assert not found.is_listed
    assert found.disclosed_on == date(2023, 3, 1)


def test_what_an_import_brought_is_caught_up_with_once(cast):
    for _ in range(3):
        item(cast)
    assert actions.catch_up(at=NOW) == 3
    assert actions.catch_up(at=NOW + timedelta(minutes=1)) == 0
    assert NormativeDocument.objects.filter(is_listed=True).count() == 3


def test_a_change_that_nobody_told_of_is_caught_up_with(cast):
    found = document(cast)
    found.item.title, found.item.changed_at = "改了名称的办法", NOW + timedelta(minutes=1)
    found.item.save()
    assert actions.catch_up(at=NOW + timedelta(minutes=2)) == 1
    assert NormativeDocument.objects.get().title == "改了名称的办法"


def test_a_day_that_passes_renders_again_what_changes_on_it_and_makes_up_for_days_missed(cast):
    actions.pass_day(today=TODAY)
    document(cast, date(2024, 4, 1), effective_date=TODAY + timedelta(days=1))
    document(cast, effective_date=date(2023, 3, 1), expiry_date=TODAY + timedelta(days=2))
    document(cast, date(2024, 4, 1), effective_date=date(2024, 4, 1), expiry_date=TODAY + timedelta(days=9))
    assert actions.pass_day(today=TODAY) == 0
    assert actions.pass_day(today=TODAY + timedelta(days=3)) == 2
    assert actions.pass_day(today=TODAY + timedelta(days=3)) == 0
