"""The annual report in a real browser: from opening the year to the public page on a phone, and every number opened."""

from __future__ import annotations

import io
import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.utils.timezone import localdate

from gongkai.documents.model import Refusal
from gongkai.documents.readers import read_bytes
from gongkai.regulation.annual_report import Report, from_json, read
from tests.journeys.people import Person, browser
from tests.journeys.words import foreign_words
from tests.office.browser import needs_chromium
from tests.office.project import installation
from tests.samples import REPOSITORY

pytestmark = needs_chromium

PENALTIES = "行政处罚·本年处理决定数量"
LATE = "校外培训治理新闻发布会"
ADDED = "全年组织政务公开培训6次，参训320人次。"
PHONE = {"width": 375, "height": 812}


@dataclass
class Bureau:
    """The education bureau on a server of its own, its people's windows, and the year that is reported on."""

    site: installation.Installation
    browser: Any
    year: int
    everybody: list[Person] = field(default_factory=list)

    def somebody(self, username: str = "", **options: Any) -> Person:
        """A stranger, or one of the staff, signed in."""
        person = Person(self.browser, f"http://127.0.0.1:{self.site.port}", **options)
        person.window.set_default_timeout(90_000)
        self.everybody.append(person)
        return person.sign_in(username) if username else person


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    data = tmp_path / "data"
    installation.prepare(data)
    command = [sys.executable, "-m", "tests.journeys.reporting_acts", "prepare"]
    told = subprocess.run(
        command, env=installation.environment(data), cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True
    )
    with installation.serving(data, GONGKAI_REQUIRE_SECOND_FACTOR="no") as site, browser() as launched:
        yield Bureau(site, launched, json.loads(told.stdout)["year"])


def test_a_year_is_opened_counted_written_reviewed_and_read_on_a_phone(bureau: Bureau) -> None:
    officer, editor = bureau.somebody("a006"), bureau.somebody("a001")
    report = opened(officer, bureau.year)
    asked(officer, report)
    answered(editor, report)
    locked(officer, report)
    changed_behind_the_lock(editor, officer, report, bureau.year)
    written(editor, report)
    checked_and_handed_in(editor, officer, report)
    item = reviewed(bureau, editor, report)
    drilled_down(officer, report)
    read_by_the_public(bureau, item)
    assert [complaint for person in bureau.everybody for complaint in person.complaints] == []


def press(person: Person, button: str, within: Any = None) -> None:
    """Press a button whose form leads to a page, and wait until it is there."""
    with person.page.expect_navigation():
        (within or person.page).get_by_role("button", name=button, exact=True).click()


def sees(person: Person, words: str) -> None:
    from playwright.sync_api import expect

    expect(person.page.get_by_role("main")).to_contain_text(words)


def opened(officer: Person, year: int) -> str:
    """The disclosure office opens the year for the bureau; gives the address of its report."""
    page = officer.page
    page.goto("/desk/reporting/")
    page.get_by_role("link", name="开启年度报告").first.click()
    page.get_by_label("机关", exact=True).select_option(label="青溪县教育局")
    page.get_by_label("报告年度").fill(str(year))
    page.get_by_label("公开期限").fill(f"{year + 1}-02-15")
    press(officer, "开启")
    sees(officer, f"{year + 1}-01-31")
    page.get_by_label("公开期限").fill(f"{year + 1}-01-28")
    press(officer, "开启")
    sees(officer, "青溪县教育局")
    page.get_by_role("link", name="青溪县教育局").click()
    page.wait_for_url(re.compile(r"/desk/reporting/\d+/$"))
    return page.url


def asked(officer: Person, report: str) -> None:
    page = officer.page
    page.goto(f"{report}contributions/")
    page.get_by_label("报送期限").fill((localdate() + timedelta(days=7)).isoformat())
    press(officer, "布置")
    sees(officer, "还有")


def answered(editor: Person, report: str) -> None:
    """One number by the screen, where a word is no number; the others by the workbook, last of all with a line too many."""
    page = editor.page
    page.goto(f"{report}contributions/")
    page.get_by_role("main").get_by_role("link", name=PENALTIES).first.click()
    page.get_by_label("数量").fill("无")
    page.get_by_label("依据").fill("教育行政执法台账")
    press(editor, "报送")
    sees(editor, "没有发生的填0")
    page.get_by_label("数量").fill("3")
    page.get_by_label("依据").fill("教育行政执法台账")
    page.get_by_label("证明材料").set_input_files(
        {"name": "台账.csv", "mimeType": "text/csv", "buffer": "案号,决定\n1,罚款\n".encode()}
    )
    press(editor, "报送")
    sees(editor, "已报送")
    page.goto(f"{report}contributions/")
    with page.expect_download() as downloading:
        page.get_by_role("link", name="下载表格").click()
    page.get_by_label("填好的表格").set_input_files(sheet(downloading.value.path(), evidence=""))
    press(editor, "上传")
    sees(editor, "一个数也没有登记")
    page.get_by_label("填好的表格").set_input_files(sheet(downloading.value.path(), evidence="没有这项业务"))
    press(editor, "上传")
    sees(editor, "已经全部报送")


