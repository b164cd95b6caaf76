"""An item's way in a real browser: written, checked, reviewed by three people, public, found, withdrawn."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.people import Person, browser
from tests.office.browser import needs_chromium
from tests.office.project import installation
from tests.samples import REPOSITORY

pytestmark = needs_chromium

TITLE = "关于开放学校体育场地的通知"
BODY = "请在每个周末开放体育场地，方便附近居民锻炼。"
ADDED = "开放时间为八时至十八时。"
AT_ONCE = 1.0
"""Seconds from the reviewer's click until a stranger reads the page."""


@dataclass
class County:
    """青溪县's office on a server of its own, and a browser in which its staff open windows."""

    site: installation.Installation
    browser: Any
    everybody: list[Person]

    def somebody(self, username: str = "") -> Person:
        """A stranger, or one of the staff, signed in."""
        person = Person(self.browser, f"http://127.0.0.1:{self.site.port}")
        self.everybody.append(person)
        return person.sign_in(username) if username else person

    def says(self, path: str, word: str) -> bool:
        """Whether a public address answers with a word in it."""
        answer = self.site.get(path)
        return answer.status == 200 and word in _decoded(answer.body.decode())


@pytest.fixture
def county(tmp_path: Path) -> Iterator[County]:
    data = tmp_path / "data"
    installation.prepare(data)
    command = [sys.executable, "-m", "tests.office.project.seeding", "people"]
    subprocess.run(command, env=installation.environment(data), cwd=REPOSITORY, check=True)
    with installation.serving(data, GONGKAI_REQUIRE_SECOND_FACTOR="no") as site, browser() as launched:
        yield County(site, launched, [])


