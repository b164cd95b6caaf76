"""By post: a third party objects, the rest is disclosed in a copy proved clean, and the applicant goes to reconsideration."""

from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pypdf

from tests.documents.readers.pdf_files import typeset
from tests.journeys.bureau import bureau, save, signed
from tests.journeys.people import Person
from tests.office.browser import needs_chromium

pytestmark = needs_chromium

FIRM = "青溪县山泉建材有限公司"
SECRET = "账号6222020000001234567"
ORIGINAL = typeset(f"采购合同。供货方：{FIRM}。{SECRET}。数量：水管三百米。")
HIDDEN = typeset(f"采购合同。供货方：{FIRM}。#text(white)[{SECRET}]。数量：水管三百米。")
CLEAN = typeset(f"采购合同。供货方：{FIRM}。（此处隐去）。数量：水管三百米。")


def test_a_third_party_objects_and_the_rest_is_disclosed(tmp_path: Path) -> None:
    with bureau(tmp_path / "data", "by_post") as (office, made):
        officer, approver = office.officer("c001"), office.officer("c003")
        reply = f"/desk/cases/{made['case']}/reply/"
        _third_party_is_asked(officer, approver, reply)
        _third_party_objects(officer, made["case"])
        _copy_is_proved(officer, made["case"])
        _decided_in_part(officer, reply)
        letter = _replied(officer, approver)
        _looks_right(letter)
        _reconsidered(officer, reply)
        found = office.ask("rows")
        assert found["applications.partially_granted.natural_person"] == 1
        assert [key for key in found if key.startswith("applications.") and "new_received" not in key] == [
            "applications.partially_granted.natural_person"
        ]
        assert found["remedies.cases.reconsideration_upheld"] == 1
        assert office.complaints() == []


def _third_party_is_asked(officer: Person, approver: Person, reply: str) -> None:
    officer.page.goto(reply)
    officer.page.get_by_label("文书种类").select_option("third_party_consultation")
    officer.page.get_by_label("收件的第三方或者机关").fill(FIRM)
    officer.page.get_by_label("征求意见的信息").fill("水管采购合同")
    save(officer, "起草")
    officer.page.get_by_label("收件人是公民还是单位").select_option("organisation")
    save(officer, "保存")
    signed(officer, approver)
    officer.page.get_by_label("送达方式").select_option("counter")
    officer.page.get_by_label("交邮或者签收的日期").fill(_today())
    officer.page.get_by_label("签收人").fill("收发室")
    save(officer, "登记送达")
    assert "孙申请" not in officer.page.locator(".casework-letter").inner_text()


def _third_party_objects(officer: Person, case: int) -> None:
    officer.page.goto(f"/desk/cases/{case}/do/answer/")
    officer.page.get_by_label("意见", exact=True).select_option("partly")
    officer.page.get_by_label("意见的内容和理由").fill("银行账号属于商业秘密，不同意公开；其余同意。")
    officer.page.locator("form.desk-card button, main form button").first.click()
    officer.page.wait_for_url(f"**/desk/cases/{case}/")


def _copy_is_proved(officer: Person, case: int) -> None:
    officer.page.goto(f"/desk/cases/{case}/redaction/")
    for copy, says in ((HIDDEN, "没有通过"), (CLEAN, "没有找到列出的文字")):
        officer.page.get_by_label("原件", exact=True).set_input_files(_file("合同.pdf", ORIGINAL))
        officer.page.get_by_label("区分处理后的副本").set_input_files(_file("合同（公开）.pdf", copy))
        officer.page.get_by_label("第1组：不予公开的依据").select_option("third_party")
        officer.page.get_by_label("第1组：隐去的文字").fill(SECRET)
        save(officer, "上传并检查")
        assert says in officer.page.content()


def _decided_in_part(officer: Person, reply: str) -> None:
    officer.page.goto(reply)
    for answer in ("明确，或者补正后已经明确", "是政府信息公开申请", "不是", "由本机关负责", "有现成的信息，没有公开过",
                   "有一部分不能公开，可以区分处理", "提供区分处理后的副本"):  # fmt: skip
        officer.page.get_by_label(answer, exact=True).check()
        save(officer, "下一步")
    officer.page.get_by_label("事实和理由").fill("银行账号是供货方的商业秘密，公开会损害其合法权益。")
    officer.page.get_by_label("答复书里还要写明的事项").fill("合同除供货方账号以外的全部内容，随本答复书提供一份。")
    save(officer, "拟定为“部分公开（区分处理）”")


def _replied(officer: Person, approver: Person) -> str:
    save(officer, "起草答复（部分公开（区分处理））")
    officer.page.get_by_label("不予公开的内容").first.fill("供货方的银行账号。")
    save(officer, "保存")
    signed(officer, approver)
    with officer.page.expect_download() as downloading:
        officer.page.get_by_role("link", name="PDF").click()
    text = pypdf.PdfReader(io.BytesIO(Path(downloading.value.path()).read_bytes()))
    written = "".join(page.extract_text() for page in text.pages)
    officer.page.get_by_label("送达方式").select_option("post")
    officer.page.get_by_label("交邮或者签收的日期").fill(_today())
    officer.page.get_by_label("邮寄方式").select_option("ems")
    officer.page.get_by_label("邮件号").fill("EA123456789CN")
    save(officer, "登记送达")
    return "".join(written.split())


def _looks_right(letter: str) -> None:
    for words in ("青溪县教育局", "孙申请：", "本机关决定部分公开", "书面征求了第三方的意见", "供货方的银行账号",
                  "应当先申请行政复议", "青溪县人民政府", "青溪县人民法院", "校验码"):  # fmt: skip
        assert words in letter, words
    assert "6222020000001234567" not in letter


def _reconsidered(officer: Person, reply: str) -> None:
    officer.page.goto(reply)
    officer.page.get_by_role("link", name="登记复议诉讼").click()
    officer.page.get_by_label("被申请人（被告）").select_option("qingxi-education")
    officer.page.get_by_label("复议机关或者人民法院").fill("青溪县人民政府")
    officer.page.get_by_label("案号").fill("青政复〔2026〕8号")
    save(officer, "登记")
    assert officer.page.get_by_text("复议答复期限：").is_visible()
    officer.page.get_by_label("决定或者裁判").select_option("maintained")
    save(officer, "登记结果")
    assert officer.page.get_by_text("结果维持").first.is_visible()


def _today() -> str:
    return datetime.now(ZoneInfo("Asia/Shanghai")).date().isoformat()


def _file(name: str, content: bytes) -> Any:
    return {"name": name, "mimeType": "application/pdf", "buffer": content}
