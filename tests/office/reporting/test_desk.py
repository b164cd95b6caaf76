"""The staff's screens of annual reports: what an officer, an editor and somebody from elsewhere see and do."""

from __future__ import annotations

import io
from typing import Any

import openpyxl
import pytest
from django.test import Client

from gongkai.office.reporting import actions
from gongkai.office.reporting.models import ReportYear
from gongkai.office.reporting.queries import contributions_of, locked, stage_of
from tests.office.cast import Cast
from tests.office.reporting.ledger import JANUARY, asked, opened, published


@pytest.fixture
def at_desk(cast: Cast, client: Client) -> Any:
    """A browser in which somebody is signed in."""

    def sign_in(part: str) -> Client:
        client.force_login(getattr(cast, part), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def counted(cast: Cast) -> ReportYear:
    published(cast, 3)
    report_year = opened(cast)
    actions.collect(report_year, by=cast.officer, at=JANUARY)
    return report_year


def page(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status, answer
    return str(answer.content.decode())


def test_the_officer_opens_a_year_for_the_whole_county(cast: Cast, at_desk: Any) -> None:
    client = at_desk("officer")
    page(client.get("/desk/reporting/"))
    client.post("/desk/reporting/open/", {"organ": "qingxi", "year": 2024})
    shown = page(client.get("/desk/reporting/?year=2024"))
    for name in ("青溪县人民政府", "青溪县教育局", "青溪县水利局", "已开启"):
        assert name in shown
    assert "法定期限" in page(
        client.post("/desk/reporting/open/", {"organ": "qingxi", "year": 2023, "publish_by": "2024-12-01"}), 403
    )


def test_an_editor_may_not_open_a_year(cast: Cast, at_desk: Any) -> None:
    assert "政务公开机构工作人员" in page(at_desk("editor").get("/desk/reporting/open/"), 403)


def test_every_number_of_the_tables_is_a_link_that_opens(cast: Cast, at_desk: Any, counted: ReportYear) -> None:
    client = at_desk("editor")
    shown = page(client.get(f"/desk/reporting/{counted.pk}/"))
    assert shown.count(f"/desk/reporting/{counted.pk}/figure/") >= 200
    records = page(client.get(f"/desk/reporting/{counted.pk}/figure/items_disclosed/"))
    assert "青溪县第1号公告" in records
    assert "转载的信息不计" in records
    assert "没有记录计入" in page(
        client.get(f"/desk/reporting/{counted.pk}/figure/art20_1.normative_documents.issued/")
    )
    page(client.get(f"/desk/reporting/{counted.pk}/figure/applications.results_total.total/"))
    page(client.get(f"/desk/reporting/{counted.pk}/figure/completion_rate/"))
    page(client.get(f"/desk/reporting/{counted.pk}/figure/happiness/"), 404)


def test_a_report_of_another_agency_is_not_there(cast: Cast, at_desk: Any, counted: ReportYear) -> None:
    client = at_desk("outsider")
    for path in ("", "checks/", "differences/", "narrative/", "contributions/", "figure/items_disclosed/"):
        page(client.get(f"/desk/reporting/{counted.pk}/{path}"), 404)
    page(client.post(f"/desk/reporting/{counted.pk}/do/collect/"), 404)


def test_locking_by_who_may_not_is_refused_with_the_reason(cast: Cast, at_desk: Any, counted: ReportYear) -> None:
    assert "锁定年度报告的数据" in page(at_desk("editor").post(f"/desk/reporting/{counted.pk}/do/lock/"), 403)
    assert locked(counted) is None


def test_the_way_from_counting_to_publication(cast: Cast, at_desk: Any, counted: ReportYear) -> None:
    client, base = at_desk("officer"), f"/desk/reporting/{counted.pk}/"
    for each in asked(cast).values():
        actions.answer(each, 0, evidence="没有这项业务", by=cast.editor, at=JANUARY)
    client.post(f"{base}narrative/draft/add/")
    assert 'class="reporting-number"' in page(client.get(f"{base}narrative/"))
    for place, text in (("problems", "部分栏目更新不及时，将按周核对。"), ("other_matters", "没有收取信息处理费。")):
        client.post(f"{base}narrative/{place}/add/", {"text": text})
    assert "没有待办的问题" in page(client.get(f"{base}checks/"))
    client.post(f"{base}do/lock/")
    client.post(f"{base}do/hand_in/")
    assert stage_of(counted) == "handed_in"
    client.post(f"{base}do/hand_over/")
    assert stage_of(counted) == "handed_over"


def test_words_are_written_with_the_figures_names(cast: Cast, at_desk: Any, counted: ReportYear) -> None:
    client, base = at_desk("editor"), f"/desk/reporting/{counted.pk}/narrative/"
    client.post(f"{base}other_matters/add/", {"text": "全年公开{主动公开政府信息}条。"})
    part = counted.narrative_parts.get()
    assert part.text == "全年公开{items_disclosed}条。"
    assert "全年公开{主动公开政府信息}条。" in page(client.get(f"/desk/reporting/part/{part.pk}/"))
    assert "{幸福指数}" in page(client.post(f"{base}other_matters/add/", {"text": "得分{幸福指数}。"}), 403)


def test_a_warning_is_explained_on_the_screen(cast: Cast, at_desk: Any, counted: ReportYear) -> None:
    actions.write(counted, section="overview", text="召开座谈会12场。", by=cast.editor, at=JANUARY)
    client = at_desk("editor")
    shown = page(client.get(f"/desk/reporting/{counted.pk}/checks/"))
    article = next(part for part in shown.split("<article")[1:] if "12场" in part)
    evidence = article.split('name="evidence" value="')[1].split('"')[0]
    client.post(
        f"/desk/reporting/{counted.pk}/checks/",
        {"evidence": evidence, "judgement": "explained", "text": "出自会议登记簿"},
    )
    assert "出自会议登记簿" in page(client.get(f"/desk/reporting/{counted.pk}/checks/"))


def test_numbers_are_asked_and_answered_on_the_screen(cast: Cast, at_desk: Any, counted: ReportYear) -> None:
    client = at_desk("officer")
    base = f"/desk/reporting/{counted.pk}/contributions/"
    client.post(base, {"ask": "1", "ask-due_on": "2099-01-20"})
    first = contributions_of(counted)[0].it
    address = f"/desk/reporting/contribution/{first.pk}/"
    assert "不是数字" in page(client.post(address, {"value": "无", "evidence": "台账"}), 403)
    client.post(address, {"value": "1,200", "evidence": "许可台账"})
    assert "1200" in page(client.get(base))
    client.post(f"{address}return/", {"reason": "与系统不一致"})
    assert "已退回" in page(client.get(base))


def test_a_workbook_is_taken_in_whole_or_not_at_all(cast: Cast, at_desk: Any, counted: ReportYear) -> None:
    asked(cast)
    client, base = at_desk("editor"), f"/desk/reporting/{counted.pk}/contributions/"
    book = openpyxl.load_workbook(io.BytesIO(client.get(f"{base}sheet.xlsx").content))
    sheet = book.worksheets[0]
    for row in range(2, sheet.max_row + 1):
        sheet.cell(row, 6).value = row
        sheet.cell(row, 7).value = "业务台账"
    sheet.cell(3, 6).value = "若干"
    assert "第3行" in page(client.post(base, {"sheet": saved(book)}), 400)
    assert not any(each.is_answered for each in contributions_of(counted))
    sheet.cell(3, 6).value = 3
    client.post(base, {"sheet": saved(book)})
    assert [each.value for each in contributions_of(counted)] == [2, 3, 4, 5]


def test_a_file_that_is_no_workbook_is_refused(cast: Cast, at_desk: Any, counted: ReportYear) -> None:
    asked(cast)
    upload = io.BytesIO(b"no workbook")
    upload.name = "a.xlsx"
    base = f"/desk/reporting/{counted.pk}/contributions/"
    assert "不是能打开的XLSX" in page(at_desk("editor").post(base, {"sheet": upload}), 400)


def saved(book: Any) -> io.BytesIO:
    out = io.BytesIO()
    book.save(out)
    out.seek(0)
    out.name = "answers.xlsx"
    return out
