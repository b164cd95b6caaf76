"""Asking for a correction once and in time, and taking it in."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions import pass_day, receive_correction, request_correction
from gongkai.office.casework.models import Application, EventText
from tests.office.casework.cases import Officers, at, received
from tests.office.cast import Cast

RECEIVED = date(2020, 1, 21)


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    return received(cast, desk.case, on=RECEIVED)


def ask(application: Application, desk: Officers, on: date = date(2020, 2, 5), **said: object) -> None:
    given = {"points": "请写明所需文件的名称或者文号。", "working_days": 10, **said}
    request_correction(application, on=on, at=at(on), by=desk.case, **given)
    application.refresh_from_db()


def test_a_correction_asked_for_in_time_stops_the_clock_and_the_answer_begins_it_anew(
    application: Application, desk: Officers
) -> None:
    ask(application, desk)
    assert (application.state, application.due_on) == ("correction_requested", None)
    receive_correction(
        application, wanted="《青溪县供水规划》", on=date(2020, 2, 19), at=at(date(2020, 2, 19)), by=desk.case
    )
    application.refresh_from_db()
    assert (application.state, application.due_on) == ("under_review", date(2020, 3, 18))


def test_the_words_of_a_notice_stand_sealed_beside_the_event(application: Application, desk: Officers) -> None:
    ask(application, desk)
    event = application.events.get(kind="correction_requested")
    assert event.detail == {"working_days": 10}
    assert EventText.objects.get(event=event).words == "请写明所需文件的名称或者文号。"


def test_after_the_seventh_working_day_it_is_too_late(application: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="最迟到2020-02-07"):
        ask(application, desk, on=date(2020, 2, 10))


def test_it_is_asked_for_once(application: Application, desk: Officers) -> None:
    ask(application, desk)
    with pytest.raises(Refused, match="一次性告知"):
        ask(application, desk, on=date(2020, 2, 6))


def test_it_needs_points_and_a_period(application: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="需要补正的事项"):
        ask(application, desk, points=" ")
    with pytest.raises(Refused, match="补正期限"):
        ask(application, desk, working_days=0)


def test_silence_closes_the_case_by_law_and_a_good_reason_opens_it_again(
    application: Application, desk: Officers
) -> None:
    ask(application, desk)
    pass_day(today=date(2020, 2, 20), at=at(date(2020, 2, 20)))
    application.refresh_from_db()
    assert (application.state, application.outcome, application.closed_on) == (
        "closed_correction_overdue",
        "correction_overdue",
        date(2020, 2, 20),
    )
    late = date(2020, 3, 2)
    with pytest.raises(Refused, match="正当理由"):
        receive_correction(application, wanted="《青溪县供水规划》", on=late, at=at(late), by=desk.case)
    receive_correction(application, wanted="《青溪县供水规划》", justified="住院", on=late, at=at(late), by=desk.case)
    application.refresh_from_db()
    assert (application.state, application.counted_on) == ("under_review", None)


def test_the_applicant_can_send_it_in_time_but_not_late(application: Application, desk: Officers) -> None:
    ask(application, desk)
    with pytest.raises(Refused, match="联系受理机关"):
        receive_correction(
            application, wanted="《青溪县供水规划》", justified="忘了", on=date(2020, 2, 24), at=at(date(2020, 2, 24))
        )
    receive_correction(application, wanted="《青溪县供水规划》", on=date(2020, 2, 12), at=at(date(2020, 2, 12)))
    application.refresh_from_db()
    assert application.state == "under_review"


def test_nobody_else_may(application: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="权限"):
        request_correction(application, points="……", working_days=5, on=RECEIVED, at=at(RECEIVED), by=desk.outsider)
