"""Asking why somebody applies so much, and what the answer allows."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions import Deciding, decide, receive_reason, request_reason, void, withdraw
from gongkai.office.casework.models import Application
from tests.office.casework.cases import Officers, at, received
from tests.office.cast import TODAY, Cast

NEXT_WEEK = date(2024, 4, 22)
ABUSIVE = Deciding("abusive", reasons="本月提交申请46件，内容基本相同，未说明理由。")


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    made = received(cast, desk.case)
    request_reason(made, frequency="本月46件", working_days=5, on=TODAY, at=at(TODAY), by=desk.case)
    return made


def test_the_clock_runs_on(application: Application) -> None:
    application.refresh_from_db()
    assert application.due_on == date(2024, 5, 13)


def test_silence_past_its_time_allows_not_to_process(application: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="期限还没有届满"):
        decide(application, ABUSIVE, by=desk.case, at=at(date(2024, 4, 19)))
    decide(application, ABUSIVE, by=desk.case, at=at(NEXT_WEEK))
    application.refresh_from_db()
    assert application.decided_outcome == "abusive"


def test_an_accepted_reason_forbids_it(application: Application, desk: Officers) -> None:
    receive_reason(application, words="用于论文写作，理由成立", accepted=True, on=TODAY, at=at(TODAY), by=desk.case)
    with pytest.raises(Refused, match="已经被认可"):
        decide(application, ABUSIVE, by=desk.case, at=at(NEXT_WEEK))


def test_it_is_asked_once_and_answered_once(application: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="已经要求过"):
        request_reason(application, frequency="46件", working_days=5, on=TODAY, at=at(TODAY), by=desk.case)
    receive_reason(application, words="没有说明用途", accepted=False, on=TODAY, at=at(TODAY), by=desk.case)
    with pytest.raises(Refused, match="已经登记"):
        receive_reason(application, words="再说", accepted=True, on=TODAY, at=at(TODAY), by=desk.case)


def test_a_reason_that_comes_after_the_end_changes_nothing(application: Application, desk: Officers) -> None:
    withdraw(application, words="书面撤回", on=TODAY, at=at(TODAY), by=desk.case)
    with pytest.raises(Refused, match="已经办结"):
        receive_reason(application, words="用于论文写作", accepted=True, on=TODAY, at=at(TODAY), by=desk.case)


def test_a_reason_for_a_case_that_was_void_is_not_taken(application: Application, desk: Officers) -> None:
    void(application, reason="重复登记", by=desk.approver, at=at(TODAY))
    with pytest.raises(Refused, match="已经作废"):
        receive_reason(application, words="用于论文写作", accepted=True, on=TODAY, at=at(TODAY), by=desk.case)


def test_unasked_nobody_is_called_abusive(cast: Cast, desk: Officers) -> None:
    with pytest.raises(Refused, match="先要求申请人说明理由"):
        decide(received(cast, desk.case), ABUSIVE, by=desk.case, at=at(NEXT_WEEK))