def sheet(path: Any, *, evidence: str) -> Any:
    """The workbook, each line that is empty filled with 0."""
    book = openpyxl.load_workbook(io.BytesIO(Path(path).read_bytes()))
    [rows] = book.worksheets
    for row in rows.iter_rows(min_row=2):
        if row[5].value is None:
            row[5].value, row[6].value = 0, evidence
    filled = io.BytesIO()
    book.save(filled)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
    return {"name": "报送.xlsx", "mimeType": kind, "buffer": filled.getvalue()}


def locked(officer: Person, report: str) -> None:
    page = officer.page
    page.goto(report)
    press(officer, "统计数据")
    sees(officer, "统计中")
    press(officer, "锁定数据")
    sees(officer, "数据已锁定")


def changed_behind_the_lock(editor: Person, officer: Person, report: str, year: int) -> None:
    """A press conference of last year is registered today: a difference that names it, and counts once somebody says why."""
    page = editor.page
    page.goto("/desk/engagement/press_conference/register/")
    page.get_by_label("名称").fill(LATE)
    page.get_by_label("举行日期").fill(f"{year}-11-20")
    press(editor, "登记")
    page = officer.page
    page.goto(f"{report}differences/")
    sees(officer, "锁定为0，现在为1 场")
    row = page.get_by_role("row").filter(has_text=LATE)
    assert "新计入" in row.inner_text()
    assert "审计第" in row.inner_text()
    page.get_by_label("原因").fill("发布会漏登，补登一场。")
    press(officer, "重新锁定")
    page.goto(f"{report}differences/")
    sees(officer, "没有变动")


def written(editor: Person, report: str) -> None:
    """A first text from the figures, and own words: with a number nobody counts, with a figure's name that is none, and right."""
    page = editor.page
    page.goto(f"{report}narrative/")
    press(editor, "起草文字")
    sees(editor, "主动公开政府信息5条")
    add(editor, "problems", "部分栏目更新不及时，下一年按周核对。")
    add(editor, "other_matters", "没有其他需要报告的事项。")
    add(editor, "overview:supervision_guarantee", "全年召开{并不存在的数据}场会议。")
    sees(editor, "不是这一版格式的数据项")
    page.get_by_label("文字").fill("全年举行新闻发布会{新闻发布会}场。" + ADDED)
    press(editor, "添加")
    number = page.locator(".reporting-part").filter(has_text=ADDED).locator("a.reporting-number")
    assert number.inner_text() == "1"
    number.click()
    sees(editor, LATE)


def add(editor: Person, place: str, text: str) -> None:
    page = editor.page
    page.goto(f"{editor.page.url.partition('narrative/')[0]}narrative/{place}/add/")
    page.get_by_label("文字").fill(text)
    press(editor, "添加")


def checked_and_handed_in(editor: Person, officer: Person, report: str) -> None:
    """The number that was typed by hand stops the report until it is explained."""
    page = editor.page
    page.goto(report)
    press(editor, "定稿报送")
    sees(editor, "没有处理")
    page.goto(f"{report}checks/")
    while (finding := page.locator("article.reporting-finding--warning, article.reporting-finding--error")).count():
        text = finding.first.inner_text()
        assert "320" in text or "6次" in text or "手" in text, text
        finding.first.get_by_text("说明", exact=True).first.click()
        finding.first.get_by_role("textbox").fill("出自培训签到册，已逐次核对。")
        press(editor, "记下", finding.first)
    sees(editor, "没有待办的问题")
    page.goto(report)
    press(editor, "定稿报送")
    sees(editor, "已定稿报送")
    officer.page.goto(report)
    press(officer, "交付发布")
    sees(officer, "已交付发布")


