"""What the outbox does with every answer a mail server may give."""

from __future__ import annotations

import logging
import smtplib
import ssl
from datetime import timedelta

import pytest
from django.db import connection

from gongkai.office.audit import vault
from gongkai.office.audit.models import Entry
from gongkai.office.notices.actions import cancel, deliver_due, delivering, record_bounce, resend, settle
from gongkai.office.notices.channels.mail import connection as mail_connection
from gongkai.office.notices.models import Attempt, Outgoing
from gongkai.office.notices.states import STATE_AFTER, State
from gongkai.office.organs.policy import Refused
from tests.office.cast import NOW
from tests.office.notices.conftest import use
from tests.office.notices.letters import ADDRESS, WORDS, queued, state, story
from tests.office.notices.mail_server import scripted_server


@pytest.fixture
def officer(cast):
    """Who looks after the county's notices."""
    return cast.officer


HELLO = ("220 test", "250 test", "250 sender", "250 receiver")


def later(**some: int):
    return NOW + timedelta(**some)


def test_a_letter_arrives_with_its_files_its_number_and_its_words(db, mailbox):
    sha256 = vault.keep(b"%PDF-1.7 sealed")
    letter = queued(
        body=f"{WORDS}\n.一行以句点开头\n",
        attachments=[("说明.txt", "说明".encode(), "text/plain"), ("答复书.pdf", sha256, "application/pdf")],
    )
    assert deliver_due(NOW).accepted == 1
    (mail,) = mailbox.mail
    assert mail["Message-ID"] == f"<{letter.message_id}>"
    assert mail["Subject"] == letter.subject
    assert mail.get_body(("plain",)).get_content().replace("\r", "") == f"{WORDS}\n.一行以句点开头\n"
    files = {each.get_filename(): each.get_payload(decode=True) for each in mail.iter_attachments()}
    assert files == {"说明.txt": "说明".encode(), "答复书.pdf": b"%PDF-1.7 sealed"}
    assert mailbox.envelopes[0].rcpt_tos == [ADDRESS]
    assert story(letter) == ["begun", "handing", "accepted"]
    assert Outgoing.objects.get().left_at is not None


def test_a_second_round_sends_nothing_again(db, mailbox):
    queued()
    deliver_due(NOW)
    deliver_due(later(days=1))
    assert len(mailbox.mail) == 1


def test_several_letters_go_over_one_connection(db, mailbox):
    for _ in range(3):
        queued()
    assert deliver_due(NOW).accepted == 3
    assert len({each["Message-ID"] for each in mailbox.mail}) == 3


@pytest.mark.parametrize(
    ("where", "answer", "words"),
    [
        ("rcpt", f"550 5.1.1 <{ADDRESS}>: no such user", "550 5.1.1 没有这个邮箱"),
        ("rcpt", "552 5.2.2 mailbox full", "552 5.2.2 邮箱已满"),
        ("data", "554 5.7.1 spam", "554 5.7.1 对方服务器按规则拒收"),
        ("data", "550 no", "550 对方服务器拒收"),
    ],
)
def test_refused_for_good_is_an_alarm_and_not_tried_again(db, mailbox, where, answer, words):
    letter = queued()
    setattr(mailbox, where, answer)
    assert deliver_due(NOW).failed == 1
    assert state(letter) == "failed"
    assert letter.attempts.last().answer == words
    setattr(mailbox, where, "")
    assert deliver_due(later(days=2)).accepted == 0
    assert mailbox.mail == []


@pytest.mark.parametrize(("where", "answer"), [("rcpt", "450 4.2.1 later"), ("data", "451 4.3.0 later")])
def test_refused_for_now_is_tried_again_after_growing_pauses(db, mailbox, where, answer):
    letter = queued()
    setattr(mailbox, where, answer)
    assert deliver_due(NOW).deferred == 1
    assert deliver_due(later(seconds=50)).deferred == 0
    assert deliver_due(later(seconds=62)).deferred == 1
    assert deliver_due(later(minutes=5)).deferred == 0
    setattr(mailbox, where, "")
    assert deliver_due(later(minutes=7)).accepted == 1
    assert state(letter) == "accepted"
    assert len(mailbox.mail) == 1


def test_after_about_three_days_it_is_given_up(db, mailbox):
    letter = queued()
    mailbox.rcpt = "450 4.2.1 later"
    at = NOW
    for _ in delivering.PAUSES:
        assert deliver_due(at).deferred == 1
        at = Outgoing.objects.get().next_at
    assert timedelta(days=2) < at - NOW < timedelta(days=4)
    assert deliver_due(at).failed == 1
    assert story(letter)[-1] == "gave_up"


def test_a_server_that_is_away_costs_one_try_a_round(db, settings):
    use(settings, 1)
    first, second = queued(), queued()
    assert deliver_due(NOW).deferred == 1
    assert (story(first), story(second)) == (["begun", "deferred"], [])
    assert "连不上邮件服务器" in first.attempts.last().answer


