"""The second factor: set up, asked for, and no way round it."""

import time

import pytest
from django.test import Client
from django_otp.oath import TOTP
from django_otp.plugins.otp_totp.models import TOTPDevice

from gongkai.office.accounts.models import RecoveryCode, User
from gongkai.office.accounts.queries import account_history
from tests.office.cast import Cast

SET_UP, ASK = "/desk/sign-in/second-factor/set-up/", "/desk/sign-in/second-factor/"


@pytest.fixture(autouse=True)
def required(settings):
    settings.REQUIRE_SECOND_FACTOR = True


@pytest.fixture(autouse=True)
def standing_clock(monkeypatch):
    """A phone shows another code every half a minute, also in the middle of a test."""
    moment = time.time()
    monkeypatch.setattr(time, "time", lambda: moment)


def code_of(device: TOTPDevice, steps: int = 0) -> str:
    totp = TOTP(device.bin_key, device.step, device.t0, device.digits, device.drift)
    totp.time = time.time() + steps * device.step
    return f"{totp.token():06d}"


def set_up(client: Client, user: User) -> list[str]:
    client.force_login(user)
    client.get(SET_UP)
    answer = client.post(SET_UP, {"code": code_of(TOTPDevice.objects.get(user=user))})
    return answer.context["codes"]


def again(user: User) -> Client:
    """The same person, some time later, in another browser."""
    TOTPDevice.objects.filter(user=user).update(last_t=-1, throttling_failure_count=0)
    client = Client()
    client.force_login(user)
    return client


def test_whoever_has_no_phone_set_up_is_led_to_do_so_from_every_page(cast: Cast, client: Client):
    client.force_login(cast.editor)
    for page in ("/desk/", "/desk/account/", "/desk/sign-in/password/", ASK):
        assert client.get(page).url.startswith((SET_UP, "/desk/")), page
    assert client.get("/desk/").url == f"{SET_UP}?next=%2Fdesk%2F"


def test_the_picture_and_the_secret_are_shown_without_script_or_inline_style(cast: Cast, client: Client):
    client.force_login(cast.editor)
    page = client.get(SET_UP).content.decode()
    assert "<svg" in page
    assert "<script" not in page
    assert "style=" not in page


def test_the_first_code_proves_the_phone_opens_the_desk_and_gives_codes_for_paper(cast: Cast, client: Client):
    codes = set_up(client, cast.editor)
    assert len(set(codes)) == 10
    assert client.get("/desk/").status_code == 200
    assert account_history(cast.editor)[0].act == "accounts.set_up_second_factor"
    kept = set(RecoveryCode.objects.values_list("digest", flat=True))
    assert not kept & {code.replace("-", "") for code in codes}


def test_a_wrong_first_code_sets_nothing_up(cast: Cast, client: Client):
    client.force_login(cast.editor)
    client.get(SET_UP)
    wrong = f"{(int(code_of(TOTPDevice.objects.get())) + 7) % 1000000:06d}"
    assert "验证码不正确" in client.post(SET_UP, {"code": wrong}).content.decode()
    assert client.get("/desk/").status_code == 302


def test_a_new_session_needs_the_code_and_gets_a_new_key(cast: Cast, client: Client):
    set_up(client, cast.editor)
    later = again(cast.editor)
    assert later.get("/desk/").url == f"{ASK}?next=%2Fdesk%2F"
    key = later.session.session_key
    answer = later.post(ASK, {"code": code_of(TOTPDevice.objects.get()), "next": "/desk/account/"})
    assert answer.url == "/desk/account/"
    assert later.session.session_key != key
    assert later.get("/desk/").status_code == 200


def test_a_password_alone_can_not_replace_the_phone(cast: Cast, client: Client):
    set_up(client, cast.editor)
    thief = again(cast.editor)
    assert thief.get(SET_UP).url.startswith(ASK)
    assert thief.post(SET_UP, {"code": "000000"}).url.startswith(ASK)
    assert TOTPDevice.objects.filter(confirmed=True).count() == 1


def test_a_code_is_good_once(cast: Cast, client: Client):
    set_up(client, cast.editor)
    code = code_of(TOTPDevice.objects.get())
    other = Client()
    other.force_login(cast.editor)
    assert other.post(ASK, {"code": code}).status_code == 200
    assert other.get("/desk/").status_code == 302


def test_a_recovery_code_stands_in_once_and_is_recorded(cast: Cast, client: Client):
    codes = set_up(client, cast.editor)
    assert again(cast.editor).post(ASK, {"code": codes[0].lower()}).status_code == 302
    assert account_history(cast.editor)[0].detail == {"left": 9}
    assert again(cast.editor).post(ASK, {"code": codes[0]}).status_code == 200


def test_guessing_is_slowed_down_even_for_the_right_code_and_for_recovery_codes(cast: Cast, client: Client, settings):
    settings.OTP_TOTP_THROTTLE_FACTOR = 60  # instead of a second, which a busy machine takes for a page
    codes = set_up(client, cast.editor)
    guesser = again(cast.editor)
    for guess in ("WRONG-CODE1", "WRONG-CODE2", "WRONG-CODE3"):
        guesser.post(ASK, {"code": guess})
    assert guesser.post(ASK, {"code": code_of(TOTPDevice.objects.get())}).status_code == 200
    assert guesser.post(ASK, {"code": codes[0]}).status_code == 200
    assert guesser.get("/desk/").status_code == 302


def test_somebody_else_s_code_opens_nothing(cast: Cast, client: Client):
    set_up(client, cast.editor)
    other = Client()
    set_up(other, cast.first)
    code = code_of(TOTPDevice.objects.get(user=cast.first))
    assert again(cast.editor).post(ASK, {"code": code}).status_code == 200


def test_where_it_is_not_required_whoever_set_it_up_is_asked_all_the_same(cast: Cast, client: Client, settings):
    set_up(client, cast.editor)
    settings.REQUIRE_SECOND_FACTOR = False
    assert again(cast.editor).get("/desk/").url.startswith(ASK)
    client.force_login(cast.first)
    assert client.get("/desk/").status_code == 200
