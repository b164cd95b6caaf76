"""kill -9 at any step of a case: what was accepted is there, nothing is half-done, no number is lost or given twice."""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from datetime import date
from itertools import count
from pathlib import Path

import pytest

from gongkai.office.audit.models import Entry
from gongkai.office.audit.queries import broken_places
from gongkai.office.casework import actions, files, standing
from gongkai.office.casework.actions import Deciding, Upload
from gongkai.office.casework.models import Application, ApplicationEvent, ApplicationSequence
from tests.office.casework.cases import PERSON, Officers, at, officers
from tests.office.cast import TODAY, Cast, assemble
from tests.office.project.test_killed import forked, killed

REPLIED = date(2024, 4, 19)
LONGEST = 0.3
"""Seconds between the case accepted last and the kill, at most."""


def handle_without_end(cast: Cast, desk: Officers) -> Callable[[Callable[[object], None]], None]:
    """Cases from receipt to reply, one after the other; each accepted step is told as `case:kind`."""

    def work(tell: Callable[[object], None]) -> None:
        upload = Upload("申请书.txt", "申请书".encode())
        for _ in count():
            case = actions.receive(
                cast.education, PERSON, channel="online", submitted_on=TODAY, at=at(TODAY), uploads=[upload]
            ).application
            tell(f"{case.pk}:submitted")
            actions.confirm(case, side="both", on=TODAY, at=at(TODAY), by=desk.case)
            tell(f"{case.pk}:confirmed")
            actions.assign(case, desk.case, by=desk.case, at=at(TODAY))
            tell(f"{case.pk}:assigned")
            actions.decide(case, Deciding("disclose"), by=desk.case, at=at(REPLIED))
            tell(f"{case.pk}:decided")
            actions.record_reply(case, "disclose", on=REPLIED, at=at(REPLIED), by=desk.case)
            tell(f"{case.pk}:replied")

    return work


def assert_whole(told: list[str]) -> None:
    on_record = {f"{case}:{kind}" for case, kind in ApplicationEvent.objects.values_list("application", "kind")}
    assert set(told) <= on_record
    assert list(broken_places()) == []
    acts = Entry.objects.filter(act__startswith="casework.").count()
    assert acts == ApplicationEvent.objects.count()
    for case in Application.objects.all():
        derived = {name: getattr(case, name) for name in standing.DERIVED if name != "derived_on"}
        standing.derive(case, list(case.events.all()), on=REPLIED)
        assert {name: getattr(case, name) for name in derived} == derived
        assert case.decisions.count() == case.events.filter(kind="decided").count()
        assert [files.read(each) for each in case.files.all()] == ["申请书".encode()]
    counter = ApplicationSequence.objects.get()
    assert counter.last == Application.objects.count()


def tell(kills: int, seed: int) -> None:
    cast, dice, told = assemble(), random.Random(seed), []
    desk = officers(cast)
    for turn in range(kills):
        working = forked(handle_without_end(cast, desk))
        working.wait_for(1 + turn % 5)
        time.sleep(dice.random() * LONGEST)
        told += killed(working)
        assert_whole(told)
    assert len(told) >= kills


def test_killed_a_few_times(committed: Path, settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    tell(3, 4)


@pytest.mark.slow
def test_killed_a_hundred_times(committed: Path, settings: object, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    tell(100, 5)
