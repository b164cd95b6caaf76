"""An account is of whoever holds a mailbox, proved by a mail over SMTP; nobody else learns whether there is one."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.applicants import actions, queries
from gongkai.office.applicants.models import Account, MailedLink
from gongkai.office.audit.models import Entry
from tests.office.applicants.somebody import (
    ACCOUNT,
    EMAIL,
    PASSWORD,
    ask,
    is_in,
    link_in,
    received,
    registered,
    sign_in,
)
from tests.office.notices.mail_server import Mailbox

pytestmark = pytest.mark.django_db


def test_from_the_mailbox_to_the_list(client: Client, mailbox: Mailbox):
    assert "请查收邮件" in ask(client, "register").content.decode()
    assert not Account.objects.exists()
    [words] = received(mailbox)
    assert mailbox.mail[0]["To"] == EMAIL
    assert EMAIL not in link_in(words)
    link = link_in(words)
    assert EMAIL in client.get(link).content.decode()
    assert not Account.objects.exists(), "a mail server that looks at links opens no account"
    answer = client.post(link, {"password": PASSWORD, "again": PASSWORD})
    assert answer.headers["Location"] == ACCOUNT
    assert is_in(client)
    assert client.get(link).status_code == 410
    assert client.post(link, {"password": PASSWORD, "again": PASSWORD}).status_code == 410


def _plain(html: str) -> str:
    return re.sub(r"(csrfmiddlewaretoken|captcha_token)\" value=\"[^\"]+|/captcha/[^\"]+", "", html)


@pytest.mark.parametrize("page", ["register", "forgotten"])
def test_the_pages_answer_alike_whether_there_is_an_account_or_not(client: Client, mailbox: Mailbox, page: str):
    registered(client, mailbox)
    stranger = Client()
    known, unknown = ask(stranger, page), ask(stranger, page, "nobody@example.cn")
    assert known.status_code == unknown.status_code == 200
    assert _plain(known.content.decode()) == _plain(unknown.content.decode())
    assert len(received(mailbox)) == 3, "and each mailbox learns for itself"


def test_whoever_has_an_account_is_told_so_by_mail_only(client: Client, mailbox: Mailbox):
    registered(client, mailbox)
    ask(Client(), "register")
    assert "已经有账号，不用再注册" in received(mailbox)[-1]
    ask(Client(), "forgotten", "nobody@example.cn")
    assert "还没有账号" in received(mailbox)[-1]


def test_the_captcha_stands_before_every_mail(client: Client, mailbox: Mailbox):
    answer = ask(client, "register", answer="不知道")
    assert answer.status_code == 422
    assert "答案不对" in answer.content.decode()
    assert received(mailbox) == []


def test_nobody_s_mailbox_is_filled_from_our_form(client: Client, mailbox: Mailbox):
    for _ in range(5):
        assert "请查收邮件" in ask(client, "register").content.decode()
    assert len(received(mailbox)) == 3


def test_the_staff_s_policy_for_passwords(client: Client, mailbox: Mailbox):
    ask(client, "register")
    link = link_in(received(mailbox)[0])
    for weak, said in (
        ("Ab1-", "密码太短"),
        ("qingxiqingxi", "密码太简单"),
        ("Password123", "常见"),
        ("Sun.Shenqing1", "相似"),
    ):
        answer = client.post(link, {"password": weak, "again": weak})
        assert answer.status_code == 422
        assert said in answer.content.decode(), weak
    answer = client.post(link, {"password": PASSWORD, "again": PASSWORD + "x"})
    assert "两次输入的密码不一样" in answer.content.decode()
    assert not Account.objects.exists()


def test_a_link_is_good_for_two_hours(client: Client, mailbox: Mailbox):
    ask(client, "register")
    link = link_in(received(mailbox)[0])
    MailedLink.objects.update(made_at=timezone.now() - timedelta(hours=2, seconds=1))
    answer = client.get(link)
    assert answer.status_code == 410
    assert "网址已经失效" in answer.content.decode()


def test_the_last_link_used_voids_the_others_of_the_mailbox(client: Client, mailbox: Mailbox):
    ask(client, "register")
    ask(client, "register")
    first, second = map(link_in, received(mailbox))
    client.post(second, {"password": PASSWORD, "again": PASSWORD})
    assert Client().get(first).status_code == 410


def test_without_a_mail_server_the_page_says_what_goes_without_an_account(client: Client, settings):
    settings.EMAIL_BACKEND = "gongkai.office.notices.channels.mail.connection.Backend"
    settings.EMAIL_HOST = ""
    assert not queries.may_register()
    said = client.get(f"{ACCOUNT}register/").content.decode()
    assert "本站现在不能注册账号" in said
    assert '<form class="form"' not in said


def test_no_account_of_the_public_opens_the_desk(client: Client, mailbox: Mailbox):
    registered(client, mailbox)
    assert client.cookies["gongkai_applicant"]["path"] == "/applications/"
    assert client.cookies["gongkai_applicant"]["httponly"]
    assert client.get("/desk/").headers["Location"].startswith("/desk/login/")
    answer = client.post("/desk/login/", {"username": EMAIL, "password": PASSWORD})
    assert answer.status_code == 200
    assert not User.objects.exists()
    assert "gongkai_session" not in client.cookies or not client.session.get("_auth_user_id")


def test_no_account_of_the_staff_opens_the_public_side(client: Client, cast):
    cast.editor.email = "editor@example.gov.cn"
    cast.editor.save()
    client.force_login(cast.editor)
    assert not is_in(client)
    from tests.office.cast import PASSWORD as STAFF

    assert sign_in(client, "editor@example.gov.cn", STAFF).status_code == 422


def test_the_log_says_what_happened_and_not_to_whom(client: Client, mailbox: Mailbox):
    account = registered(client, mailbox)
    entry = Entry.objects.get(act="applicants.register")
    assert entry.subject == queries.subject(account)
    assert entry.actor == "public"
    assert "sun" not in str(Entry.objects.values_list())


def test_what_nobody_opens_leaves_nothing(client: Client, mailbox: Mailbox):
    from gongkai.office.notices.models import Outgoing

    ask(client, "register")
    received(mailbox)
    assert Outgoing.objects.get().to == EMAIL
    actions.sweep(timezone.now() + timedelta(hours=3))
    assert not MailedLink.objects.exists()
    notice = Outgoing.objects.get()
    assert (notice.to, notice.body) == ("", "")
