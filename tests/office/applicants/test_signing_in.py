"""Signing in: the staff's limits, nothing said of who has an account, and a visit that ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.cache import caches
from django.test import Client
from django.utils import timezone

from gongkai.office.applicants import actions
from gongkai.office.applicants.models import Visit, WrongPassword
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


@pytest.fixture
def account(mailbox: Mailbox):
    return registered(Client(), mailbox)


def test_in_and_out(client: Client, account):
    assert client.get(ACCOUNT).headers["Location"] == f"{ACCOUNT}sign-in/"
    assert sign_in(client, f"  {EMAIL.upper()} ").headers["Location"] == ACCOUNT
    assert is_in(client)
    token = client.cookies["gongkai_applicant"].value
    client.post(f"{ACCOUNT}sign-out/")
    client.cookies["gongkai_applicant"] = token
    assert not is_in(client), "the token is of no use to whoever kept it"


def test_a_wrong_password_and_an_unknown_mailbox_are_answered_alike(client: Client, account):
    wrong, unknown = sign_in(client, password="wrong"), sign_in(client, "nobody@example.cn", "wrong")
    assert wrong.status_code == unknown.status_code == 422
    for answer in (wrong, unknown):
        said = answer.content.decode()
        assert actions.WRONG in said
        assert 'value="wrong"' not in said


def test_five_wrong_ones_lock_for_a_quarter_of_an_hour_whether_there_is_an_account_or_not(client: Client, account):
    for email in (EMAIL, "nobody@example.cn"):
        statuses = [sign_in(client, email, "wrong").status_code for _ in range(6)]
        assert statuses == [422] * 5 + [429]
    assert "请过 15 分钟再试" in sign_in(client).content.decode(), "the right one does not open it meanwhile"
    WrongPassword.objects.update(at=timezone.now() - timedelta(minutes=15, seconds=1))
    assert sign_in(client).status_code == 302
    assert Entry.objects.filter(act="applicants.lock_out").count() == 1


def test_somebody_else_s_wrong_passwords_do_not_lock_the_owner_out(account):
    for _ in range(5):
        sign_in(Client(REMOTE_ADDR="192.0.2.1"), password="wrong")
    assert sign_in(Client(REMOTE_ADDR="192.0.2.1")).status_code == 429
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7")).status_code == 302


def test_a_thousand_places_do_not_try_out_one_password(account):
    for place in range(50):
        caches["counters"].clear()
        sign_in(Client(REMOTE_ADDR=f"192.0.2.{place}"), password="wrong")
    assert sign_in(Client(REMOTE_ADDR="198.51.100.7")).status_code == 429


def test_a_list_of_stolen_passwords_is_slowed_down(client: Client, account):
    answers = [sign_in(client, f"nobody{number}@example.cn", "x").status_code for number in range(61)]
    assert answers[-1] == 429
    assert set(answers[:-1]) == {422}


@pytest.mark.parametrize(("began", "seen"), [(31, 31), (12 * 60 + 1, 0)], ids=["away", "all day"])
def test_a_visit_ends_when_somebody_is_away_and_after_a_day_s_work(client: Client, account, began: int, seen: int):
    sign_in(client)
    now = timezone.now()
    Visit.objects.update(began_at=now - timedelta(minutes=began), seen_at=now - timedelta(minutes=seen))
    assert not is_in(client)


def test_a_forgotten_password_is_set_anew_and_ends_every_visit(client: Client, account, mailbox: Mailbox):
    sign_in(client)
    other = Client()
    ask(other, "forgotten")
    link = link_in(received(mailbox)[-1])
    assert is_in(client)
    answer = other.post(link, {"password": "Another-2024-one", "again": "Another-2024-one"})
    assert answer.status_code == 302
    assert not is_in(client)
    assert sign_in(Client()).status_code == 422
    assert sign_in(Client(), password="Another-2024-one").status_code == 302
    assert PASSWORD not in "".join(received(mailbox))


def test_a_new_password_ends_the_other_visits_and_keeps_this_one(client: Client, account):
    other = Client()
    sign_in(client)
    sign_in(other)
    page = f"{ACCOUNT}password/"
    filled = {"present": PASSWORD, "password": "Another-2024-one", "again": "Another-2024-one"}
    assert client.post(page, filled | {"present": "wrong"}).status_code == 422
    same = client.post(page, filled | {"password": PASSWORD, "again": PASSWORD})
    assert "和现在的相同" in same.content.decode()
    assert client.post(page, filled).status_code == 302
    assert is_in(client)
    assert not is_in(other)


def test_another_mailbox_proves_itself_first_and_the_old_one_is_told(client: Client, account, mailbox: Mailbox):
    sign_in(client)
    page = f"{ACCOUNT}address/"
    assert client.post(page, {"email": "sun.new@example.cn", "present": "wrong"}).status_code == 422
    assert "请查收邮件" in client.post(page, {"email": "sun.new@example.cn", "present": PASSWORD}).content.decode()
    link = link_in(received(mailbox)[-1])
    assert mailbox.mail[-1]["To"] == "sun.new@example.cn"
    account.refresh_from_db()
    assert account.email == EMAIL
    assert "确认更换" in Client().get(link).content.decode()
    assert Client().post(link).headers["Location"] == ACCOUNT
    account.refresh_from_db()
    assert account.email == "sun.new@example.cn"
    assert not is_in(client)
    assert "换成另一个邮箱" in received(mailbox)[-1]
    assert mailbox.mail[-1]["To"] == EMAIL
    assert sign_in(Client()).status_code == 422
    assert sign_in(Client(), "sun.new@example.cn").status_code == 302


def test_a_mailbox_with_an_account_of_its_own_is_not_taken_over_and_the_page_does_not_say_so(
    client: Client, account, mailbox: Mailbox
):
    registered(Client(), mailbox, "other@example.cn")
    sign_in(client)
    answer = client.post(f"{ACCOUNT}address/", {"email": "other@example.cn", "present": PASSWORD})
    assert "请查收邮件" in answer.content.decode()
    assert "没有更换" in received(mailbox)[-1]
    assert "/link/" not in mailbox.mail[-1].get_body(("plain",)).get_content()


def test_accounts_nobody_uses_are_told_and_then_closed(client: Client, account, mailbox: Mailbox, settings):
    settings.ACCOUNT_RETENTION_YEARS = 3
    now = timezone.now()
    account.seen_on = (now - timedelta(days=3 * 366)).date()
    account.save()
    assert actions.sweep(now) == 0
    assert "30天以后将自动注销" in received(mailbox)[-1]
    assert actions.sweep(now + timedelta(days=29)) == 0
    assert len(received(mailbox)) == 2, "told once"
    assert actions.sweep(now + timedelta(days=30)) == 1
    assert sign_in(client).status_code == 422


def test_whoever_signs_in_in_time_keeps_the_account(client: Client, account, mailbox: Mailbox):
    now = timezone.now()
    account.seen_on = (now - timedelta(days=3 * 366)).date()
    account.save()
    actions.sweep(now)
    sign_in(client)
    assert actions.sweep(now + timedelta(days=31)) == 0
