"""kill -9 at any step of a case: what was accepted is there, nothing is half-done, no number is lost or given twice.

A case goes from receipt through a signed letter to its delivery, over the counter and by real mail, in a process that is
killed at a random moment, again and again.
"""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta
from itertools import count
from pathlib import Path

import pytest

from gongkai.office.audit.models import Entry
from gongkai.office.audit.queries import broken_places
from gongkai.office.casework import actions, files, standing
from gongkai.office.casework.actions import Deciding, Upload
from gongkai.office.casework.actions.delivering import deliver, settle_deliveries
from gongkai.office.casework.actions.writing import draft_letter, sign_letter, submit_letter
from gongkai.office.casework.models import Application, ApplicationEvent, ApplicationSequence, Letter, LetterStep
from gongkai.office.notices.actions import deliver_due
from gongkai.office.notices.models import Outgoing
from gongkai.office.notices.queries import alarms
from gongkai.regulation.letters import reply_kind
from tests.office.casework.cases import PERSON, Officers, at, officers
from tests.office.casework.letters import DISCLOSED, set_up
from tests.office.cast import TODAY, Cast, assemble
from tests.office.notices.mail_server import Mailbox
from tests.office.project.test_killed import forked, killed

REPLIED = date(2024, 4, 19)
LONGEST = 0.3
"""Seconds between the step accepted last and the kill, at most."""
STEPS = 21
"""Those of a case by mail and one over the counter."""


def handle_without_end(cast: Cast, desk: Officers) -> Callable[[Callable[[object], None]], None]:
    """Cases from receipt to the delivered reply, one after the other; each accepted step is told as `case:kind`."""

    def work(tell: Callable[[object], None]) -> None:
        upload = Upload("申请书.txt", "申请书".encode())
        by, when = {"by": desk.case}, {"at": at(REPLIED)}
        for number in count():
            case = actions.receive(
                cast.education, PERSON, channel="online", submitted_on=TODAY, at=at(TODAY), uploads=[upload]
            ).application
            tell(f"{case.pk}:submitted")
            actions.confirm(case, side="both", on=TODAY, at=at(TODAY), **by)
            tell(f"{case.pk}:confirmed")
            actions.assign(case, desk.case, at=at(TODAY), **by)
            tell(f"{case.pk}:assigned")
            actions.decide(case, Deciding("disclose"), **by, **when)
            tell(f"{case.pk}:decided")
            letter = draft_letter(case, reply_kind("disclose"), given=DISCLOSED, **by, **when)
            tell(f"{case.pk}:drafted")
            letter = submit_letter(letter, **by, **when)
            tell(f"{case.pk}:submitted for signature")
            letter = sign_letter(letter, seen=letter.content_hash, by=desk.approver, **when)
            tell(f"{case.pk}:signed")
            if number % 2:
                deliver(letter, way="counter", on=REPLIED, signed_by="孙申请", **by, **when)
                tell(f"{case.pk}:replied")
                continue
            deliver(letter, way="mail", **by, **when)
            tell(f"{case.pk}:sent")
            deliver_due(at(REPLIED))
            tell(f"{case.pk}:left")
            settle_deliveries(at=at(REPLIED))
            tell(f"{case.pk}:replied")

    return work


def assert_whole(told: list[str]) -> None:
    on_record = {f"{case}:{kind}" for case, kind in ApplicationEvent.objects.values_list("application", "kind")}
    steps = LetterStep.objects.values_list("letter__application", "kind")
    on_record |= {f"{case}:{_STEPS.get(kind, kind)}" for case, kind in steps}
    on_record |= {
        f"{letter.application_id}:left" for letter in Letter.objects.filter(deliveries__notice__state="accepted")
    }
    assert set(told) <= on_record
    assert list(broken_places()) == []
    acts = Entry.objects.filter(act__startswith="casework.").exclude(act__startswith="casework.letter_").count()
    assert acts == ApplicationEvent.objects.count()
    assert_letters_are_whole()
    for case in Application.objects.all():
        derived = {name: getattr(case, name) for name in standing.DERIVED if name != "derived_on"}
        standing.derive(case, list(case.events.all()), on=REPLIED)
        assert {name: getattr(case, name) for name in derived} == derived
        assert case.decisions.count() == case.events.filter(kind="decided").count()
        assert [files.read(each) for each in case.files.filter(role="application")] == ["申请书".encode()]
    counter = ApplicationSequence.objects.get()
    assert counter.last == Application.objects.count()


