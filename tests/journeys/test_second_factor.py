"""Signing in where the second factor is required: the phone set up, a code from paper, and the lock after wrong passwords."""

from __future__ import annotations

import base64
import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
from django_otp.oath import TOTP

from tests.journeys.people import Person, browser
from tests.journeys.words import foreign_words
from tests.office.browser import needs_chromium
from tests.office.project import installation
from tests.samples import REPOSITORY

pytestmark = needs_chromium

WRONG = 5
"""Passwords one may get wrong before the account is locked."""


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """Makes windows of the office: `desk()`."""
    data = tmp_path_factory.mktemp("second_factor") / "data"
    installation.prepare(data)
    command = [sys.executable, "-m", "tests.office.project.seeding", "people"]
    subprocess.run(command, env=installation.environment(data), cwd=REPOSITORY, check=True)
    with installation.serving(data) as site, browser() as launched:
        yield lambda: Person(launched, f"http://127.0.0.1:{site.port}")


def test_the_phone_is_set_up_at_the_first_sign_in_and_a_code_from_paper_opens_once(desk: Any) -> None:
    from playwright.sync_api import expect

    first = desk().sign_in("a001")
    page = first.page
    expect(page.get_by_role("heading", name="设置手机验证")).to_be_visible()
    page.goto("/desk/publishing/")
    expect(page.get_by_role("heading", name="设置手机验证")).to_be_visible()
    page.get_by_text("不能扫码，改为手工输入密钥").click()
    assert foreign_words(page) == []
    page.get_by_label("验证码").fill(_code(_secret(page)))
    page.get_by_role("button", name="完成设置").click()
    expect(page.get_by_role("heading", name="请抄下备用码")).to_be_visible()
    codes = page.get_by_role("listitem").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="我已保存，进入工作台").click()
    expect(page.get_by_role("heading", name="政府信息", exact=True)).to_be_visible()

    again = desk().sign_in("a001")
    _type(again, codes[0])
    expect(again.page.get_by_role("heading", name="张起草，您好")).to_be_visible()

    once_more = desk().sign_in("a001")
    _type(once_more, codes[0])
    expect(once_more.page.get_by_text("验证码不正确或者已经用过")).to_be_visible()
    assert foreign_words(once_more.page) == []
    once_more.page.goto("/desk/publishing/")
    expect(once_more.page.get_by_role("heading", name="输入验证码")).to_be_visible()
    assert first.complaints + again.complaints + once_more.complaints == []


def test_wrong_passwords_lock_the_account_and_the_page_says_what_to_do(desk: Any) -> None:
    from playwright.sync_api import expect

    person = desk()
    for _ in range(WRONG):
        person.sign_in("a002", "Bu-shi-zhege-mima-1")
        expect(person.page.get_by_role("alert")).to_be_visible()
    person.sign_in("a002")
    expect(person.page.get_by_role("heading", name="暂时不能登录")).to_be_visible()
    expect(person.page.get_by_role("alert")).to_contain_text("请在 15 分钟后再试")
    assert foreign_words(person.page) == []
    assert person.complaints == []


def _secret(page: Any) -> bytes:
    """What the phone is told, as somebody reads it who can't scan the picture."""
    return base64.b32decode(page.locator("code").inner_text().replace(" ", ""))


def _code(secret: bytes) -> str:
    """What the phone shows now."""
    totp = TOTP(secret)
    totp.time = time.time()
    return f"{totp.token():06d}"


def _type(person: Person, code: str) -> None:
    person.page.get_by_label("验证码").fill(code)
    person.page.get_by_role("button", name="确认").click()