def test_an_item_goes_through_three_people_to_the_public_and_is_taken_down_at_once(
    county: County, record_property: Any
) -> None:
    from playwright.sync_api import expect

    editor = county.somebody("a001")
    item = _draft(editor)
    _submit_with_a_reason(editor)
    public = f"/item/{item}/"
    assert county.site.get(public).status == 404

    first = county.somebody("a002")
    first.page.get_by_role("link", name=TITLE).click()
    first.page.get_by_role("button", name="初审通过").click()
    expect(first.page.get_by_text("审核通过，已经转到下一环节。")).to_be_visible()

    # 李初审 is a second reviewer too, and still the same person.
    expect(first.page.get_by_role("button", name="复审通过")).to_be_disabled()
    expect(_card(first, "复审")).to_contain_text("李初审已经作过初审")

    # An edit while the second reviewer reads: the pass is void, and what is on that screen can't be passed any more.
    second = county.somebody("a003")
    second.page.get_by_role("link", name=TITLE).click()
    expect(second.page.get_by_role("button", name="复审通过")).to_be_enabled()
    _edit_during_review(editor)
    second.page.get_by_role("button", name="复审通过").click()
    expect(second.page.get_by_role("alert")).to_be_visible()
    _submit_again(editor)

    first.page.reload()
    first.page.get_by_role("button", name="初审通过").click()
    expect(first.page.get_by_text("审核通过，已经转到下一环节。")).to_be_visible()
    second.page.goto(f"/desk/publishing/items/{item}/")
    second.page.get_by_role("button", name="复审通过").click()
    expect(second.page.get_by_text("审核通过，已经转到下一环节。")).to_be_visible()

    final = county.somebody("a004")
    final.page.get_by_role("link", name=TITLE).click()
    expect(final.page.get_by_role("button", name="终审通过并立即公开")).to_be_disabled()
    _clear(county.somebody("a005"))
    final.page.reload()
    assert county.site.get(public).status == 404
    began = time.perf_counter()
    final.page.get_by_role("button", name="终审通过并立即公开").click(no_wait_after=True)
    while county.site.get(public).status != 200:
        assert time.perf_counter() - began < 30, "never public"
    took = time.perf_counter() - began
    record_property("seconds_from_click_to_public", round(took, 3))
    assert took < AT_ONCE
    expect(final.page.get_by_text(f"“{TITLE}”终审通过，已经公开。")).to_be_visible()

    stranger = county.somebody()
    stranger.page.goto("/")
    stranger.page.get_by_role("link", name=TITLE).first.click()
    expect(stranger.page.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(stranger.page.get_by_text(ADDED)).to_be_visible()
    stands = {path: county.says(path, TITLE) for path in _lists()}
    assert stands == dict.fromkeys(_lists(), True)
    assert county.says("/sitemap/items-0.xml", public)
    assert json.loads(county.site.get(f"/api/v1/items/{item}").body)["title"] == TITLE
    _look_up(stranger, found=True)

    final.page.reload()
    final.page.get_by_label("撤下的理由").fill("场地维修，时间另行通知")
    final.page.get_by_role("button", name="立即撤下").click()
    expect(final.page.get_by_text("已经撤下，公众立即看不到它了。")).to_be_visible()
    page = county.site.get(public)
    assert page.status == 410
    assert BODY not in page.body.decode()
    assert "场地维修，时间另行通知" in page.body.decode()
    assert county.site.get(f"/api/v1/items/{item}").status == 410
    assert [path for path in _lists() if county.says(path, TITLE)] == []
    assert not county.says("/sitemap/items-0.xml", public)
    _look_up(stranger, found=False)

    assert [complaint for person in county.everybody for complaint in person.complaints] == []


def _draft(editor: Person) -> str:
    """Write an item through the form, without keywords; gives its number."""
    page, yesterday = editor.page, (date.today() - timedelta(days=1)).isoformat()  # noqa: DTZ011
    page.get_by_role("link", name="政府信息", exact=True).click()
    page.get_by_role("link", name="起草一条").click()
    page.get_by_label("标题（必填）").fill(TITLE)
    page.get_by_role("textbox", name="正文").fill(BODY)
    page.get_by_label("内容概述").fill("周末开放学校体育场地。")
    page.get_by_label("栏目（组配分类）").select_option(label="通知公告")
    page.get_by_label("法定主动公开类别").select_option(index=1)
    page.get_by_label("生成日期").fill(yesterday)
    page.get_by_label("成文日期").fill(yesterday)
    page.get_by_role("button", name="保存草稿").click()
    page.wait_for_url(re.compile(r"/items/\d+/edit/"))
    number = re.search(r"/items/(\d+)/edit/", page.url)
    assert number is not None
    return number[1]


def _submit_with_a_reason(editor: Person) -> None:
    """The warning stops the item until somebody says why it may stand."""
    from playwright.sync_api import expect

    page = editor.page
    page.get_by_role("button", name="保存并去送审").click()
    page.get_by_role("button", name="送审", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("需要逐项说明理由")
    page.get_by_role("group", name="需要说明理由的提醒").get_by_role("textbox").fill("通知简短，标题已经说明内容")
    page.get_by_role("button", name="送审", exact=True).click()
    expect(page.get_by_text("已经送审。")).to_be_visible()


def _edit_during_review(editor: Person) -> None:
    from playwright.sync_api import expect

    page = editor.page
    page.reload()
    page.get_by_role("link", name="修改", exact=True).click()
    expect(page.get_by_role("note")).to_contain_text("已经通过的审核和保密审查都会作废")
    page.get_by_role("textbox", name="正文").fill(f"{BODY}{ADDED}")
    page.get_by_role("button", name="保存并去送审").click()
    passed = page.get_by_role("listitem").filter(has_text="初审通过")
    expect(passed).to_contain_text("作废")


def _submit_again(editor: Person) -> None:
    from playwright.sync_api import expect

    editor.page.get_by_role("button", name="送审", exact=True).click()
    expect(editor.page.get_by_text("已经送审。")).to_be_visible()


def _clear(secrecy: Person) -> None:
    """The secrecy review, in favour."""
    from playwright.sync_api import expect

    page = secrecy.page
    page.get_by_role("link", name=TITLE).click()
    page.get_by_label("可以公开", exact=True).check()
    page.get_by_label("审查依据").fill("不涉及国家秘密、工作秘密")
    page.get_by_role("button", name="记录结论").click()
    expect(page.get_by_text("保密审查结论已经记录。")).to_be_visible()


def _look_up(stranger: Person, *, found: bool) -> None:
    """Search for words of the text, as somebody does who knows no more."""
    from playwright.sync_api import expect

    page = stranger.page
    page.goto("/")
    page.get_by_role("searchbox", name="搜索政府信息").first.fill("周末开放体育场地")
    with page.expect_navigation(url="**/search/**"):
        page.get_by_role("button", name="搜索").first.click()
    link = page.get_by_role("main").get_by_role("link", name=TITLE)
    expect(link).to_have_count(1 if found else 0)


def _card(person: Person, heading: str) -> Any:
    return person.page.get_by_role("region", name=heading, exact=True)


def _lists() -> tuple[str, ...]:
    """Where a public item of the education bureau in 通知公告 has to stand."""
    return (
        "/",
        "/column/notices/",
        "/organ/qingxi-education/items/",
        "/feed.atom",
        "/feed.rss",
        "/column/notices/feed.atom",
        "/api/v1/items",
        "/api/v1/bulk/items.ndjson",
        "/api/v1/bulk/items.csv",
    )


def _decoded(text: str) -> str:
    """JSON says its Chinese in escapes."""
    return text.encode().decode("unicode_escape", "ignore") if "\\u" in text else text
