"""The reply ends a case, once, with the outcome that was decided."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions import Deciding, consult, decide, merge, record_reply, withdraw
from gongkai.office.casework.models import Application
from tests.office.casework.cases import PERSON, Officers, at, received
from tests.office.cast import Cast

CAME, REPLIED = date(2024, 4, 1), date(2024, 4, 12)
DISCLOSE = Deciding("disclose")


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    return received(cast, desk.case, on=CAME)


def test_a_served_reply_closes_and_counts_the_case(application: Application, desk: Officers) -> None:
    decide(application, DISCLOSE, by=desk.case, at=at(REPLIED))
    record_reply(application, "disclose", on=REPLIED, at=at(REPLIED), by=desk.case, way="post")
    application.refresh_from_db()
    assert (application.state, application.outcome, application.closed_on) == ("replied", "disclose", REPLIED)
    assert (application.counted_on, application.counted_outcome) == (REPLIED, "disclose")
    assert application.due_on == date(2024, 4, 29)


def test_not_without_a_decision_nor_with_another_one(application: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="先拟定"):
        record_reply(application, "disclose", on=REPLIED, at=at(REPLIED), by=desk.case)
    decide(application, DISCLOSE, by=desk.case, at=at(REPLIED))
    with pytest.raises(Refused, match="不一致"):
        record_reply(application, "petition", on=REPLIED, at=at(REPLIED), by=desk.case)


def test_not_twice(application: Application, desk: Officers) -> None:
    decide(application, DISCLOSE, by=desk.case, at=at(REPLIED))
    record_reply(application, "disclose", on=REPLIED, at=at(REPLIED), by=desk.case)
    with pytest.raises(Refused, match="不能再次答复"):
        record_reply(application, "disclose", on=REPLIED, at=at(REPLIED), by=desk.colleague)
    assert application.events.filter(kind="replied").count() == 1


def test_not_while_a_third_party_may_still_speak(application: Application, desk: Officers) -> None:
    consult(application, party="third_party", name="某公司", matter="单价", on=CAME, at=at(CAME), by=desk.case)
    decide(application, DISCLOSE, by=desk.case, at=at(REPLIED))
    with pytest.raises(Refused, match="第三方可以在"):
        record_reply(application, "disclose", on=REPLIED, at=at(REPLIED), by=desk.case)


def test_not_after_a_withdrawal(application: Application, desk: Officers) -> None:
    decide(application, DISCLOSE, by=desk.case, at=at(REPLIED))
    withdraw(application, words="书面撤回", on=REPLIED, at=at(REPLIED), by=desk.case)
    with pytest.raises(Refused, match="已于"):
        record_reply(application, "disclose", on=REPLIED, at=at(REPLIED), by=desk.case)


def test_one_reply_answers_the_merged_applications_too(cast: Cast, application: Application, desk: Officers) -> None:
    second = received(cast, desk.case, on=CAME)
    merge(second, application, by=desk.case, at=at(REPLIED))
    with pytest.raises(Refused, match="合并答复"):
        decide(second, DISCLOSE, by=desk.case, at=at(REPLIED))
    decide(application, DISCLOSE, by=desk.case, at=at(REPLIED))
    record_reply(application, "disclose", on=REPLIED, at=at(REPLIED), by=desk.case)
    second.refresh_from_db()
    assert (second.state, second.counted_outcome) == ("replied", "disclose")


def test_a_late_reply_still_ends_the_case(application: Application, desk: Officers) -> None:
    late = date(2024, 5, 20)
    decide(application, DISCLOSE, by=desk.case, at=at(late))
    record_reply(application, "disclose", on=late, at=at(late), by=desk.case)
    application.refresh_from_db()
    assert (application.closed_on, application.due_on) == (late, date(2024, 4, 29))


def test_different_people_are_not_answered_in_one_letter(cast: Cast, application: Application, desk: Officers) -> None:
    other = received(cast, desk.case, on=CAME, who=replace(PERSON, identity_kind="护照", identity_number="E12345678"))
    with pytest.raises(Refused, match="申请人不同"):
        merge(other, application, by=desk.case, at=at(REPLIED))
