"""The desk by keyboard, in a browser: each key is pressed once, and ? says what they do."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongkai.office.publishing.models import Draft
from tests.office.browser import browsing, needs_chromium, serving
from tests.office.cast import Cast, assemble
from tests.office.publishing.stage import passed

pytestmark = needs_chromium


@pytest.fixture
def review(committed: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Any, str, list[int]]]:
    """王复审's window on the first of three items that wait for her; the address, and the items in the queue's order."""
    # Playwright runs a loop in this thread, which makes Django think that it is asynchronous.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.MEDIA_ROOT = committed.parent / "media"
    settings.REQUIRE_SECOND_FACTOR = False
    cast: Cast = assemble()
    items = sorted(passed(cast, 1, title=f"第{number}件政府信息").pk for number in range(3))
    client = Client()
    client.force_login(cast.second)
    cookie = {"name": settings.SESSION_COOKIE_NAME, "value": client.cookies[settings.SESSION_COOKIE_NAME].value}
    with serving() as address, browsing(locale="zh-CN") as window:
        window.add_cookies([{**cookie, "url": address}])
        page = window.new_page()
        page.goto(f"{address}/desk/publishing/items/{items[0]}/")
        yield page, f"{address}/desk/publishing/items", items


def test_j_and_k_go_through_the_queue(review: tuple[Any, str, list[int]]):
    page, address, items = review
    for key, place in (("j", 1), ("J", 2), ("k", 1), ("k", 0)):
        with page.expect_navigation(url=f"{address}/{items[place]}/"):
            page.keyboard.press(key)
    page.keyboard.press("k")  # the first has none before it
    assert page.url == f"{address}/{items[0]}/"


def test_t_and_r_bring_the_buttons_into_reach_and_decide_nothing(review: tuple[Any, str, list[int]]):
    page, address, items = review
    page.keyboard.press("t")
    assert page.evaluate("document.activeElement.textContent") == "复审通过"
    page.keyboard.press("r")
    assert page.evaluate("document.activeElement.id") == "return_reason"
    page.keyboard.type("jktr?")  # while somebody writes, a key is a letter
    assert page.locator("#return_reason").input_value() == "jktr?"
    assert Draft.objects.get(item=items[0]).next_step == "second"
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("t")
    with page.expect_navigation(url=f"{address}/{items[0]}/do/pass/"):
        page.keyboard.press("Enter")
    assert "需要逐项说明理由" in page.get_by_role("alert").inner_text(), "the item is years old by now"


def test_a_question_mark_says_what_the_keys_do_on_every_screen(review: tuple[Any, str, list[int]]):
    page, address, items = review
    page.keyboard.press("?")
    said = page.get_by_role("dialog", name="键盘操作")
    for key in "JKTR?":
        assert said.get_by_text(key, exact=True).is_visible()
    page.keyboard.press("j")
    assert page.url == f"{address}/{items[0]}/", "behind the help no key does anything"
    page.keyboard.press("Escape")
    assert not said.is_visible()
    page.get_by_role("button", name="键盘操作").click()
    assert said.is_visible()
    page.goto(address.removesuffix("publishing/items"))
    page.keyboard.press("?")
    assert said.is_visible()
