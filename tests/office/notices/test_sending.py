"""Queueing a notice: in the caller's transaction, sealed, with its number fixed; and what can't be sent is refused."""

from __future__ import annotations

import pytest
from django.db import connection, transaction

from gongkai.office.audit import vault
from gongkai.office.audit.models import Entry
from gongkai.office.notices.actions import Unsendable, hand_over, pick_up, record_return, record_signature, send
from gongkai.office.notices.models import Enclosure, Outgoing, Signature
from gongkai.office.notices.queries import proofs
from gongkai.office.organs.policy import Refused
from tests.office.cast import NOW
from tests.office.notices.letters import ADDRESS, LETTER, WORDS, queued, story


def _whole_database() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM notices_outgoing")
        told = str(cursor.fetchall())
        cursor.execute("SELECT * FROM notices_enclosure")
        told += str(cursor.fetchall())
        cursor.execute("SELECT * FROM notices_signature")
        return told + str(cursor.fetchall()) + str(list(Entry.objects.values_list("detail", "subject")))


def test_a_notice_waits_and_nothing_of_it_can_be_read_in_the_database(db):
    queued(attachments=[("答复书.txt", "孙申请人的答复".encode(), "text/plain")])
    assert Outgoing.objects.get().state == "waiting"
    assert ADDRESS not in _whole_database()
    assert WORDS not in _whole_database()
    assert "5a2Z55Sz" not in _whole_database(), "the attachment's base64"
    assert Outgoing.objects.get().body == WORDS


def test_what_the_caller_takes_back_is_not_queued(db):
    def changes_its_mind() -> None:
        with transaction.atomic():
            queued()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        changes_its_mind()
    assert not Outgoing.objects.exists()


def test_a_mark_makes_a_notice_unique(db):
    assert queued(once="reminder:1") == queued(once="reminder:1")
    assert queued().pk != queued().pk


@pytest.mark.parametrize("address", ["", "sun", "sun@", "a@b.cn\nBcc: c@d.cn", "13800000000"])
def test_an_address_that_is_none_is_refused_without_repeating_it(db, address):
    with pytest.raises(Unsendable, match="电子邮箱的格式不对") as refusal:
        queued(to=address)
    assert not address or address not in str(refusal.value)


def test_a_subject_is_one_line(db):
    with pytest.raises(Unsendable, match="一行"):
        queued(subject="答复\nBcc: x@y.cn")


@pytest.mark.parametrize("number", ["1380000", "02355550000", "+1 202 555 0100"])
def test_only_a_mobile_number_takes_a_text(db, number):
    with pytest.raises(Unsendable, match="手机号码"):
        queued(channel="text", to=number)


def test_a_text_takes_no_files(db):
    with pytest.raises(Unsendable, match="不能带附件"):
        queued(channel="text", to="138 0000 0000", attachments=[("a.pdf", b"x", "application/pdf")])


def test_files_that_no_mail_server_takes_are_refused_before_they_wait(db):
    with pytest.raises(Unsendable, match="凭码下载"):
        queued(attachments=[("a.pdf", b"x" * (21 * 1024 * 1024), "application/pdf")])


def test_a_sealed_file_goes_by_its_hash_and_one_that_is_gone_is_refused(db):
    sha256 = vault.keep(b"%PDF-1.7 sealed")
    queued(attachments=[("答复书.pdf", sha256, "application/pdf")])
    assert Enclosure.objects.get().sha256 == sha256
    with pytest.raises(Unsendable, match="找不到"):
        queued(attachments=[("答复书.pdf", "0" * 64, "application/pdf")])


def test_carried_by_people_is_not_sent(db):
    with pytest.raises(ValueError, match="hand_over"):
        send(LETTER.__class__("post", "x", "s", "b", "a", "k"), at=NOW)


ABOUT = "casework.application:7"


def test_the_post_needs_its_number_and_its_receipt_is_the_proof(db):
    with pytest.raises(Refused, match="邮件号"):
        hand_over(ABOUT, way="post", subject="答复书", at=NOW)
    posted = hand_over(ABOUT, way="post", subject="答复书", to="青溪县某路 8 号", tracking_number="ems 1234 cn", at=NOW)
    assert (posted.state, posted.tracking_number) == ("handed_over", "EMS1234CN")
    record_signature(posted, name="孙申请人", relation="本人", at=NOW, by="A006")
    (proof,) = proofs(ABOUT)
    assert (proof.state, proof.left_at, proof.received_at, proof.tracking_number) == (
        "received",
        NOW,
        NOW,
        "EMS1234CN",
    )
    assert "孙申请人" not in _whole_database()
    assert "某路" not in _whole_database()
    assert Signature.objects.get().name == "孙申请人"


def test_a_letter_that_came_back_is_not_signed_for_afterwards(db):
    posted = hand_over(ABOUT, way="post", subject="答复书", tracking_number="EMS1", at=NOW)
    record_return(posted, reason="查无此人", at=NOW, by="A006")
    with pytest.raises(Refused, match="被退回"):
        record_signature(posted, name="", relation="", at=NOW, by="A006")


def test_at_the_counter_somebody_signs(db):
    with pytest.raises(Refused, match="签收人"):
        hand_over(ABOUT, way="counter", subject="答复书", at=NOW)
    given = hand_over(ABOUT, way="counter", subject="答复书", signed_by="孙申请人", at=NOW)
    assert story(given) == ["handed_over", "signed"]


def test_a_code_fetches_once_it_is_right_however_it_is_typed_and_is_kept_nowhere(db):
    laid = hand_over(ABOUT, way="pick_up", subject="答复书", at=NOW)
    code = laid.code
    assert code not in _whole_database()
    assert pick_up("WRONG23456", at=NOW) is None
    fetched = pick_up(f" {code[:5].lower()} {code[5:]}", at=NOW)
    assert fetched == laid
    assert pick_up(code, at=NOW) == laid
    assert story(laid) == ["offered", "picked_up"]
