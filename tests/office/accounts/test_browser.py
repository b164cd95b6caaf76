"""The desk in a browser: nothing on its pages breaks the content policy, no serious finding of axe, no page too wide."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.office.browser import browsing, needs_chromium, serving
from tests.office.cast import PASSWORD, Cast, assemble
from tests.office.organs.test_exchange import filled

pytestmark = needs_chromium

LISTEN = """window.broken = [];
document.addEventListener('securitypolicyviolation', e => window.broken.push(e.violatedDirective + ' ' + e.blockedURI));"""
INLINE = "document.body.insertAdjacentHTML('beforeend', '<p style=\"color: red\" onclick=\"1\">x</p>')"


def pages(cast: Cast) -> list[str]:
    """Every staff page of the rooms organs and accounts, and what is around them."""
    organ = f"/desk/organs/organ/{cast.education.code}/"
    staff = f"/desk/staff/{cast.editor.pk}/"
    return [
        "/desk/",
        "/desk/account/",
        "/desk/delegations/",
        "/desk/organs/",
        "/desk/organs/?in=qingxi",
        "/desk/organs/new/?in=qingxi",
        "/desk/organs/import/",
        "/desk/organs/site/",
        "/desk/organs/guide-updates/",
        organ,
        *(f"{organ}{part}/" for part in ("move", "list/duty", "list/unit", "list/leader", "list/shift")),
        "/desk/staff/",
        "/desk/staff/new/",
        "/desk/staff/import/",
        staff,
        "/desk/sign-in/password/",
        "/desk/sign-in/second-factor/set-up/",
    ]


@pytest.fixture
def desk(committed: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Cast]]:
    """The county's desk on a server."""
    # Playwright runs a loop in this thread, which makes Django think that it is asynchronous.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.MEDIA_ROOT = committed.parent / "media"
    cast = filled(assemble())
    with serving() as address:
        yield address, cast
    os.environ.pop("DJANGO_ALLOW_ASYNC_UNSAFE", None)


def sign_in(page: Any, address: str) -> None:
    page.goto(f"{address}/desk/login/")
    page.fill("[name=username]", "a007")
    page.fill("[name=password]", PASSWORD)
    page.click("button[type=submit]")
    page.wait_for_url(f"{address}/desk/")


def test_no_page_of_the_desk_breaks_the_content_policy(desk: tuple[str, Cast]) -> None:
    address, cast = desk
    broken = {}
    with browsing(locale="zh-CN") as window:
        window.add_init_script(LISTEN)
        page = window.new_page()
        sign_in(page, address)
        for path in pages(cast):
            page.goto(f"{address}{path}")
            if found := page.evaluate("window.broken"):
                broken[path] = found
        page.evaluate(INLINE)
        # The browser has to tell of an inline style and of an inline script.
        page.wait_for_function("window.broken.length === 2")
    assert broken == {}


def test_no_page_has_a_serious_finding_of_axe_or_is_wider_than_a_phone(desk: tuple[str, Cast]) -> None:
    from axe_playwright_python.sync_playwright import Axe

    address, cast = desk
    axe, bad = Axe(), []
    with browsing(locale="zh-CN", bypass_csp=True) as window:  # the tool brings its script along inline
        page = window.new_page()
        sign_in(page, address)
        for path in pages(cast):
            page.set_viewport_size({"width": 1440, "height": 900})
            page.goto(f"{address}{path}")
            found = axe.run(page).response
            assert len(found["passes"]) > 5, "axe did not look"
            bad += [
                f"{path}: {each['id']} {each['nodes'][0]['html'][:120]}"
                for each in found["violations"]
                if each["impact"] in ("serious", "critical")
            ]
            page.set_viewport_size({"width": 375, "height": 800})
            if (shown := page.evaluate("document.documentElement.scrollWidth")) > 375:
                bad.append(f"{path}: {shown} px wide")
    assert bad == []
