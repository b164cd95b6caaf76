from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import html

from gongkai.documents.model import Document, Heading, Paragraph, Table, TableCell
from gongkai.documents.writers import render
from tests.documents.writers.sample_report import TITLE, sample_report

CHROMIUM = Path("/usr/bin/chromium")
ALONE = [
    *("--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"),
    *("--disable-component-update", "--disable-sync"),
]
NASTY = """<script>alert(1)</script>&amp;"'</td>"""


def page(document: Document) -> html.HtmlElement:
    return html.document_fromstring(render(document, "html").decode())


@pytest.fixture(scope="module")
def report() -> html.HtmlElement:
    return page(sample_report())


def test_the_page_says_its_language_title_and_one_first_heading(report: html.HtmlElement) -> None:
    assert report.get("lang") == "zh-CN"
    assert report.findtext(".//title") == TITLE
    assert [heading.text_content() for heading in report.iter("h1")] == [TITLE]


def test_the_page_needs_nothing_but_itself_and_runs_nothing(report: html.HtmlElement) -> None:
    assert not list(report.iter("script", "link", "img", "iframe"))
    assert "url(" not in report.findtext(".//style")


def test_each_data_cell_names_the_headers_above_and_beside_it(report: html.HtmlElement) -> None:
    identified = {header.get("id"): header.text_content() for header in report.iter("th")}
    table = report.findall(".//table")[4]
    secret = next(row for row in table.iter("tr") if "属于国家秘密" in row.text_content())
    named = [identified[name] for name in secret.findall("td")[1].get("headers").split()]
    assert named[:3] == ["申请人情况", "法人或其他组织", "商业企业"]
    assert named[3:] == ["三、本年度办理结果", "（三）不予公开", "1.属于国家秘密"]


def test_header_rows_stand_in_the_head_of_the_table_where_printers_repeat_them(report: html.HtmlElement) -> None:
    assert [len(table.findall("thead/tr")) for table in report.iter("table")] == [1, 1, 1, 1, 3, 3]


def test_a_wide_table_scrolls_in_a_named_region_that_the_keyboard_reaches(report: html.HtmlElement) -> None:
    regions = report.findall(".//div[@role='region']")
    assert [region.get("aria-label") for region in regions][:2] == ["第二十条第（一）项", "第二十条第（五）项"]
    assert all(region.get("tabindex") == "0" and region.get("aria-label") for region in regions)


def test_text_is_never_markup() -> None:
    table = Table((TableCell(NASTY, 0, 0),), caption=NASTY)
    written = page(Document((Heading(NASTY, 1), Paragraph(NASTY), table), title=NASTY))
    assert not list(written.iter("script"))
    assert written.findtext(".//title") == NASTY
    assert [written.find(f".//{tag}").text_content() for tag in ("h1", "p", "caption", "td")] == [NASTY] * 4
    assert written.find(".//div").get("aria-label") == NASTY


def test_lines_within_a_cell_stay_lines() -> None:
    cell = page(Document((Table((TableCell("社会\n公益", 0, 0),)),))).find(".//td")
    assert [line.tail for line in cell.iter("br")] == ["公益"]


@pytest.fixture(scope="module")
def browser() -> Iterator[object]:
    if not CHROMIUM.exists():
        pytest.skip(f"no browser at {CHROMIUM}")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    pytest.importorskip("axe_playwright_python", reason="axe-playwright-python is not installed")
    with playwright.sync_playwright() as driver:
        running = driver.chromium.launch(executable_path=str(CHROMIUM), args=ALONE)
        yield running
        running.close()


@pytest.mark.parametrize("width", [1440, 375])
def test_axe_has_nothing_to_complain_of_and_only_tables_scroll_sideways(browser, width: int) -> None:  # type: ignore[no-untyped-def]
    from axe_playwright_python.sync_playwright import Axe

    screen = browser.new_page(viewport={"width": width, "height": 900})
    screen.set_content(render(sample_report(), "html").decode())
    violations = Axe().run(screen).response["violations"]
    assert [violation["id"] for violation in violations] == []
    assert screen.evaluate("document.documentElement.scrollWidth") == width
    screen.close()
