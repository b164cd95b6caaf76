"""Letters on their way: one way at a time, on the day the law counts, never twice, and an alarm when they don't arrive."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions.delivering import deliver, record_fetch, settle_deliveries
from gongkai.office.casework.actions.writing import draft_letter, draft_letter_to_another, edit_letter, void_letter
from gongkai.office.casework.models import Application, Consultation, Delivery, Letter
from gongkai.office.notices.actions import record_signature
from gongkai.office.notices.models import Outgoing
from gongkai.office.notices.record import locked, note
from gongkai.office.notices.states import Result
from gongkai.office.personal import files
from tests.office.casework.cases import Officers, at, received
from tests.office.casework.letters import DISCLOSED, reply, set_up, signed
from tests.office.cast import Cast

NEXT, LATER = date(2024, 4, 15), date(2024, 4, 17)


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    set_up(cast.education)
    return received(cast, desk.case)


@pytest.fixture
def letter(application: Application, desk: Officers) -> Letter:
    return signed(reply(application, "disclose", desk, on=NEXT, **DISCLOSED), desk, on=NEXT)


def by_post(letter: Letter, desk: Officers, **changed) -> Delivery:
    given = {"carrier": "ems", "to": "青溪县云岭路1号", "tracking_number": "EA123456789CN", "on": LATER} | changed
    return deliver(letter, way="post", by=desk.case, at=at(LATER), **given)


def by_mail(letter: Letter, desk: Officers) -> Delivery:
    return deliver(letter, way="mail", by=desk.case, at=at(NEXT))


def becomes(delivery: Delivery, result: Result, day: date) -> None:
    """What the outbox, or the post, says of a notice."""
    note(locked(delivery.notice_id), result, at=at(day))


# -- the day that counts ----------------------------------------------------------------------------------------------


def test_by_post_the_reply_is_given_on_the_day_of_posting(letter: Letter, application: Application, desk: Officers):
    by_post(letter, desk, on=NEXT)
    application.refresh_from_db()
    assert (application.closed_on, application.outcome, application.state) == (NEXT, "disclose", "replied")


def test_in_person_the_reply_is_given_on_the_day_of_signature(letter: Letter, application: Application, desk: Officers):
    deliver(letter, way="counter", by=desk.case, at=at(LATER), on=LATER, signed_by="孙申请")
    application.refresh_from_db()
    assert application.closed_on == LATER
    assert Delivery.objects.get().received_on == LATER


def test_by_mail_the_reply_is_given_on_the_day_it_leaves(letter: Letter, application: Application, desk: Officers):
    delivery = by_mail(letter, desk)
    settle_deliveries(at=at(NEXT))
    application.refresh_from_db()
    assert application.closed_on is None
    becomes(delivery, Result.ACCEPTED, LATER)
    settle_deliveries(at=at(LATER))
    application.refresh_from_db()
    assert application.closed_on == LATER


def test_online_the_reply_is_given_when_it_lies_ready(letter: Letter, application: Application, desk: Officers):
    deliver(letter, way="online", by=desk.case, at=at(NEXT))
    application.refresh_from_db()
    assert application.closed_on == NEXT
    told = Outgoing.objects.get(kind="letter_ready")
    assert "孙申请" not in told.subject
    assert not told.enclosures.exists()


def test_a_mail_carries_the_very_bytes_that_were_sealed(letter: Letter, desk: Officers):
    delivery = by_mail(letter, desk)
    enclosed = delivery.notice.enclosures.get()
    assert enclosed.sha256 == letter.pdf.sha256
    assert enclosed.name == "政府信息公开申请答复书.pdf"


# -- once -------------------------------------------------------------------------------------------------------------


def test_a_letter_is_not_sent_twice(letter: Letter, desk: Officers):
    by_mail(letter, desk)
    with pytest.raises(Refused, match="不能送达"):
        by_post(letter, desk)
    assert Outgoing.objects.filter(kind="letter").count() == 1


def test_settling_twice_enters_one_event(letter: Letter, application: Application, desk: Officers):
    delivery = by_mail(letter, desk)
    becomes(delivery, Result.ACCEPTED, NEXT)
    assert settle_deliveries(at=at(NEXT)) == 1
    assert settle_deliveries(at=at(NEXT)) == 0
    assert application.events.filter(kind="replied").count() == 1


def test_a_letter_that_came_back_goes_again_and_the_day_of_the_reply_stays(
    letter: Letter, application: Application, desk: Officers
):
    delivery = by_post(letter, desk, on=NEXT)
    becomes(delivery, Result.RETURNED, LATER)
    settle_deliveries(at=at(LATER))
    letter.refresh_from_db()
    assert letter.state == "issued"
    deliver(letter, way="counter", by=desk.case, at=at(LATER), on=LATER, signed_by="孙申请")
    application.refresh_from_db()
    assert application.closed_on == NEXT
    assert application.events.filter(kind="replied").count() == 1


def test_a_mail_that_never_left_gives_no_reply_and_may_go_by_post(
    letter: Letter, application: Application, desk: Officers
):
    delivery = by_mail(letter, desk)
    becomes(delivery, Result.REFUSED, NEXT)
    settle_deliveries(at=at(NEXT))
    application.refresh_from_db()
    assert application.closed_on is None
    letter.refresh_from_db()
    by_post(letter, desk)
    application.refresh_from_db()
    assert application.closed_on == LATER


def test_what_left_is_not_voided(letter: Letter, desk: Officers):
    by_post(letter, desk)
    with pytest.raises(Refused, match="不能作废"):
        void_letter(Letter.objects.get(), reason="写错了", by=desk.approver, at=at(LATER))


# -- refused ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"carrier": "courier"}, "邮政企业"),
        ({"tracking_number": ""}, "邮件号"),
        ({"on": LATER + timedelta(days=1)}, "还没有到"),
        ({"on": NEXT - timedelta(days=1)}, "早于成文日期"),
    ],
)
def test_posting_needs_the_postal_enterprise_a_number_and_a_day(letter: Letter, desk: Officers, changed, said):
    with pytest.raises(Refused, match=said):
        by_post(letter, desk, **changed)
    assert not Delivery.objects.exists()


def test_in_person_somebody_has_to_sign(letter: Letter, desk: Officers):
    with pytest.raises(Refused, match="签收人"):
        deliver(letter, way="counter", by=desk.case, at=at(LATER), on=LATER)


def test_an_unsigned_letter_does_not_leave(application: Application, desk: Officers):
    letter = reply(application, "disclose", desk, on=NEXT, **DISCLOSED)
    with pytest.raises(Refused, match="先签发"):
        by_mail(letter, desk)


def test_the_outsider_delivers_nothing(letter: Letter, desk: Officers):
    with pytest.raises(Refused, match="权限"):
        deliver(letter, way="online", by=desk.outsider, at=at(NEXT))


def test_without_an_address_the_applicants_own_is_used(letter: Letter, desk: Officers):
    assert by_post(letter, desk, to="").notice.to == "青溪县云岭路1号"


# -- fetching ---------------------------------------------------------------------------------------------------------


def test_the_first_fetch_is_the_receipt(letter: Letter, desk: Officers):
    delivery = deliver(letter, way="online", by=desk.case, at=at(NEXT))
    record_fetch(letter, at=at(LATER))
    record_fetch(letter, at=at(LATER + timedelta(days=3)))
    delivery.refresh_from_db()
    assert delivery.first_fetched_at == at(LATER)
    assert delivery.received_on == LATER


# -- letters on the way -----------------------------------------------------------------------------------------------


def sent(application: Application, kind: str, desk: Officers, *, consultation=None, **given) -> Letter:
    letter = draft_letter(
        application, kind, by=desk.case, at=at(NEXT), consultation=consultation, given=given, receiver="某机关"
    )
    letter = edit_letter(letter, given=given, texts={}, by=desk.case, at=at(NEXT))
    letter = signed(letter, desk, on=NEXT)
    deliver(letter, way="counter", by=desk.case, at=at(NEXT), on=NEXT, signed_by="收件人")
    letter.refresh_from_db()
    return letter


def test_a_correction_notice_stops_the_clock(application: Application, desk: Officers):
    letter = sent(
        application, "correction_notice", desk, unclear="没有写明年度。", guidance="请写明年度。", correction_days=10
    )
    application.refresh_from_db()
    assert application.state == "correction_requested"
    assert letter.event.detail["working_days"] == 10
    assert letter.event.text.words == "没有写明年度。\n请写明年度。"


def test_an_extension_moves_the_due_day_to_the_one_in_the_letter(application: Application, desk: Officers):
    letter = sent(application, "extension_notice", desk, extension_days=20, reasons="需要向多个单位核实。")
    application.refresh_from_db()
    assert application.due_on == date(2024, 6, 11)
    assert "2024年6月11日" in letter.parts


def test_a_consultation_begins_when_its_letter_is_handed_over(application: Application, desk: Officers):
    asked = Consultation.objects.create(
        application=application, key="1", party="third_party", name="青溪县山泉建材有限公司", matter="采购合同"
    )
    letter = sent(application, "third_party_consultation", desk, consultation=asked, addressee_kind="organisation")
    application.refresh_from_db()
    assert application.state == "third_party_consultation"
    assert letter.event.detail == {"party": "third_party", "id": "1"}
    assert "孙申请" not in letter.parts


def test_the_time_of_whoever_is_asked_runs_from_the_day_the_post_was_signed_for(
    application: Application, desk: Officers
):
    asked = Consultation.objects.create(
        application=application, key="1", party="third_party", name="青溪县山泉建材有限公司", matter="采购合同"
    )
    given = {"addressee_kind": "organisation"}
    letter = draft_letter(
        application, "third_party_consultation", by=desk.case, at=at(NEXT), consultation=asked, given=given
    )
    letter = signed(letter, desk, on=NEXT)
    delivery = by_post(letter, desk, on=NEXT, to="青溪县云岭路9号")
    application.refresh_from_db()
    assert application.waiting_until == date(2024, 5, 8)
    becomes(delivery, Result.SIGNED, LATER)
    settle_deliveries(at=at(LATER))
    application.refresh_from_db()
    assert application.waiting_until == date(2024, 5, 10)
    letter.refresh_from_db()
    assert letter.event.detail == {"party": "third_party", "id": "1", "received_on": LATER.isoformat()}
    assert settle_deliveries(at=at(LATER)) == 0


def test_a_receipt_that_is_entered_late_counts_from_the_day_that_stands_on_it(application: Application, desk: Officers):
    letter = draft_letter_to_another(
        application, "agency_consultation", receiver="青溪县财政局", matter="拨款计划", by=desk.case, at=at(NEXT)
    )
    delivery = by_post(signed(letter, desk, on=NEXT), desk, on=NEXT, to="青溪县云岭路9号")
    entered = at(LATER + timedelta(days=6))
    receipt = {"name": "", "relation": "单位收发人员", "at": entered, "by": "C001"}
    with pytest.raises(Refused, match="还没有到"):
        record_signature(delivery.notice, **receipt, on=LATER + timedelta(days=7))
    record_signature(delivery.notice, **receipt, on=LATER)
    settle_deliveries(at=entered)
    delivery.refresh_from_db()
    assert delivery.received_on == LATER
    application.refresh_from_db()
    assert application.waiting_until == date(2024, 5, 10)


def test_a_fee_notice_counts_the_fee_by_the_law(cast: Cast, desk: Officers):
    set_up(cast.education)
    application = received(cast, desk.case)
    letter = sent(
        application,
        "fee_notice",
        desk,
        frequency="一个月内申请35件。",
        fee_method="per_page",
        page_count=60,
        payment_way="到窗口缴纳。",
    )
    application.refresh_from_db()
    assert application.state == "fee_noticed"
    assert letter.event.detail["yuan"] == 300


def test_a_second_letter_that_the_law_does_not_allow_does_not_leave(application: Application, desk: Officers):
    sent(application, "extension_notice", desk, extension_days=5, reasons="需要核实。")
    with pytest.raises(Refused, match="延长"):
        sent(application, "extension_notice", desk, extension_days=5, reasons="还要核实。")


def test_files_of_letters_are_ciphertext_on_the_disk(letter: Letter):
    stored = files.path_of(letter.pdf.handle).read_bytes()
    assert b"%PDF" not in stored
