"""The ledger on the desk: who sees what, what may be done about a notice, and what is never shown."""

from __future__ import annotations

import io
from datetime import timedelta

import openpyxl
import pytest
from django.utils.timezone import localdate, now

from gongkai.office.audit.models import Entry
from gongkai.office.notices import actions
from gongkai.office.notices.actions import deliver_due, hand_over
from gongkai.office.notices.models import Outgoing
from gongkai.office.notices.queries import ledger
from tests.office.notices.letters import ADDRESS, queued, state, story

ABOUT = "casework.application:7"


@pytest.fixture
def at_desk(cast, client):
    """A browser in which somebody is signed in."""

    def sign_in(part: str):
        client.force_login(getattr(cast, part), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


def page(answer, status: int = 200) -> str:
    assert answer.status_code == status, answer
    return answer.content.decode()


@pytest.fixture
def failed(cast, mailbox):
    """A letter of the education bureau that nobody could deliver."""
    mailbox.rcpt = "550 5.1.1 no such user"
    letter = queued(organ=cast.education.pk, kind="letter_ready", at=now())
    deliver_due(now())
    mailbox.rcpt = ""
    return letter


def test_the_desk_says_what_did_not_arrive_to_those_who_can_do_something(at_desk, failed):
    home = page(at_desk("officer").get("/desk/"))
    assert "没有送达的通知" in home
    assert failed.subject in home
    for other in ("outsider", "editor"):
        assert "没有送达的通知" not in page(at_desk(other).get("/desk/"))


def test_a_notice_of_another_agency_is_not_there(at_desk, failed):
    assert page(at_desk("officer").get(f"/desk/notices/{failed.pk}/"))
    page(at_desk("outsider").get(f"/desk/notices/{failed.pk}/"), 404)
    assert failed.subject not in page(at_desk("outsider").get("/desk/notices/"))
    page(at_desk("editor").get("/desk/notices/"), 403)


def test_the_address_is_shown_for_a_purpose_and_the_look_is_on_record(at_desk, failed):
    officer = at_desk("officer")
    assert ADDRESS not in page(officer.get(f"/desk/notices/{failed.pk}/"))
    page(officer.post(f"/desk/notices/{failed.pk}/reveal/", {"reveal-purpose": ""}), 400)
    shown = page(officer.post(f"/desk/notices/{failed.pk}/reveal/", {"reveal-purpose": "核对后重发"}))
    assert ADDRESS in shown
    assert Entry.objects.get(act="personal.reveal").subject == f"notices.notice:{failed.pk}"
    refused = at_desk("administrator").post(f"/desk/notices/{failed.pk}/reveal/", {"reveal-purpose": "看看"})
    assert ADDRESS not in page(refused, 403)


def test_sent_again_to_a_corrected_address_the_alarm_is_over(at_desk, failed, mailbox):
    officer = at_desk("officer")
    answer = officer.post(f"/desk/notices/{failed.pk}/resend/", {"resend-to": "sun2@example.com"})
    again = Outgoing.objects.get(replaces=failed)
    assert answer.url == f"/desk/notices/{again.pk}/"
    deliver_due(now() + timedelta(seconds=1))
    assert mailbox.envelopes[0].rcpt_tos == ["sun2@example.com"]
    assert "没有送达的通知" not in page(officer.get("/desk/"))
    assert "重发的一份" in page(officer.get(f"/desk/notices/{failed.pk}/"))


def test_a_wrong_address_is_said_and_nothing_is_sent(at_desk, failed):
    said = page(at_desk("officer").post(f"/desk/notices/{failed.pk}/resend/", {"resend-to": "sun2"}), 403)
    assert "电子邮箱的格式不对" in said
    assert not Outgoing.objects.filter(replaces=failed).exists()


def test_an_alarm_that_was_seen_to_otherwise_goes(at_desk, failed):
    officer = at_desk("officer")
    officer.post(f"/desk/notices/{failed.pk}/hear/")
    assert "没有送达的通知" not in page(officer.get("/desk/"))
    assert Entry.objects.filter(act="notices.hear").exists()


def test_the_administrator_sees_and_does_not_decide(at_desk, failed):
    administrator = at_desk("administrator")
    assert "重新发送" not in page(administrator.get(f"/desk/notices/{failed.pk}/"))
    page(administrator.post(f"/desk/notices/{failed.pk}/hear/"), 403)
    assert Outgoing.objects.get(pk=failed.pk).looked_into_at is None


def test_without_a_mail_server_the_desk_says_so(at_desk, cast, settings):
    settings.EMAIL_BACKEND = "gongkai.office.notices.channels.mail.connection.Backend"
    settings.EMAIL_HOST = ""
    queued(organ=cast.education.pk, at=now())
    assert "没有开通电子邮件" in page(at_desk("officer").get("/desk/"))
    assert "没有开通电子邮件" in page(at_desk("officer").get("/desk/notices/"))


def test_what_waits_too_long_is_said(at_desk, cast, mailbox):
    queued(organ=cast.education.pk, at=now() - timedelta(hours=5))
    assert "电子邮件发不出去" in page(at_desk("officer").get("/desk/notices/"))


def test_the_post_register_finds_by_number_and_takes_the_receipt(at_desk, cast):
    posted = hand_over(
        ABOUT, way="post", subject="答复书", tracking_number="EMS 12 34", organ=cast.education.pk, at=now()
    )
    queued(organ=cast.education.pk, at=now(), subject="一封邮件")
    officer = at_desk("officer")
    register = page(officer.get("/desk/notices/post/", {"words": "ems1234"}))
    assert "EMS1234" in register
    assert "一封邮件" not in register
    assert "EMS1234" not in page(officer.get("/desk/notices/post/", {"words": "EMS9"}))
    officer.post(
        f"/desk/notices/{posted.pk}/sign/",
        {"sign-on": localdate().isoformat(), "sign-name": "孙申请人", "sign-relation": "本人"},
    )
    assert story(posted) == ["handed_over", "signed"]
    assert "孙申请人" not in page(officer.get(f"/desk/notices/{posted.pk}/"))


def test_a_number_that_is_not_there_reads_no_subject_and_words_do(cast):
    notice = queued(organ=cast.education.pk, subject="政府信息公开申请答复书")
    assert [each.pk for each in ledger(cast.officer, on=now().date(), words="答复书")] == [notice.pk]
    assert ledger(cast.officer, on=now().date(), words="ea 1000 0020 cn").query.is_empty()


def test_a_letter_that_came_back_alarms(at_desk, cast):
    posted = hand_over(ABOUT, way="post", subject="答复书", tracking_number="EMS1", organ=cast.education.pk, at=now())
    officer = at_desk("officer")
    officer.post(f"/desk/notices/{posted.pk}/return/", {"return-reason": "查无此人"})
    assert state(posted) == "returned"
    assert "没有送达的通知" in page(officer.get("/desk/"))


def test_the_export_has_everything_but_addresses_and_is_on_record(at_desk, cast, failed):
    queued(subject="=1+1", organ=cast.education.pk, at=now())
    answer = at_desk("officer").get("/desk/notices/export/", {"state": "failed"})
    sheet = openpyxl.load_workbook(io.BytesIO(answer.content)).active
    rows = list(sheet.iter_rows(values_only=True))
    assert [row[2] for row in rows[1:]] == [failed.subject]
    assert rows[1][-1] == "对方服务器拒收 550 5.1.1 没有这个邮箱"
    assert ADDRESS not in str(rows)
    assert Entry.objects.get(act="notices.export").detail == {"rows": 1}


def test_filters_are_kept_from_page_to_page(at_desk, cast, monkeypatch):
    from gongkai.office.notices.views import staff

    monkeypatch.setattr(staff, "PER_PAGE", 1)
    for _ in range(3):
        queued(organ=cast.education.pk, at=now())
    assert "?state=waiting&amp;page=2" in page(at_desk("officer").get("/desk/notices/", {"state": "waiting"}))


def test_a_verb_that_does_not_exist_is_not_found(at_desk, failed):
    page(at_desk("officer").post(f"/desk/notices/{failed.pk}/shred/"), 404)


def test_who_may_not_decide_is_refused_by_the_action_too(cast, failed):
    from gongkai.office.organs.policy import Refused

    for refused in (cast.outsider, cast.administrator, cast.editor):
        with pytest.raises(Refused, match="职责"):
            actions.resend(failed, to=ADDRESS, at=now(), by=refused)


def test_a_letter_that_failed_leads_to_its_matter(at_desk, cast, mailbox):
    mailbox.rcpt = "550 5.1.1 no such user"
    letter = queued(organ=cast.education.pk, about="casework.letter:3", at=now())
    deliver_due(now())
    shown = page(at_desk("officer").get(f"/desk/notices/{letter.pk}/"))
    assert "这份文书没有送达" in shown
    assert "/desk/casework/letters/3/" in shown
    assert "resend" not in shown
