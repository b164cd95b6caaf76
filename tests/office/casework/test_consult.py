"""Consulting third parties and agencies: the clock stands, their silence means different things."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions import answer_consultation, consult, pass_day
from gongkai.office.casework.models import Application, Consultation
from tests.office.casework.cases import Officers, at, received
from tests.office.cast import Cast

SENT, ARRIVED, ANSWERED = date(2021, 3, 8), date(2021, 3, 10), date(2021, 3, 24)


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    return received(cast, desk.case, on=date(2021, 3, 1))


def ask(application: Application, desk: Officers, party: str = "third_party") -> Consultation:
    return consult(
        application,
        party=party,
        name="青溪县山泉建材有限公司",
        matter="供货合同的单价",
        contact="13900000002",
        on=SENT,
        received_on=ARRIVED,
        at=at(ARRIVED),
        by=desk.case,
    )


def test_the_days_until_the_opinion_are_not_counted(application: Application, desk: Officers) -> None:
    consultation = ask(application, desk)
    application.refresh_from_db()
    assert (application.state, application.due_on, application.waiting_until) == (
        "third_party_consultation",
        None,
        date(2021, 3, 31),
    )
    answer_consultation(consultation, opinion="agrees", on=ANSWERED, at=at(ANSWERED), by=desk.case)
    application.refresh_from_db()
    assert (application.state, application.due_on) == ("under_review", date(2021, 4, 15))


def test_after_silence_the_clock_runs_again_by_itself(application: Application, desk: Officers) -> None:
    ask(application, desk)
    pass_day(today=date(2021, 4, 1), at=at(date(2021, 4, 1)))
    application.refresh_from_db()
    assert (application.state, application.due_on) == ("under_review", date(2021, 4, 22))


def test_an_objection_needs_its_reasons_and_is_recorded_once(application: Application, desk: Officers) -> None:
    consultation = ask(application, desk)
    with pytest.raises(Refused, match="理由"):
        answer_consultation(consultation, opinion="objects", on=ANSWERED, at=at(ANSWERED), by=desk.case)
    answer_consultation(
        consultation, opinion="objects", words="属于商业秘密", on=ANSWERED, at=at(ANSWERED), by=desk.case
    )
    with pytest.raises(Refused, match="已经登记"):
        answer_consultation(consultation, opinion="agrees", on=ANSWERED, at=at(ANSWERED), by=desk.case)


def test_an_opinion_does_not_come_before_it_was_asked_for(application: Application, desk: Officers) -> None:
    consultation = ask(application, desk)
    with pytest.raises(Refused):
        answer_consultation(consultation, opinion="agrees", on=date(2021, 3, 5), at=at(ANSWERED), by=desk.case)


def test_the_event_names_nobody(application: Application, desk: Officers) -> None:
    ask(application, desk)
    assert "山泉" not in repr(application.events.values_list("detail", flat=True))


def test_it_needs_a_name_a_matter_and_a_kind(application: Application, desk: Officers) -> None:
    for change in ({"party": "friend"}, {"name": ""}, {"matter": " "}, {"received_on": date(2021, 3, 1)}):
        said = {"party": "agency", "name": "青溪县水利局", "matter": "会议纪要", "received_on": ARRIVED, **change}
        with pytest.raises(Refused):
            consult(application, on=SENT, at=at(ARRIVED), by=desk.case, **said)