@pytest.mark.parametrize(
    ("answers", "words"),
    [
        (("554 5.3.2 go away",), "554 5.3.2"),
        (("220 test", "250 test", "530 5.7.0 sign in first"), "不接受发件地址"),
        (("220 test", "250 test", "…"), "交出以前连接中断"),
        (("…",), "没有应答"),
        ((*HELLO, "421 4.3.2 closing"), "421 4.3.2"),
        (HELLO, "交出以前连接中断"),
    ],
)
def test_trouble_before_the_words_left_is_tried_again(db, settings, answers, words):
    with scripted_server(*answers) as port:
        use(settings, port)
        settings.EMAIL_TIMEOUT = 0.5
        letter = queued()
        assert deliver_due(NOW).deferred == 1
    assert words in letter.attempts.last().answer
    assert state(letter) == "waiting"


@pytest.mark.parametrize("after", ["", "…"])
def test_no_answer_after_the_full_stop_is_uncertain_and_never_sent_again_by_itself(db, settings, mailbox, after):
    with scripted_server(*HELLO, "354 go ahead", after_data=after) as port:
        use(settings, port)
        settings.EMAIL_TIMEOUT = 0.5
        letter = queued()
        assert deliver_due(NOW).uncertain == 1
    use(settings, mailbox.port)
    deliver_due(later(days=4))
    assert (state(letter), mailbox.mail) == ("uncertain", [])


def test_broken_off_in_the_middle_of_a_long_letter_is_tried_again(db, settings, monkeypatch):
    """Not all of it could even be given to the system: the server can't have the full stop."""
    with scripted_server(*HELLO, "354 go ahead") as port:
        use(settings, port)

        def breaks(self, data):
            if len(data) > 1000:
                raise smtplib.SMTPServerDisconnected("broken")
            usual(self, data)

        usual = smtplib.SMTP.send
        monkeypatch.setattr(smtplib.SMTP, "send", breaks)
        letter = queued(body="长" * 5000)
        assert deliver_due(NOW).deferred == 1
    assert state(letter) == "waiting"


def test_a_server_that_drips_is_hung_up_on(db, settings, monkeypatch):
    monkeypatch.setattr(mail_connection, "LONGEST", 0.3)
    with scripted_server("220 test", "250 test", "…") as port:
        use(settings, port)
        settings.EMAIL_TIMEOUT = 20
        queued()
        assert deliver_due(NOW).deferred == 1


def test_a_certificate_nobody_vouches_for_is_not_trusted(db, settings, tmp_path):
    from tests.office.notices.certificates import self_signed
    from tests.office.notices.mail_server import mail_server

    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(*self_signed(tmp_path))
    with mail_server(tls_context=context) as box:
        use(settings, box.port)
        settings.EMAIL_USE_TLS = True
        letter = queued()
        assert deliver_due(NOW).deferred == 1
        assert box.mail == []
    assert "SSL" in letter.attempts.last().answer


def test_without_a_mail_server_everything_waits_and_goes_when_there_is_one(db, settings, mailbox):
    settings.EMAIL_HOST = ""
    letter = queued()
    assert deliver_due(later(days=9)) == delivering.Round()
    assert story(letter) == []
    use(settings, mailbox.port)
    assert deliver_due(later(days=9)).accepted == 1


def test_what_is_not_worth_sending_any_more_is_dropped(db, mailbox):
    letter = queued(until=later(hours=1))
    deliver_due(later(hours=2))
    assert (story(letter), mailbox.mail) == (["expired"], [])


def test_a_clock_that_goes_back_neither_loses_nor_repeats(db, mailbox):
    ahead = queued(at=later(days=30))
    mailbox.rcpt = "450 later"
    deliver_due(later(days=30))
    mailbox.rcpt = ""
    assert deliver_due(NOW).accepted == 1
    assert deliver_due(NOW - timedelta(days=1)).accepted == 0
    assert story(ahead) == ["begun", "deferred", "begun", "handing", "accepted"]
    assert len(mailbox.mail) == 1


def test_nothing_personal_in_logs_history_or_audit(db, mailbox, caplog, monkeypatch):
    caplog.set_level(logging.DEBUG)
    mailbox.rcpt = f"550 5.1.1 {ADDRESS} unknown"
    queued()
    deliver_due(NOW)

    def fails(self, *args):
        raise RuntimeError(f"trouble with {ADDRESS}")

    monkeypatch.setattr(mail_connection.Backend, "deliver", fails)
    queued()
    deliver_due(NOW)
    ours = [record.getMessage() for record in caplog.records if record.name != "mail.log"]
    told = str(ours) + str(list(Attempt.objects.values())) + str(list(Entry.objects.values()))
    assert "sun.shenqing" not in told
    assert "孙申请人" not in told
    assert "RuntimeError" in told


def test_the_stored_state_is_what_the_history_says(db, mailbox):
    for answer in ("", "550 5.1.1 x", "450 4.1.1 x"):
        mailbox.rcpt = answer
        queued()
        deliver_due(NOW)
    for notice in Outgoing.objects.all():
        last = notice.attempts.last()
        assert notice.state == STATE_AFTER[last.result]


