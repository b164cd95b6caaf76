"""Signing in with a password: what is recorded, who is locked out, and that a forged header does not help."""

from datetime import timedelta

from axes.models import AccessAttempt
from django.test import Client

from gongkai.office.accounts.models import User
from gongkai.office.accounts.queries import account_history
from tests.office.cast import PASSWORD, Cast

LOGIN = "/desk/login/"


def sign_in(client: Client, password: str = PASSWORD, username: str = "a001", **more: str):
    return client.post(LOGIN, {"username": username, "password": password}, **more)


def test_the_right_password_opens_the_desk_with_a_new_session_key(cast: Cast, client: Client):
    client.get(LOGIN)
    session = client.session
    session["before"] = 1
    session.save()
    client.cookies["gongkai_session"] = session.session_key
    assert sign_in(client).url == "/desk/"
    assert client.session.session_key != session.session_key
    assert client.get("/desk/").status_code == 200


def test_signing_in_is_recorded_with_the_address(cast: Cast, client: Client):
    sign_in(client, REMOTE_ADDR="198.51.100.7")
    entry = account_history(cast.editor)[0]
    assert (entry.act, entry.actor, entry.detail) == ("accounts.sign_in", "A001", {"address": "198.51.100.7"})


def test_a_wrong_password_is_recorded_for_an_account_that_exists_only(cast: Cast, client: Client):
    answer = sign_in(client, "wrong")
    assert "账号或密码不正确" in answer.content.decode()
    sign_in(client, username="my-secret-password")
    assert [entry.act for entry in account_history(cast.editor)] == ["accounts.refuse_sign_in"]
    assert not AccessAttempt.objects.filter(post_data__contains="wrong").exists()


def lock(client: Client, **more: str) -> None:
    for _ in range(5):
        sign_in(client, "wrong", **more)


def test_five_wrong_passwords_lock_the_account_for_that_address(cast: Cast, client: Client):
    lock(client)
    answer = sign_in(client)
    assert answer.status_code == 429
    assert "暂停登录" in answer.content.decode()
    assert sign_in(client, REMOTE_ADDR="198.51.100.8").status_code == 302


def test_a_forged_header_opens_no_lock(cast: Cast, client: Client):
    for number in range(5):
        sign_in(client, "wrong", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}")
    assert sign_in(client, HTTP_X_FORWARDED_FOR="203.0.113.99").status_code == 429


def test_behind_a_counted_proxy_the_lock_is_the_caller_s_and_still_can_not_be_forged_away(
    cast: Cast, client: Client, settings
):
    settings.TRUSTED_PROXIES = 1
    for number in range(5):
        sign_in(client, "wrong", HTTP_X_FORWARDED_FOR=f"203.0.113.{number}, 198.51.100.7")
    assert sign_in(client, HTTP_X_FORWARDED_FOR="203.0.113.99, 198.51.100.7").status_code == 429
    assert sign_in(client, HTTP_X_FORWARDED_FOR="198.51.100.8").status_code == 302


def test_the_lock_opens_after_a_quarter_of_an_hour(cast: Cast, client: Client):
    lock(client)
    for attempt in AccessAttempt.objects.all():
        attempt.attempt_time -= timedelta(minutes=16)
        attempt.save()
    assert sign_in(client).status_code == 302


def test_one_network_can_not_try_one_password_on_every_account(cast: Cast, client: Client):
    answers = [sign_in(client, "Spring-2024-x", username=f"user{number}").status_code for number in range(61)]
    assert answers == [200] * 60 + [429]


def test_a_closed_account_and_one_without_appointment_stay_outside(cast: Cast, client: Client):
    User.objects.filter(pk=cast.editor.pk).update(is_active=False)
    assert sign_in(client).status_code == 200
    User.objects.create_user(username="b001", password=PASSWORD, name="冯来客", staff_number="B001")
    sign_in(client, username="b001")
    assert client.get("/desk/").status_code == 302


def test_after_signing_in_nobody_is_sent_to_another_site(cast: Cast, client: Client):
    answer = client.post(LOGIN, {"username": "a001", "password": PASSWORD, "next": "https://example.org/"})
    assert answer.url == "/desk/"
