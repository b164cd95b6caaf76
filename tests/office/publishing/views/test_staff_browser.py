"""The staff's screens as a browser shows them: accessible, and no wider than a phone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from gongkai.office.accounts.models import User
from tests.office.browser import browsing, needs_chromium, serving
from tests.office.cast import Cast, assemble
from tests.office.publishing.stage import drafted, passed, published

pytestmark = needs_chromium


@pytest.fixture
def office(committed: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, Cast, Any]]:
    """A server, the cast, and a browser."""
    # Playwright runs a loop in this thread, which makes Django think that it is asynchronous.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    settings.MEDIA_ROOT = committed.parent / "media"
    settings.REQUIRE_SECOND_FACTOR = False
    cast = assemble()
    with serving() as address, browsing(locale="zh-CN") as first:
        yield address, cast, first.browser


def test_no_staff_screen_has_a_serious_finding_of_axe(office: tuple[str, Cast, Any]):
    from axe_playwright_python.sync_playwright import Axe

    address, cast, browser = office
    draft, review, public = drafted(cast, keywords=()), passed(cast, 1), published(cast)
    looks = [
        (cast.editor, ["", "?list=working", "new/", f"items/{draft.pk}/", f"items/{draft.pk}/edit/"]),
        (cast.second, ["", f"items/{review.pk}/"]),
        (cast.final, [f"items/{public.pk}/"]),
        (
            cast.officer,
            ["columns/", "columns/add/", f"columns/{cast.column.pk}/", "words/?words=部署", "overdue-columns/"],
        ),
    ]
    bad = []
    for user, paths in looks:
        context = browser.new_context(locale="zh-CN")
        context.add_cookies([_signed_in(user, address)])
        page = context.new_page()
        for path in paths:
            page.goto(f"{address}/desk/publishing/{path}")
            for width in (1440, 375):
                page.set_viewport_size({"width": width, "height": 900})
                found = Axe().run(page).response
                assert len(found["passes"]) > 10, "axe did not look"
                bad += [
                    f"{path} at {width}: {each['id']} {each['nodes'][0]['html'][:120]}"
                    for each in found["violations"]
                    if each["impact"] in ("serious", "critical")
                ]
                if (shown := page.evaluate("document.documentElement.scrollWidth")) > width:
                    bad.append(f"{path} at {width}: {shown} px wide")
    assert bad == []


def test_files_too_large_for_one_upload_are_refused_before_they_are_sent(office: tuple[str, Cast, Any], settings: Any):
    address, cast, browser = office
    settings.UPLOAD_MAX_BYTES = 2 * 2**20
    context = browser.new_context(locale="zh-CN")
    context.add_cookies([_signed_in(cast.editor, address)])
    page = context.new_page()
    page.goto(f"{address}/desk/publishing/new/")
    page.fill("#id_title", "关于开放学校体育场地的通知")
    field, save = page.locator("#id_uploads"), page.get_by_role("button", name="保存草稿")
    large = {"name": "大.txt", "mimeType": "text/plain", "buffer": b"1" * (2**19 * 3)}
    field.set_input_files([large])
    assert field.evaluate("e => e.validationMessage") == (
        "选的文件共 1.5 MB，一次最多上传 1 MB。请分几次选择、保存，或者压缩后再选。"
    )
    save.click()
    assert page.url.endswith("/new/")
    assert page.input_value("#id_title") == "关于开放学校体育场地的通知"
    field.set_input_files([{**large, "buffer": b"1"}])
    assert field.evaluate("e => e.validationMessage") == ""


def _signed_in(user: User, address: str) -> dict[str, str]:
    from django.conf import settings

    client = Client()
    client.force_login(user)
    name = settings.SESSION_COOKIE_NAME
    return {"name": name, "value": client.cookies[name].value, "url": address}
