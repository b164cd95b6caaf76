"""Two officers at once on one case, each in a process of their own: one event, and the other is told why."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from gongkai.office.audit.queries import broken_places
from gongkai.office.casework.actions import (
    Deciding,
    assign,
    confirm,
    decide,
    receive,
    record_reply,
    request_correction,
    withdraw,
)
from gongkai.office.casework.models import Application
from tests.office.at_once import at_once
from tests.office.casework.cases import PERSON, Officers, at, officers, received
from tests.office.cast import TODAY, Cast, assemble

SOON = date(2024, 4, 15)


@pytest.fixture
def office(committed: Path) -> tuple[Cast, Officers]:
    cast = assemble()
    return cast, officers(cast)


def sorted_results(*acts: Callable[[], object]) -> list[str]:
    """What acts that begin together came to, those that were done first."""
    return sorted(at_once(*acts), key=lambda result: result != "done")


def test_two_who_ask_for_a_correction(office: tuple[Cast, Officers]) -> None:
    cast, desk = office
    application = received(cast, desk.case)
    said = {"points": "名称", "working_days": 10, "on": SOON, "at": at(SOON)}
    done, refused = sorted_results(
        lambda: request_correction(application, by=desk.case, **said),
        lambda: request_correction(application, by=desk.colleague, **said),
    )
    assert done == "done"
    assert "一次性告知" in refused
    assert application.events.filter(kind="correction_requested").count() == 1


def test_two_who_reply_and_one_who_records_a_withdrawal(office: tuple[Cast, Officers]) -> None:
    cast, desk = office
    application = received(cast, desk.case)
    decide(application, Deciding("disclose"), by=desk.case, at=at(SOON))
    results = sorted_results(
        lambda: record_reply(application, "disclose", on=SOON, at=at(SOON), by=desk.case),
        lambda: record_reply(application, "disclose", on=SOON, at=at(SOON), by=desk.colleague),
        lambda: withdraw(application, words="书面", on=SOON, at=at(SOON), by=desk.colleague),
    )
    assert [result == "done" for result in results] == [True, False, False]
    assert application.events.filter(kind__in=("replied", "withdrawn")).count() == 1


def test_two_who_confirm(office: tuple[Cast, Officers]) -> None:
    cast, desk = office
    online = receive(cast.education, PERSON, channel="online", submitted_on=TODAY, at=at(TODAY)).application
    at_once(
        lambda: confirm(online, side="agency", on=TODAY, at=at(TODAY), by=desk.case),
        lambda: confirm(online, side="agency", on=TODAY, at=at(TODAY), by=desk.colleague),
        lambda: confirm(online, side="applicant", on=TODAY, at=at(TODAY)),
    )
    kinds = sorted(online.events.values_list("kind", flat=True))
    assert kinds == ["agency_confirmed", "applicant_confirmed", "confirmed", "submitted"]


def test_two_who_take_a_case_and_two_who_decide(office: tuple[Cast, Officers]) -> None:
    cast, desk = office
    application = received(cast, desk.case)
    results = sorted_results(
        lambda: assign(application, desk.case, by=desk.case, at=at(SOON)),
        lambda: assign(application, desk.colleague, by=desk.colleague, at=at(SOON)),
    )
    assert results[0] == "done"
    assert application.events.filter(kind="assigned").count() == 1
    seen = application.events.latest("id").pk
    done, refused = sorted_results(
        lambda: decide(application, Deciding("disclose"), by=desk.case, at=at(SOON), seen=seen),
        lambda: decide(application, Deciding("petition", facts="信访局"), by=desk.colleague, at=at(SOON), seen=seen),
    )
    assert done == "done"
    assert "别的同事" in refused
    assert application.decisions.count() == 1


def test_numbers_are_given_once(office: tuple[Cast, Officers]) -> None:
    cast, desk = office
    at_once(*[lambda: received(cast, desk.case)] * 6)
    numbers = list(Application.objects.values_list("number", flat=True))
    assert sorted(numbers) == sorted({f"青教依申〔2024〕{serial}号" for serial in range(1, 7)})
    assert list(broken_places()) == []
