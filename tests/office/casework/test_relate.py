"""Splitting, voiding, taking back, withdrawing, handing over, handling again, making public."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.accounts.models import Appointment, Role
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import files
from gongkai.office.casework.actions import (
    Deciding,
    Part,
    assign,
    consult,
    decide,
    disclose,
    extend,
    record_reply,
    reopen,
    split,
    strike,
    void,
    withdraw,
)
from gongkai.office.casework.models import Application
from gongkai.office.publishing.models import Draft
from tests.office.casework.cases import PERSON, Officers, at, received
from tests.office.cast import Cast

CAME, LATER = date(2024, 4, 1), date(2024, 4, 12)
PARTS = (Part("供水方案", "供水改造实施方案"), Part("供水经费", "供水改造经费"), Part("供水合同", "供水改造合同"))


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    return received(cast, desk.case, on=CAME)


def answered(application: Application, desk: Officers) -> Application:
    decide(application, Deciding("disclose"), by=desk.case, at=at(LATER))
    record_reply(application, "disclose", on=LATER, at=at(LATER), by=desk.case)
    application.refresh_from_db()
    return application


def test_the_parts_of_a_split_case_have_its_dates_and_numbers_of_their_own(
    application: Application, desk: Officers
) -> None:
    made = split(application, PARTS, by=desk.case, at=at(LATER))
    application.refresh_from_db()
    assert application.summary == "供水方案"
    assert [(each.receipt_on, each.due_on, each.split_from_id) for each in made] == [
        (CAME, application.due_on, application.pk)
    ] * 2
    assert len({each.number for each in (application, *made)}) == 3
    assert all(each.query_code != application.query_code for each in made)


def test_a_case_in_consultation_is_not_split(application: Application, desk: Officers) -> None:
    consult(application, party="agency", name="水利局", matter="方案", on=CAME, at=at(CAME), by=desk.case)
    with pytest.raises(Refused, match="不再拆分"):
        split(application, PARTS, by=desk.case, at=at(LATER))
    with pytest.raises(Refused, match="两部分"):
        split(application, PARTS[:1], by=desk.case, at=at(LATER))


def test_an_entry_is_taken_back_by_the_approver_and_the_clock_with_it(application: Application, desk: Officers) -> None:
    event = extend(application, working_days=10, reason="查档", on=LATER, at=at(LATER), by=desk.approver)
    application.refresh_from_db()
    assert application.due_on == date(2024, 5, 15)
    with pytest.raises(Refused, match="审签"):
        strike(event, reason="误登", by=desk.case, at=at(LATER))
    strike(event, reason="误登", by=desk.approver, at=at(LATER))
    application.refresh_from_db()
    assert application.due_on == date(2024, 4, 29)
    with pytest.raises(Refused, match="已经更正过"):
        strike(event, reason="误登", by=desk.approver, at=at(LATER))


def test_the_submission_is_not_taken_back_but_the_case_voided(application: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="作废后重新登记"):
        strike(application.events.get(), reason="误登", by=desk.approver, at=at(LATER))
    void(application, reason="同一封信登记了两次", by=desk.approver, at=at(LATER))
    application.refresh_from_db()
    assert (application.state, application.receipt_on) == ("voided", None)
    with pytest.raises(Refused, match="作废"):
        decide(application, Deciding("disclose"), by=desk.case, at=at(LATER))


def test_only_the_applicant_withdraws_and_the_officer_says_how(application: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="方式"):
        withdraw(application, words=" ", on=LATER, at=at(LATER), by=desk.case)
    withdraw(application, words="", on=LATER, at=at(LATER))
    application.refresh_from_db()
    assert (application.state, application.counted_outcome) == ("withdrawn", "withdrawn")


def test_who_has_no_case_may_take_one_and_the_approver_gives_it_to_another(
    application: Application, desk: Officers
) -> None:
    assign(application, desk.case, by=desk.case, at=at(LATER))
    with pytest.raises(Refused, match="交办"):
        assign(application, desk.colleague, by=desk.colleague, at=at(LATER))
    assign(application, desk.colleague, by=desk.approver, at=at(LATER))
    with pytest.raises(Refused, match="没有办理申请的职责"):
        assign(application, desk.outsider, by=desk.approver, at=at(LATER))
    assert assign(application, desk.colleague, by=desk.approver, at=at(LATER)) is None
    assert application.events.filter(kind="assigned").count() == 2


def test_a_decision_opens_a_case_again_with_the_period_it_orders(application: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="还在办理"):
        reopen(application, reference="青政复〔2024〕1号", on=LATER, at=at(LATER), by=desk.case)
    answered(application, desk)
    arrived = date(2024, 6, 3)
    reopen(application, reference="青政复〔2024〕1号", working_days=15, on=arrived, at=at(arrived), by=desk.case)
    application.refresh_from_db()
    assert (application.state, application.due_on, application.closed_on) == ("reopened", date(2024, 6, 25), None)
    with pytest.raises(Refused, match="不能自行延长"):
        extend(application, working_days=5, reason="查档", on=arrived, at=at(arrived), by=desk.approver)


def test_an_answer_becomes_a_draft_that_names_nobody(cast: Cast, application: Application, desk: Officers) -> None:
    answered(application, desk)
    kept = files.keep(application, "方案全文".encode(), "方案.txt", "answer", at=at(LATER))
    mine = files.keep(application, "申请书".encode(), "申请书.txt", "application", at=at(LATER))
    said = {"title": "供水改造实施方案", "column": cast.column, "by": desk.case, "at": at(LATER)}
    with pytest.raises(Refused, match="信息编辑"):
        disclose(application, attached=[kept], **said)
    Appointment.objects.create(user=desk.case, organ=cast.education, role=Role.EDITOR, from_date=date(2019, 1, 1))
    with pytest.raises(Refused, match="不能公开"):
        disclose(application, attached=[mine], **said)
    item = disclose(application, attached=[kept], **said)
    content = repr(Draft.objects.get(item=item).content)
    assert "方案.txt" in content
    assert PERSON.applicant_name not in content
    with pytest.raises(Refused, match="已经转为"):
        disclose(application, attached=[kept], **said)


def test_what_was_refused_is_not_made_public(cast: Cast, application: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="只有已经予以公开"):
        disclose(application, title="方案", column=cast.column, by=desk.case, at=at(LATER), body="全文")