def reviewed(bureau: Bureau, editor: Person, report: str) -> str:
    """It becomes an item, is cleared, and passed by three people; gives its number."""
    page = editor.page
    page.goto(report)
    press(editor, "生成发布稿")
    number = re.search(r"/items/(\d+)/", page.url)
    assert number is not None
    item = number[1]
    press(editor, "送审")
    reasons = page.get_by_role("group", name="需要说明理由的提醒").get_by_role("textbox")
    for place in range(reasons.count()):
        reasons.nth(place).fill("正文按法定格式编制")
    if reasons.count():
        press(editor, "送审")
    sees(editor, "已经送审。")
    assert bureau.site.get(f"/item/{item}/").status == 404
    secrecy = bureau.somebody("a005")
    secrecy.page.goto(f"/desk/publishing/items/{item}/")
    secrecy.page.get_by_label("可以公开", exact=True).check()
    secrecy.page.get_by_label("审查依据").fill("统计数据，不涉及国家秘密、工作秘密")
    press(secrecy, "记录结论")
    for username, button in (("a002", "初审通过"), ("a003", "复审通过"), ("a004", "终审通过并立即公开")):
        reviewer = bureau.somebody(username)
        reviewer.page.goto(f"/desk/publishing/items/{item}/")
        press(reviewer, button)
    assert bureau.site.get(f"/item/{item}/").status == 200
    return item


def drilled_down(officer: Person, report: str) -> None:
    """Staff open a total, one of its parts, and the case behind it."""
    page = officer.page
    page.goto(report)
    page.locator("#cell-applications\\.results_total\\.total a").first.click()
    sees(officer, "统计口径")
    assert (
        page.get_by_role("main").get_by_role("row").count() + page.get_by_role("main").get_by_role("listitem").count()
    )
    page.goto(report)
    page.locator("a", has_text="公开页面").click()
    page.wait_for_url("**/item/*/")


def read_by_the_public(bureau: Bureau, item: str) -> None:
    """On a phone: the statutory column, the report, its charts and files, what a number counted."""
    stranger = bureau.somebody(viewport=PHONE, is_mobile=True, has_touch=True)
    page, title = stranger.page, f"青溪县教育局{bureau.year}年政府信息公开工作年度报告"
    page.goto("/disclosure/annual-reports/")
    with page.expect_navigation():
        page.get_by_role("main").get_by_role("link", name=title).first.click()
    sees(stranger, title)
    sees(stranger, "共3件")
    assert page.locator(".charts svg[role=img]").count() == 2
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert foreign_words(page) == []
    no_serious_finding(page)
    expected = downloaded(stranger)
    cells = {address: cell.value for address, cell in expected["json"].cells.items()}
    assert cells["applications.new_received.total"] == 3
    assert cells["art20_6.administrative_penalty.decisions"] == 3
    for format, report in expected.items():
        assert {address: cell.value for address, cell in report.cells.items()} == cells, format
    for path in ("/column/annual-reports/feed.atom", "/feed.rss", "/api/v1/items"):
        body = bureau.site.get(path).body.decode()
        assert title in body.encode().decode("unicode_escape", "ignore") or title in body, path
    with page.expect_navigation():
        page.get_by_role("link", name="数据和统计口径").click()
    no_serious_finding(page)
    with page.expect_navigation():
        page.get_by_role("link", name="主动公开政府信息", exact=True).click()
    assert page.locator("ul.item-list li").count() == 5
    page.goto(f"/annual-report/{item}/figures/applications-granted-natural_person/")
    sees(stranger, "只公开数量和统计口径")
    assert "孙申请" not in page.content()
    page.goto("/report-data/")
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def downloaded(stranger: Person) -> dict[str, Report]:
    """Each file that the page offers, as our own reader reads it; and the page itself."""
    found = {"html": reading(stranger.page.content().encode(), "page.html")}
    for link in stranger.page.locator(".files a[href*='/report.']").all():
        with stranger.page.expect_download() as downloading:
            link.click()
        ending = downloading.value.url.rpartition(".")[2]
        found[ending] = reading(Path(downloading.value.path()).read_bytes(), f"report.{ending}")
    assert set(found) == {"html", "pdf", "docx", "xlsx", "csv", "json"}
    return found


def reading(content: bytes, name: str) -> Report:
    if name.endswith(".json"):
        return from_json(json.loads(content))
    document = read_bytes(content, name)
    assert not isinstance(document, Refusal), (name, document)
    report = read(document)
    assert isinstance(report, Report), (name, report)
    return report


def no_serious_finding(page: Any) -> None:
    """What axe says of a page, and that it looked."""
    from axe_playwright_python.sync_playwright import Axe

    tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
    found = Axe().run(page, options={"runOnly": {"type": "tag", "values": tags}}).response
    assert len(found["passes"]) > 10, "axe did not look"
    bad = [each for each in found["violations"] if each["impact"] in ("serious", "critical")]
    assert [(each["id"], [node["html"] for node in each["nodes"]][:3]) for each in bad] == []
