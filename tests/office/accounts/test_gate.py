"""The gate before the desk: time away, time in all, and an initial password."""

import pytest
from django.test import Client

from gongkai.office.accounts.gate import SEEN_AT, SIGNED_IN_AT
from gongkai.office.accounts.models import User
from tests.office.cast import PASSWORD, Cast


def turn_back(client: Client, key: str, seconds: int) -> None:
    session = client.session
    session[key] -= seconds
    session.save()


@pytest.fixture
def inside(cast: Cast, client: Client) -> Client:
    client.post("/desk/login/", {"username": "a001", "password": PASSWORD})
    assert client.get("/desk/").status_code == 200
    return client


@pytest.mark.parametrize(("minutes", "status"), [(29, 200), (31, 302)])
def test_half_an_hour_without_a_click_ends_the_session(inside: Client, minutes, status):
    turn_back(inside, SEEN_AT, minutes * 60)
    assert inside.get("/desk/").status_code == status


@pytest.mark.parametrize(("hours", "status"), [(11.9, 200), (12.1, 302)])
def test_twelve_hours_end_the_session_however_busy(inside: Client, hours, status):
    turn_back(inside, SIGNED_IN_AT, int(hours * 3600))
    assert inside.get("/desk/").status_code == status


def test_whoever_was_signed_out_is_told_why_and_comes_back_to_the_same_page(inside: Client):
    turn_back(inside, SEEN_AT, 31 * 60)
    answer = inside.get("/desk/account/", follow=True)
    assert answer.redirect_chain == [("/desk/login/?next=%2Fdesk%2Faccount%2F", 302)]
    assert "30 分钟没有操作" in answer.content.decode()


def test_a_click_keeps_the_session_going(inside: Client):
    for _ in range(3):
        turn_back(inside, SEEN_AT, 20 * 60)
        assert inside.get("/desk/").status_code == 200


def test_an_initial_password_has_to_be_changed_first(cast: Cast, inside: Client):
    User.objects.filter(pk=cast.editor.pk).update(must_change_password=True)
    page = "/desk/sign-in/password/"
    assert inside.get("/desk/").url == f"{page}?next=%2Fdesk%2F"
    new = {"old_password": PASSWORD, "new_password1": "Mountain-river-9", "new_password2": "Mountain-river-9"}
    assert (
        "最近用过"
        in inside.post(page, new | dict.fromkeys(("new_password1", "new_password2"), PASSWORD)).content.decode()
    )
    assert inside.post(page, new).url == "/desk/"
    assert inside.get("/desk/").status_code == 200


def test_a_changed_password_ends_the_other_sessions(cast: Cast, inside: Client):
    elsewhere = Client()
    elsewhere.post("/desk/login/", {"username": "a001", "password": PASSWORD})
    new = {"old_password": PASSWORD, "new_password1": "Mountain-river-9", "new_password2": "Mountain-river-9"}
    inside.post("/desk/sign-in/password/", new)
    assert inside.get("/desk/").status_code == 200
    assert elsewhere.get("/desk/").status_code == 302


def test_a_closed_account_is_out_at_the_next_click(cast: Cast, inside: Client):
    User.objects.filter(pk=cast.editor.pk).update(is_active=False)
    assert inside.get("/desk/").status_code == 302


def test_public_pages_do_not_pass_the_gate_and_set_no_cookie(cast: Cast, client: Client):
    assert not client.get("/").cookies