_STEPS = {"submitted": "submitted for signature"}
"""Steps of a letter that are called like an event of its case."""


def assert_letters_are_whole() -> None:
    """A letter stands where its last step left it; signed, it has one number and its files; sent, one delivery."""
    acts = Entry.objects.filter(act__startswith="casework.letter_").count()
    assert acts == LetterStep.objects.count()
    numbers = [letter.number for letter in Letter.objects.exclude(number=None)]
    assert sorted(numbers) == sorted({f"青教公开答〔2024〕{serial}号" for serial in range(1, len(numbers) + 1)})
    for letter in Letter.objects.select_related("pdf", "docx"):
        done = list(letter.steps.values_list("kind", flat=True))
        assert (
            letter.state == {"drafted": "draft", "submitted": "submitted", "signed": "issued", "sent": "sent"}[done[-1]]
        )
        assert (letter.number is not None) == ("signed" in done)
        for file in (letter.pdf, letter.docx):
            assert (file is not None) == ("signed" in done)
            assert file is None or files.read(file)[:4] in (b"%PDF", b"PK\x03\x04")
        assert letter.deliveries.count() == ("sent" in done)
        replied = letter.application.events.filter(kind="replied").count()
        assert replied == sum(delivery.on is not None for delivery in letter.deliveries.all())


def tell(mailbox: Mailbox, kills: int, seed: int) -> None:
    cast, dice, told = assemble(), random.Random(seed), []
    desk = officers(cast)
    set_up(cast.education)
    for turn in range(kills):
        working = forked(handle_without_end(cast, desk))
        working.wait_for(1 + turn * 8 % STEPS)
        time.sleep(dice.random() * LONGEST)
        told += killed(working)
        assert_whole(told)
    assert len(told) >= kills
    assert_mail_went_once(mailbox, desk)


def assert_mail_went_once(mailbox: Mailbox, desk: Officers) -> None:
    """What the dead left behind goes on by itself; what nobody can know is shown to the officer; nothing went twice."""
    for minutes in (11, 22):
        deliver_due(at(REPLIED) + timedelta(minutes=minutes))
        settle_deliveries(at=at(REPLIED) + timedelta(minutes=minutes))
    assert max(Counter(each["Message-ID"] for each in mailbox.mail).values(), default=0) <= 1, "sent twice"
    arrived = {each["Message-ID"] for each in mailbox.mail}
    sent = Outgoing.objects.filter(channel="mail")
    assert set(sent.values_list("state", flat=True)) <= {"accepted", "uncertain"}
    assert {f"<{each.message_id}>" for each in sent.filter(state="accepted")} <= arrived, "said to be sent and was not"
    assert set(alarms(desk.case, on=REPLIED)) == set(sent.filter(state="uncertain"))
    for letter in Letter.objects.filter(deliveries__notice__in=sent.filter(state="accepted")):
        assert letter.application.events.filter(kind="replied").count() == 1
    assert_letters_are_whole()


@pytest.mark.usefixtures("typeset_by_nobody")
def test_killed_a_few_times(committed: Path, mailbox: Mailbox, settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    tell(mailbox, 3, 4)


@pytest.mark.slow
@pytest.mark.usefixtures("typeset_by_nobody")
def test_killed_a_hundred_times(committed: Path, mailbox: Mailbox, settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    tell(mailbox, 100, 5)
