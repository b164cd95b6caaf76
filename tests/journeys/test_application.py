"""An application in a real browser: sent from a telephone, confirmed, completed, granted, fetched, counted on its row."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.journeys.bureau import signed
from tests.journeys.people import Person, browser
from tests.office.browser import needs_chromium
from tests.office.casework.visitor import IDENTITY, answer_to, photo
from tests.office.project import installation
from tests.samples import REPOSITORY

pytestmark = needs_chromium

PASSWORD = "Qingxi-2024-case"
PHONE = {"viewport": {"width": 375, "height": 800}, "java_script_enabled": False}
"""Most people apply on a telephone; none of it needs a script."""
WANTED = "县城小学招生片区划分的会议纪要"
POINTS = "请写明是哪一年的会议纪要。"
CORRECTED = "2023年县城小学招生片区划分的会议纪要"
ANSWERS = ("clear", "yes", "no", "ours", "held", "all", "as_asked")
"""To the seven questions, for information that may be given as it is asked for."""


@dataclass
class Bureau:
    """The bureau on a server, and a browser in which everybody opens windows of their own."""

    site: installation.Installation
    browser: Any
    everybody: list[Person]

    def somebody(self, username: str = "", **options: Any) -> Person:
        person = Person(self.browser, f"http://127.0.0.1:{self.site.port}", **options)
        self.everybody.append(person)
        return person.sign_in(username, PASSWORD) if username else person


@pytest.fixture
def bureau(tmp_path: Path) -> Iterator[Bureau]:
    data = tmp_path / "data"
    installation.prepare(data)
    told(data, "prepare")
    with installation.serving(data, GONGKAI_REQUIRE_SECOND_FACTOR="no") as site, browser() as launched:
        yield Bureau(site, launched, [])


def told(data: Path, verb: str) -> Any:
    """What the installation says, in a process of its own."""
    command = [sys.executable, "-m", "tests.journeys.applying", verb]
    done = subprocess.run(
        command, env=installation.environment(data), cwd=REPOSITORY, check=True, stdout=subprocess.PIPE, text=True
    )
    return json.loads(done.stdout)


def test_from_a_telephone_to_the_granted_reply(bureau: Bureau) -> None:
    applicant = bureau.somebody(**PHONE)
    number, code = _apply(applicant)
    officer, approver = bureau.somebody("c001"), bureau.somebody("c003")

    case = _confirm(officer, number)
    _do(officer, case, "request_correction", "告知补正", points=POINTS, working_days="10")
    _correct(applicant, number, code)
    _reply(officer, approver, case)

    _visit(applicant, number, code)
    said = applicant.page.locator("main").inner_text()
    assert "已答复" in said
    assert "予以公开" in said
    letter = applicant.page.get_by_role("link", name=re.compile(r"\.pdf")).first
    fetched = applicant.window.request.get(letter.get_attribute("href"))
    assert fetched.body().startswith(b"%PDF")

    assert told(bureau.site.data, "rows") == {
        "applications.new_received.natural_person": 1,
        "applications.granted.natural_person": 1,
    }
    assert [complaint for person in bureau.everybody for complaint in person.complaints] == []


def _apply(applicant: Person) -> tuple[str, str]:
    """From the front page to the receipt; gives number and code as they were written down."""
    page = applicant.page
    page.goto("/disclosure/application/")
    page.get_by_role("link", name="网上申请").first.click()
    page.get_by_label("机关名称").fill("教育")
    page.get_by_role("button", name="查找").click()
    page.get_by_role("link", name="青溪县教育局").first.click()
    page.get_by_role("link", name="自然人").click()
    page.get_by_role("button", name="下一步").click()
    assert page.get_by_role("alert").is_visible(), "an empty form is no application"
    page.get_by_label("姓名").fill("孙申请人")
    page.get_by_label("证件号码").fill(IDENTITY)
    page.get_by_label("联系电话").fill("13900001234")
    page.get_by_label("信息的名称").fill(WANTED)
    page.get_by_label("网上下载").check()
    page.get_by_label("身份证明").set_input_files({"name": "身份证.png", "mimeType": "image/png", "buffer": photo()})
    page.get_by_role("button", name="下一步").click()
    assert "身份证.png" in page.locator("main").inner_text()
    page.get_by_role("link", name="改答一道文字题").click()
    page.get_by_label(re.compile("验证")).last.fill(str(answer_to(page.locator("#captcha-name").inner_text())))
    page.get_by_role("button", name="提交申请").click()
    number, code = (page.locator(".ticket dd").nth(place).inner_text() for place in (1, 2))
    page.get_by_role("button", name=re.compile("确认")).click()
    assert "正在等青溪县教育局确认" in page.locator("main").inner_text()
    page.get_by_role("button", name=re.compile("退出")).click()
    return number, code


def _confirm(officer: Person, number: str) -> int:
    """The agency confirms what the applicant has confirmed; gives the case."""
    page = officer.page
    page.goto("/desk/cases/")
    page.get_by_role("link", name=number).first.click()
    page.wait_for_url(re.compile(r"/desk/cases/\d+/"))
    case = int(page.url.rstrip("/").rpartition("/")[2])
    assert "孙申请人" not in page.locator("main").inner_text(), "names are masked until somebody says what for"
    _do(officer, case, "confirm", "", side="agency")
    return case


def _do(officer: Person, case: int, verb: str, button: str, **filled: str) -> None:
    """Do a verb of a case's page by its form."""
    page = officer.page
    page.goto(f"/desk/cases/{case}/do/{verb}/")
    for name, value in filled.items():
        field = page.locator(f"main [name={name}]")
        if field.evaluate("each => each.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    with page.expect_navigation():
        page.locator("main form button.desk-button--primary").click()
    assert page.url.endswith(f"/desk/cases/{case}/"), page.locator("main").inner_text()


def _visit(applicant: Person, number: str, code: str) -> None:
    page = applicant.page
    page.goto("/applications/track/")
    page.get_by_label("申请编号").fill(number)
    page.get_by_label("查询码").fill(code.lower().replace("-", ""))
    page.get_by_role("main").get_by_role("button", name="查询").click()


def _correct(applicant: Person, number: str, code: str) -> None:
    """The applicant reads what is missing and writes it."""
    _visit(applicant, number, code)
    page = applicant.page
    assert POINTS in page.locator("main").inner_text()
    page.get_by_label("补正后的内容").fill(CORRECTED)
    page.get_by_role("button", name="提交补正").click()
    assert "收到补正" in page.locator(".history").inner_text()
    assert "还有 20 个工作日" in re.sub(r"\s+", " ", page.locator("main").inner_text())


def _reply(officer: Person, approver: Person, case: int) -> None:
    """Seven questions, a draft, somebody else's signature, laid ready to be fetched."""
    page = officer.page
    page.goto(f"/desk/cases/{case}/reply/")
    for answer in ANSWERS:
        page.locator(f"main input[name=a][value={answer}][type=radio]").check()
        with page.expect_navigation():
            page.get_by_role("button", name="下一步").click()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("拟定为")).click()
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("起草答复")).click()
    page.locator("[name=fact-provision]").fill("随本答复书提供会议纪要一份。")
    with page.expect_navigation():
        page.get_by_role("button", name="保存", exact=True).click()
    signed(officer, approver)
    page.get_by_label("送达方式").select_option("online")
    with page.expect_navigation():
        page.get_by_role("button", name="登记送达").click()
    assert "已发出" in page.locator("main").inner_text()
