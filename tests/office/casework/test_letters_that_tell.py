"""A letter from which nothing runs is a fact of its case all the same; the merger notice is one of each application."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions import decide, merge, withdraw
from gongkai.office.casework.actions.decide import Deciding
from gongkai.office.casework.actions.delivering import deliver
from gongkai.office.casework.actions.writing import draft_letter
from gongkai.office.casework.models import Application, ApplicationEvent
from gongkai.office.casework.tracking import progress
from tests.office.casework.cases import Officers, at, received
from tests.office.casework.letters import set_up, signed, text_of
from tests.office.cast import Cast

DAY, LATER = date(2024, 4, 15), date(2024, 4, 16)


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    set_up(cast.education)
    return received(cast, desk.case)


def told(application: Application) -> list[tuple[date, dict[str, str]]]:
    return [(event.on, event.detail) for event in application.events.filter(kind="told")]


def sent(application: Application, kind: str, desk: Officers):
    letter = signed(draft_letter(application, kind, by=desk.case, at=at(DAY)), desk, on=DAY)
    deliver(letter, way="counter", by=desk.case, at=at(LATER), on=LATER, signed_by="孙申请")
    letter.refresh_from_db()
    return letter


def test_the_merger_notice_names_the_applications_on_record_and_is_a_fact_of_each(
    cast: Cast, desk: Officers, application: Application
):
    others = [received(cast, desk.case) for _ in range(2)]
    for other in others:
        merge(other, application, by=desk.case, at=at(DAY))
    due = {case.pk: case.due_on for case in Application.objects.all()}
    letter = sent(application, "merger_notice", desk)
    assert f"{others[0].number}、{others[1].number}" in text_of(letter, on=DAY)
    detail = {"letter": "merger_notice", "number": letter.number, "way": "counter"}
    assert told(application) == [(LATER, detail)]
    assert letter.event == ApplicationEvent.objects.get(application=application, kind="told")
    for other in others:
        assert told(other) == [(LATER, detail | {"with": application.number})]
        said = [line.what for line in progress(other, on=LATER).history]
        assert f"与您的另一件申请合并答复（{application.number}）" in said
        assert "发出政府信息公开申请合并办理告知书" in said
    assert {case.pk: case.due_on for case in Application.objects.all()} == due


def test_a_merger_notice_without_merged_applications_is_refused(desk: Officers, application: Application):
    with pytest.raises(Refused, match="没有与这件合并答复的申请"):
        draft_letter(application, "merger_notice", by=desk.case, at=at(DAY))


def test_the_receipt_and_the_letter_about_a_withdrawal_leave_their_fact_and_move_nothing(
    cast: Cast, desk: Officers, application: Application
):
    due = application.due_on
    receipt = sent(application, "registration_receipt", desk)
    application.refresh_from_db()
    assert (receipt.event.kind, application.due_on) == ("told", due)
    withdraw(application, words="书面撤回。", on=LATER, at=at(LATER), by=desk.case)
    letter = draft_letter(application, "reply_withdrawn", by=desk.case, at=at(LATER))
    letter = signed(letter, desk, on=LATER)
    deliver(letter, way="counter", by=desk.case, at=at(LATER), on=LATER, signed_by="孙申请")
    application.refresh_from_db()
    assert (application.state, application.outcome) == ("withdrawn", "withdrawn")
    assert [detail["letter"] for _, detail in told(application)] == ["registration_receipt", "reply_withdrawn"]


def test_a_letter_that_only_tells_voids_no_colleague_s_page(desk: Officers, application: Application):
    seen = application.events.latest("id").pk
    sent(application, "registration_receipt", desk)
    decide(application, Deciding("disclose"), by=desk.case, at=at(LATER), seen=seen)
    application.refresh_from_db()
    assert application.decided_outcome == "disclose"