def _uncertain():
    letter = queued()
    delivering._claim(letter.pk, "c" * 32, NOW)
    delivering._note_handing(letter.pk, "c" * 32, NOW)
    deliver_due(later(minutes=11))
    assert state(letter) == "uncertain"
    return letter


def test_a_person_says_that_it_went(db, mailbox, officer):
    letter = _uncertain()
    with pytest.raises(Refused, match="依据"):
        settle(letter, was_sent=True, reason="", at=NOW, by=officer)
    settle(letter, was_sent=True, reason="服务器日志有接收记录", at=NOW, by=officer)
    deliver_due(later(days=1))
    assert (state(letter), mailbox.mail) == ("accepted", [])


def test_a_person_says_that_it_did_not_and_it_goes_under_the_same_number(db, mailbox, officer):
    letter = _uncertain()
    settle(letter, was_sent=False, reason="服务器日志没有记录", at=later(minutes=12), by=officer)
    deliver_due(later(minutes=13))
    assert state(letter) == "accepted"
    assert [each["Message-ID"] for each in mailbox.mail] == [f"<{letter.message_id}>"]


def test_who_comes_late_still_knows_better_but_not_than_a_person(db, mailbox, officer):
    from gongkai.office.notices.channels.port import Answer
    from gongkai.office.notices.states import Result

    letter = _uncertain()
    assert delivering._finish(letter.pk, "c" * 32, Answer(Result.ACCEPTED), later(minutes=12)) == State.ACCEPTED
    other = _uncertain()
    settle(other, was_sent=False, reason="服务器日志没有记录", at=later(minutes=12), by=officer)
    assert delivering._finish(other.pk, "c" * 32, Answer(Result.ACCEPTED), later(minutes=12)) is None


def test_a_process_judged_dead_hands_nothing_over(db, mailbox):
    letter = queued()
    delivering._claim(letter.pk, "a" * 32, NOW)
    deliver_due(later(minutes=11))
    assert len(mailbox.mail) == 1
    with pytest.raises(delivering.ClaimLost):
        delivering._note_handing(letter.pk, "a" * 32, later(minutes=12))


def test_sent_again_it_is_a_new_notice_that_names_the_old(db, mailbox, officer):
    letter = queued(kind="letter_ready", attachments=[("说明.txt", b"x", "text/plain")])
    with pytest.raises(Refused, match="还在发送"):
        resend(letter, to=ADDRESS, at=NOW, by=officer)
    mailbox.rcpt = "550 5.1.1 no"
    deliver_due(NOW)
    mailbox.rcpt = ""
    again = resend(letter, to="sun2@example.com", at=NOW, by=officer)
    deliver_due(NOW)
    assert (again.replaces, again.message_id != letter.message_id) == (letter, True)
    assert mailbox.envelopes[0].rcpt_tos == ["sun2@example.com"]
    assert [each.get_filename() for each in mailbox.mail[0].iter_attachments()] == ["说明.txt"]
    with pytest.raises(Refused, match="已经重发"):
        resend(letter, to=ADDRESS, at=NOW, by=officer)


def test_only_what_waits_can_be_cancelled_and_only_what_went_comes_back(db, mailbox, officer):
    letter = queued()
    with pytest.raises(Refused, match="退信"):
        record_bounce(letter, reason="5.1.1", at=NOW, by=officer)
    deliver_due(NOW)
    with pytest.raises(Refused, match="作废"):
        cancel(letter, reason="误发", at=NOW, by=officer)
    record_bounce(letter, reason="邮箱已满", at=NOW, by=officer)
    assert state(letter) == "returned"
    other = queued()
    cancel(other, reason="误发", at=NOW, by=officer)
    assert deliver_due(later(days=1)).accepted == 0


def test_a_letter_is_sent_again_by_its_room_only_and_that_ends_the_alarm(db, mailbox, officer):
    letter = queued()
    mailbox.rcpt = "550 5.1.1 no"
    deliver_due(NOW)
    with pytest.raises(Refused, match="案卷"):
        resend(letter, to=ADDRESS, at=NOW, by=officer)
    other = queued(about="casework.letter:8")
    deliver_due(NOW)
    queued(to="sun2@example.com")
    alarming = Outgoing.objects.filter(state="failed", looked_into_at=None)
    assert list(alarming) == [other]


def test_what_was_erased_meanwhile_is_not_sent(db, mailbox):
    letter = queued()
    Outgoing.objects.update(to="", body="")
    deliver_due(NOW)
    assert (story(letter), mailbox.mail) == (["begun", "cancelled"], [])


def test_one_notice_that_cannot_be_opened_holds_up_no_other(db, mailbox):
    locked_out, letter = queued(), queued()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE notices_outgoing SET body = 'x' WHERE id = %s", [locked_out.pk])
    assert deliver_due(NOW).accepted == 1
    assert (story(locked_out), state(letter)) == (["begun", "deferred"], "accepted")
