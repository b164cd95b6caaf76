"""Somebody of the public with a mailbox, in front of the account's pages."""

from __future__ import annotations

import re
from typing import Any

from django.test import Client
from django.utils import timezone

from gongkai.office.applicants.models import Account
from gongkai.office.notices.actions import deliver_due
from tests.office.casework.visitor import right
from tests.office.notices.mail_server import Mailbox

EMAIL = "sun.shenqing@example.cn"
PASSWORD = "Qingxi-2024-sun"
ACCOUNT = "/applications/account/"


def ask(client: Client, page: str, email: str = EMAIL, *, answer: str = "") -> Any:
    """Fill in the page that sends a mail, `register` or `forgotten`."""
    shown = client.get(f"{ACCOUNT}{page}/").content.decode()
    token = re.search(r'name="captcha_token" value="([^"]+)"', shown)
    assert token is not None, shown
    filled = {"email": email, "captcha_token": token[1], "captcha_answer": answer or right(token[1])}
    return client.post(f"{ACCOUNT}{page}/", filled)


def received(mailbox: Mailbox) -> list[str]:
    """Have the outbox send what waits; the words of every mail that came, oldest first."""
    deliver_due(timezone.now())
    return [mail.get_body(("plain",)).get_content() for mail in mailbox.mail]


def link_in(words: str) -> str:
    """The address in a mail."""
    found = re.search(r"(/applications/account/link/[\w-]+/)", words)
    assert found is not None, words
    return found[1]


def registered(client: Client, mailbox: Mailbox, email: str = EMAIL, password: str = PASSWORD) -> Account:
    """An account, signed in to."""
    ask(client, "register", email)
    link = link_in(received(mailbox)[-1])
    answer = client.post(link, {"password": password, "again": password})
    assert answer.headers["Location"] == ACCOUNT, answer.content.decode()
    return Account.objects.latest("id")


def sign_in(client: Client, email: str = EMAIL, password: str = PASSWORD) -> Any:
    """Mailbox and password."""
    return client.post(f"{ACCOUNT}sign-in/", {"email": email, "password": password})


def is_in(client: Client) -> bool:
    """Whether a browser is signed in."""
    return client.get(ACCOUNT).status_code == 200
