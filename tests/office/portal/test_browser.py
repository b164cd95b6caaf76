"""Public pages as a browser shows them: accessible in every way of showing, on desk and phone, without a script."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.office.browser import browsing, needs_chromium, serving
from tests.office.cast import assemble
from tests.office.portal.content import County, fill
from tests.office.portal.pages import FORMS, addresses

pytestmark = needs_chromium

WAYS = {"standard": ("", (1440, 375)), "large": ("/large", (375,)), "contrast": ("/contrast", (1440,))}
"""Below which prefix, and how wide the window is, in pixels, when axe looks."""
REFLOW = (1440, 768, 720, 375, 320)
"""Pixels; 720 is 1440 at 200 %, 320 is what WCAG 1.4.10 asks for."""
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@pytest.fixture
def site(committed: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, County]]:
    """The county's site on a server."""
    # Playwright runs a loop in this thread, which makes Django think that it is asynchronous.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.MEDIA_ROOT = committed.parent / "media"
    county = fill(assemble(), items=60)
    with serving() as address:
        yield address, county
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


@pytest.mark.slow
@pytest.mark.parametrize("way", WAYS)
def test_no_page_has_a_serious_finding_of_axe_or_is_wider_than_its_window(site: tuple[str, County], way: str) -> None:
    from axe_playwright_python.sync_playwright import Axe

    address, county = site
    axe, bad = Axe(), []
    prefix, widths = WAYS[way]
    with browsing() as window:
        page = window.new_page()
        for name, path in {**addresses(county), **FORMS}.items():
            page.goto(f"{address}{prefix}{path}")
            for width in REFLOW:
                page.set_viewport_size({"width": width, "height": 900})
                if (shown := page.evaluate("document.documentElement.scrollWidth")) > width:
                    bad.append(f"{name} at {width}: {shown} px wide")
            for width in widths:
                page.set_viewport_size({"width": width, "height": 900})
                found = axe.run(page, options={"runOnly": {"type": "tag", "values": _TAGS}}).response
                assert len(found["passes"]) > 10, "axe did not look"
                bad += [
                    f"{name} at {width}: {each['id']} ({each['impact']}) {each['nodes'][0]['html'][:120]}"
                    for each in found["violations"]
                    if each["impact"] in ("serious", "critical")
                ]
    assert bad == []


def test_a_standard_catalogue_is_read_without_scrolling_sideways(site: tuple[str, County]) -> None:
    address, county = site
    path, wide = addresses(county)["field"], []
    with browsing() as window:
        page = window.new_page()
        for prefix, width in (("", 1440), ("", 1024), ("", 768), ("", 375), ("/large", 1440), ("/large", 375)):
            page.set_viewport_size({"width": width, "height": 900})
            page.goto(f"{address}{prefix}{path}")
            box = page.locator(".catalogue-box").evaluate("e => [e.scrollWidth, e.clientWidth]")
            over = page.locator(".catalogue :is(td, th)").evaluate_all(
                "cells => cells.filter(e => e.offsetWidth && e.scrollWidth > e.clientWidth + 1).map(e => e.textContent)"
            )
            is_form = page.locator(".catalogue thead").is_visible()
            if box[0] > box[1] or over or is_form is not (prefix == "" and width == 1440):
                wide.append((prefix, width, box, over, is_form))
    assert wide == [], "the official form where it has room, a block for each line where it has not"


def test_in_large_type_what_one_touches_is_at_least_48_pixels_high(site: tuple[str, County]) -> None:
    address, county = site
    small = []
    with browsing(viewport={"width": 375, "height": 900}) as window:
        page = window.new_page()
        for name in ("home", "item", "column", "content", "application"):
            page.goto(f"{address}/large{addresses(county)[name]}")
            # Links inside sentences and facts are exempt (WCAG 2.5.8, inline); hidden ones are not touched.
            small += page.evaluate(
                """name => [...document.querySelectorAll(
                    'header a, header button, header input, summary, .item-list a, .links a, .pages a, .foot-links a, '
                    + '.file a, .plain-links a, .numbered a, .section-head a, .entrances a')]
                  .filter(e => e.checkVisibility() && !e.closest('.menu-panel') && e.offsetHeight < 48)
                  .map(e => `${name}: ${e.textContent.trim()} ${e.offsetHeight}`)""",
                name,
            )
    assert small == []


def test_the_choice_of_large_type_is_kept_from_page_to_page_without_a_script(site: tuple[str, County]) -> None:
    address, county = site
    with browsing(java_script_enabled=False) as window:
        page = window.new_page()
        page.goto(f"{address}/column/policies/")
        assert _size(page) == pytest.approx(17)
        with page.expect_navigation():
            page.get_by_role("link", name="长者版", exact=True).click()
        assert page.url == f"{address}/column/policies/"
        assert _size(page) == pytest.approx(17 * 1.4)
        page.goto(f"{address}/item/{county.full.pk}/")
        assert _size(page) == pytest.approx(17 * 1.4)
        with page.expect_navigation():
            page.get_by_role("link", name="恢复标准").click()
        assert _size(page) == pytest.approx(17)


def test_a_kiosk_without_cookies_stays_in_large_type_from_link_to_link(site: tuple[str, County]) -> None:
    address, _ = site
    with browsing(java_script_enabled=False) as window:
        page = window.new_page()
        page.goto(f"{address}/large/")
        with page.expect_navigation():
            page.get_by_role("link", name="政府信息公开年报").first.click()
        assert page.url == f"{address}/large/disclosure/annual-reports/"
        with page.expect_navigation():
            page.get_by_role("link", name="青溪县2023年政府信息公开工作年度报告").click()
        assert page.url.startswith(f"{address}/large/item/")
        assert _size(page) == pytest.approx(17 * 1.4)
        assert window.cookies() == []


def test_the_keyboard_reaches_the_text_first_of_all(site: tuple[str, County]) -> None:
    address, county = site
    with browsing() as window:
        page = window.new_page()
        page.goto(f"{address}/item/{county.full.pk}/")
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "跳到正文"
        page.keyboard.press("Enter")
        page.wait_for_function("document.activeElement.id === 'content'")


def _size(page: Any) -> float:
    """The size of the page's type in pixels."""
    return float(page.locator("body").evaluate("e => parseFloat(getComputedStyle(e).fontSize)"))
