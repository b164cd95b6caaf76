"""Remedies as dated events: registered, answered, decided, appealed, corrected; what can't be is refused."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import connection

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.casework.actions.delivering import deliver
from gongkai.office.casework.models import Application
from gongkai.office.remedies.actions import Paper, appeal, record_event, rectify, register, strike
from gongkai.office.remedies.models import RemedyCase
from gongkai.office.remedies.queries import doubts
from tests.office.casework.cases import Officers, at, received
from tests.office.casework.letters import reply, signed
from tests.office.cast import Cast
from tests.office.remedies.remedies import RECEIVED, decided, registered

DECIDED = date(2024, 7, 29)


def test_the_time_to_answer_runs_from_the_copy(cast: Cast, desk: Officers):
    assert registered(cast, desk).answer_due_on == date(2024, 6, 18)  # ten working days, Dragon Boat between
    suit = registered(cast, desk, route="litigation_direct", body="青溪县人民法院", reference="（2024）青行初1号")
    assert suit.answer_due_on == date(2024, 6, 18)  # fifteen natural days


def test_an_answer_is_handed_in_once(cast: Cast, desk: Officers):
    case = registered(cast, desk)
    record_event(case, "answered", on=date(2024, 6, 11), by=desk.case, at=at(date(2024, 6, 11)))
    case.refresh_from_db()
    assert case.answered_on == date(2024, 6, 11)
    with pytest.raises(Refused, match="已经在"):
        record_event(case, "answered", on=date(2024, 6, 12), by=desk.case, at=at(date(2024, 6, 12)))


def test_a_decision_concludes_the_case(cast: Cast, desk: Officers):
    case = decided(registered(cast, desk), "maintained", desk, on=DECIDED)
    assert (case.result, case.concluded_on) == ("upheld", DECIDED)
    with pytest.raises(Refused, match="已经审结"):
        decided(case, "revoked", desk, on=DECIDED)


def suit_decided(cast: Cast, desk: Officers) -> RemedyCase:
    suit = registered(cast, desk, route="litigation_direct", body="青溪县人民法院", reference="（2024）青行初1号")
    record_event(suit, "answered", on=date(2024, 6, 11), by=desk.case, at=at(date(2024, 6, 11)))
    return decided(suit, "claim_rejected", desk, on=DECIDED)


def appealed(suit: RemedyCase, how: str, desk: Officers, *, on: date) -> RemedyCase:
    appeal(suit, how, on=on, by=desk.case, at=at(on))
    suit.refresh_from_db()
    return suit


def test_an_appeal_opens_a_lawsuit_again_and_its_judgment_counts(cast: Cast, desk: Officers):
    later = DECIDED + timedelta(days=20)
    suit = appealed(suit_decided(cast, desk), "appeal_by_claimant", desk, on=later)
    assert (suit.result, suit.concluded_on, suit.instance) == ("", None, "second")
    end = later + timedelta(days=60)
    assert decided(suit, "court_revoked", desk, on=end).result == "corrected"


def test_each_instance_has_its_own_answer(cast: Cast, desk: Officers):
    suit = suit_decided(cast, desk)
    assert (suit.instance, suit.answered_on) == ("first", date(2024, 6, 11))
    suit = appealed(suit, "appeal_by_claimant", desk, on=date(2024, 9, 18))
    assert (suit.answer_due_on, suit.answered_on) == (date(2024, 10, 8), None)
    record_event(suit, "answered", on=date(2024, 9, 30), by=desk.case, at=at(date(2024, 9, 30)))
    suit = decided(suit, "claim_rejected", desk, on=date(2024, 12, 16))
    suit = appealed(suit, "retrial_by_claimant", desk, on=date(2025, 9, 19))
    assert (suit.instance, suit.answer_due_on, suit.answered_on) == ("retrial", date(2025, 10, 9), None)


def test_who_appeals_hands_in_no_answer_until_the_other_side_appeals_too(cast: Cast, desk: Officers):
    suit = appealed(suit_decided(cast, desk), "appeal_by_agency", desk, on=date(2024, 8, 9))
    assert (suit.instance, suit.answer_due_on) == ("second", None)
    with pytest.raises(Refused, match="由对方答辩"):
        record_event(suit, "answered", on=date(2024, 8, 12), by=desk.case, at=at(date(2024, 8, 12)))
    with pytest.raises(Refused, match="已经登记过"):
        appealed(suit, "appeal_by_agency", desk, on=date(2024, 8, 12))
    suit = appealed(suit, "appeal_by_claimant", desk, on=date(2024, 8, 12))
    assert suit.answer_due_on == date(2024, 8, 27)


def test_an_appeal_taken_back_leaves_the_first_instance_as_it_was(cast: Cast, desk: Officers):
    suit = appealed(suit_decided(cast, desk), "appeal_by_claimant", desk, on=date(2024, 8, 12))
    strike(suit.events.get(kind="appealed"), reason="不是这一件", by=desk.approver, at=at(date(2024, 8, 13)))
    suit.refresh_from_db()
    assert (suit.instance, suit.result, suit.answered_on) == ("first", "upheld", date(2024, 6, 11))


def test_an_undecided_lawsuit_is_not_appealed(cast: Cast, desk: Officers):
    suit = registered(cast, desk, route="litigation_direct", body="青溪县人民法院", reference="（2024）青行初1号")
    with pytest.raises(Refused, match="还没有审结"):
        appealed(suit, "appeal_by_claimant", desk, on=DECIDED)


def test_a_reconsideration_has_no_appeal(cast: Cast, desk: Officers):
    case = decided(registered(cast, desk), "maintained", desk, on=DECIDED)
    with pytest.raises(Refused, match="没有上诉"):
        appealed(case, "appeal_by_claimant", desk, on=DECIDED)


def test_a_court_and_a_reconsideration_body_say_different_things(cast: Cast, desk: Officers):
    with pytest.raises(Refused, match="列出的结果"):
        decided(registered(cast, desk), "claim_rejected", desk, on=DECIDED)


def test_a_lawsuit_after_reconsideration_names_it(cast: Cast, desk: Officers):
    suit = {"route": "litigation_after_reconsideration", "body": "青溪县人民法院", "reference": "（2024）青行初2号"}
    with pytest.raises(Refused, match="选择本机关登记过"):
        registered(cast, desk, **suit)
    earlier = decided(registered(cast, desk), "maintained", desk, on=DECIDED)
    day = date(2024, 8, 12)
    case = registered(cast, desk, reconsideration=earlier, received_on=day, filed_on=date(2024, 8, 9), **suit)
    assert list(earlier.lawsuits.all()) == [case]
    assert doubts(case) == []


def test_a_suit_filed_too_late_is_pointed_out(cast: Cast, desk: Officers):
    earlier = decided(registered(cast, desk), "maintained", desk, on=DECIDED)
    late = registered(
        cast,
        desk,
        route="litigation_after_reconsideration",
        reference="（2024）青行初3号",
        reconsideration=earlier,
        filed_on=date(2024, 8, 14),
        received_on=date(2024, 8, 20),
    )
    assert "2024-08-13" in doubts(late)[0].message


@pytest.mark.parametrize(("day", "expected"), [(date(2023, 12, 29), 0), (date(2024, 1, 2), 1)])
def test_a_refusal_goes_to_reconsideration_first_since_2024(cast: Cast, desk: Officers, day: date, expected: int):
    application = received(cast, desk.case, on=date(2023, 12, 25))
    given = {"internal_kind": "workflow", "reasons": "内部工作流程。"}
    letter = signed(reply(application, "deny_internal", desk, on=day, **given), desk, on=day)
    suit = registered(
        cast, desk, route="litigation_direct", application=application, letter=letter, received_on=date(2024, 2, 5)
    )
    assert len(doubts(suit)) == expected


def test_the_same_case_is_registered_once(cast: Cast, desk: Officers):
    registered(cast, desk)
    with pytest.raises(Refused, match="已经登记过"):
        registered(cast, desk)


def test_another_agencys_application_is_not_linked(cast: Cast, desk: Officers, application: Application):
    application.organ = cast.water
    with pytest.raises(Refused, match="别的机关"):
        registered(cast, desk, application=application)


def test_the_outsider_and_the_approver_register_nothing(cast: Cast, desk: Officers):
    filing = registered(cast, desk)
    from gongkai.office.remedies.actions import Filing

    other = Filing("reconsideration", "青溪县人民政府", "青政复〔2024〕9号", filing.received_on)
    for somebody in (desk.outsider, desk.approver):
        with pytest.raises(Refused, match="权限"):
            register(cast.education, other, by=somebody, at=at(RECEIVED))


def test_a_wrong_entry_is_taken_back_and_both_stay(cast: Cast, desk: Officers):
    case = decided(registered(cast, desk), "maintained", desk, on=DECIDED)
    event = case.events.get(kind="decided")
    with pytest.raises(Refused, match="权限"):
        strike(event, reason="结果看错了", by=desk.case, at=at(DECIDED))
    strike(event, reason="结果看错了", by=desk.approver, at=at(DECIDED))
    case.refresh_from_db()
    assert case.concluded_on is None
    assert decided(case, "revoked", desk, on=DECIDED).result == "corrected"
    assert case.events.count() == 4


def test_days_are_in_order(cast: Cast, desk: Officers):
    case = registered(cast, desk)
    with pytest.raises(Refused, match="早于收到副本"):
        decided(case, "maintained", desk, on=RECEIVED - timedelta(days=1))


# -- handled again ----------------------------------------------------------------------------------------------------


def refused(application: Application, desk: Officers) -> None:
    day = date(2024, 4, 15)
    given = {"internal_kind": "workflow", "reasons": "内部工作流程。"}
    letter = signed(reply(application, "deny_internal", desk, on=day, **given), desk, on=day)
    deliver(letter, way="counter", by=desk.case, at=at(day), on=day, signed_by="孙申请")
    application.refresh_from_db()


def test_an_order_reopens_the_application_on_the_day_it_arrived(cast: Cast, desk: Officers, application: Application):
    refused(application, desk)
    case = registered(cast, desk, application=application, letter=application.letters.get())
    decided(case, "revoked", desk, on=DECIDED, orders_again=True, order_days=15)
    rectify(case, by=desk.case, at=at(date(2024, 7, 30)))
    application.refresh_from_db()
    assert application.closed_on is None
    assert application.due_on == date(2024, 8, 19)
    with pytest.raises(Refused, match="已经按这份决定"):
        rectify(case, by=desk.case, at=at(date(2024, 7, 30)))


def test_without_an_order_nothing_is_reopened(cast: Cast, desk: Officers, application: Application):
    refused(application, desk)
    case = decided(registered(cast, desk, application=application), "unlawful", desk, on=DECIDED)
    with pytest.raises(Refused, match="没有要求重新办理"):
        rectify(case, by=desk.case, at=at(DECIDED))


def test_a_decision_that_upholds_orders_nothing(cast: Cast, desk: Officers):
    with pytest.raises(Refused, match="不会要求重新办理"):
        decided(registered(cast, desk), "maintained", desk, on=DECIDED, orders_again=True)


# -- who went to law --------------------------------------------------------------------------------------------------


def test_who_went_to_law_stands_nowhere_in_the_clear(cast: Cast, desk: Officers):
    case = registered(cast, desk)
    record_event(
        case,
        "noted",
        on=RECEIVED,
        words="孙申请来电询问。",
        by=desk.case,
        at=at(RECEIVED),
        papers=[Paper("孙申请的复议申请书.txt", "孙申请".encode())],
    )
    with connection.cursor() as cursor:
        stored = ""
        for table in ("remedies_remedycase", "remedies_remedyevent", "remedies_remedyfile"):
            cursor.execute(f"SELECT * FROM {table}")
            stored += str(cursor.fetchall())
    log = " ".join(str(entry.detail) for entry in Entry.objects.all())
    assert "孙申请" not in stored + log
    assert RemedyCase.objects.get().files.get().read().decode() == "孙申请"
