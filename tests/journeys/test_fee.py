"""Too many applications: a fee that the law works out, a notice; who pays is answered, who does not is no longer."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf

from tests.journeys.bureau import bureau, save, signed
from tests.journeys.people import Person
from tests.office.browser import needs_chromium

pytestmark = needs_chromium


def test_a_fee_is_asked_for_by_the_law_and_an_unpaid_one_ends_the_case(tmp_path: Path) -> None:
    with bureau(tmp_path / "data", "unpaid") as (office, made):
        officer, approver = office.officer("c001"), office.officer("c003")
        _notice_names_the_fee(officer, made["open"])
        _paid_in_full_the_days_begin_anew(officer, approver, made["open"])
        _ended_by_the_lapse(officer, approver, made["case"])
        found = office.ask("rows")
        assert found["applications.other_fee_unpaid.natural_person"] == 1
        assert found["applications.new_received.natural_person"] == 13
        assert office.complaints() == []


def _notice_names_the_fee(officer: Person, case: int) -> None:
    """A notice by pages: 60 of them, of which thirty are free and thirty cost ten yuan each."""
    officer.page.goto(f"/desk/cases/{case}/reply/")
    officer.page.get_by_label("文书种类").select_option("fee_notice")
    save(officer, "起草")
    officer.page.get_by_label("申请的数量、频次").first.fill("一个月内提出13件申请。")
    officer.page.get_by_label("收费方式").select_option("per_page")
    save(officer, "保存")
    officer.page.get_by_label("本件申请的页数").fill("60")
    save(officer, "保存")
    written = officer.page.locator(".casework-letter").inner_text()
    assert "本机关决定收取信息处理费300元" in written
    assert "第31页至第60页每页10元，计300元" in written


def _paid_in_full_the_days_begin_anew(officer: Person, approver: Person, case: int) -> None:
    signed(officer, approver)
    officer.page.get_by_label("送达方式").select_option("counter")
    officer.page.get_by_label("签收人").fill("孙申请")
    save(officer, "登记送达")
    officer.page.goto(f"/desk/cases/{case}/")
    assert officer.page.get_by_text("等待申请人缴费").first.is_visible()
    with officer.page.expect_navigation():
        officer.page.get_by_role("link", name="登记缴费", exact=True).click()
    officer.page.get_by_label("缴纳金额").fill("200")
    save(officer, "登记缴费")
    assert officer.page.get_by_text("收费通知要求缴纳300元，登记的是200元").is_visible()
    officer.page.get_by_label("缴纳金额").fill("300")
    save(officer, "登记缴费")
    assert officer.page.get_by_text("还有20个工作日").first.is_visible()
    officer.page.goto(f"/desk/cases/{case}/reply/")
    assert officer.page.get_by_role("group", name="补不补").is_visible()


def _ended_by_the_lapse(officer: Person, approver: Person, case: int) -> None:
    officer.page.goto(f"/desk/cases/{case}/reply/")
    assert officer.page.get_by_text("逾期未缴费").first.is_visible()
    save(officer, "起草答复（逾期未缴费，不再处理）")
    assert officer.page.get_by_role("heading", name="政府信息公开申请办结告知书").is_visible()
    signed(officer, approver)
    with officer.page.expect_download() as downloading:
        officer.page.get_by_role("link", name="PDF").click()
    pages = pypdf.PdfReader(io.BytesIO(Path(downloading.value.path()).read_bytes())).pages
    written = "".join("".join(page.extract_text() for page in pages).split())
    assert "逾期未缴纳" in written
    assert "视为放弃申请" in written
    officer.page.get_by_label("送达方式").select_option("online")
    save(officer, "登记送达")
