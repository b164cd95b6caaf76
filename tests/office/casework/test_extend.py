"""Extending the time to reply: once, in time, within the limit, by whoever approves."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions import extend
from gongkai.office.casework.models import Application
from tests.office.casework.cases import Officers, at, received
from tests.office.cast import Cast

LAST_DAY = date(2020, 10, 29)


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    return received(cast, desk.case, on=date(2020, 9, 25))


def test_the_approver_extends_on_the_last_day(application: Application, desk: Officers) -> None:
    extend(application, working_days=20, reason="需要查找档案", on=LAST_DAY, at=at(LAST_DAY), by=desk.approver)
    application.refresh_from_db()
    assert (application.state, application.due_on) == ("extended", date(2020, 11, 26))


def test_the_officer_can_not(application: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="审签"):
        extend(application, working_days=20, reason="需要查找档案", on=LAST_DAY, at=at(LAST_DAY), by=desk.case)


@pytest.mark.parametrize(
    ("days", "reason", "on", "told"),
    [
        (21, "需要查找档案", LAST_DAY, "1到20个工作日"),
        (0, "需要查找档案", LAST_DAY, "1到20个工作日"),
        (5, " ", LAST_DAY, "延期的理由"),
        (5, "需要查找档案", date(2020, 10, 30), "已经届满"),
    ],
)
def test_what_the_law_does_not_allow(
    application: Application, desk: Officers, days: int, reason: str, on: date, told: str
) -> None:
    with pytest.raises(Refused, match=told):
        extend(application, working_days=days, reason=reason, on=on, at=at(on), by=desk.approver)
    assert not application.events.filter(kind="extended").exists()


def test_not_twice(application: Application, desk: Officers) -> None:
    extend(application, working_days=5, reason="需要查找档案", on=LAST_DAY, at=at(LAST_DAY), by=desk.approver)
    with pytest.raises(Refused, match="不能再次延长"):
        extend(application, working_days=5, reason="又要", on=LAST_DAY, at=at(LAST_DAY), by=desk.approver)
