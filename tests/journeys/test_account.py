"""An account of the public in a real browser: registered from a telephone by a mail that came, used to apply, given up."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from tests.journeys.people import Person, browser
from tests.journeys.test_application import PHONE, told
from tests.office.applicants.somebody import EMAIL, PASSWORD, link_in
from tests.office.browser import needs_chromium
from tests.office.casework.visitor import IDENTITY, answer_to
from tests.office.notices.mail_server import Mailbox, mail_server
from tests.office.project import installation
from tests.samples import REPOSITORY

pytestmark = [needs_chromium, pytest.mark.slow]


def test_register_apply_and_leave(tmp_path: Path) -> None:
    data = tmp_path / "data"
    installation.prepare(data)
    told(data, "prepare")
    with mail_server() as mailbox:
        sends = {"GONGKAI_SMTP_URL": f"smtp://127.0.0.1:{mailbox.port}?tls=none"}
        with installation.serving(data, **sends) as site, browser() as launched:
            somebody = Person(launched, f"http://127.0.0.1:{site.port}", **PHONE)
            page = somebody.page
            page.goto("/applications/track/")
            page.get_by_role("main").get_by_role("link", name="登录").click()
            page.get_by_role("link", name="注册账号").click()
            page.get_by_label("电子邮箱").fill(EMAIL)
            _answer(page)
            page.get_by_role("button", name="发送验证邮件").click()
            assert "请查收邮件" in page.locator("h1").inner_text()

            page.goto(link_in(_mail(mailbox, data, sends)))
            page.get_by_label("新密码", exact=True).fill(PASSWORD)
            page.get_by_label("再输一遍新密码").fill(PASSWORD)
            page.get_by_role("button", name="开通账号").click()
            assert "列表里还没有申请" in page.locator("main").inner_text()

            first = _apply(page, fills_in=True)
            page.goto("/applications/account/")
            assert first in page.locator(".mine").inner_text()
            second = _apply(page, fills_in=False)
            page.goto("/applications/account/")
            assert page.locator(".mine > li").count() == 2
            page.get_by_role("link", name=second).click()
            page.wait_for_url("**/applications/case/")
            assert second in page.locator("h1").inner_text()
            _fits(page)

            page.goto("/applications/account/")
            _fits(page)
            page.get_by_role("button", name="退出登录").click()
            page.get_by_label("电子邮箱").fill(EMAIL)
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="登录", exact=True).click()
            page.get_by_role("link", name="账号设置").click()
            page.get_by_role("link", name="注销账号").click()
            page.get_by_label("密码").fill(PASSWORD)
            page.get_by_role("button", name="注销账号").click()
            assert "账号已注销" in page.locator("h1").inner_text()
            page.goto("/desk/cases/")
            assert "/desk/login/" in page.url
            assert somebody.complaints == []


def _mail(mailbox: Mailbox, data: Path, sends: dict[str, str]) -> str:
    """The words of the mail that came: the office sends what waits."""
    subprocess.run(
        [sys.executable, "manage.py", "run_due"],
        env=installation.environment(data) | sends, cwd=REPOSITORY, check=True,
    )  # fmt: skip
    assert mailbox.accepted.wait(30)
    body = mailbox.mail[-1].get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def _answer(page) -> None:
    page.get_by_role("link", name="改答一道文字题").click()
    if page.get_by_label("电子邮箱").count():
        page.get_by_label("电子邮箱").fill(EMAIL)
    page.get_by_label(re.compile("验证")).last.fill(str(answer_to(page.locator("#captcha-name").inner_text())))


def _apply(page, *, fills_in: bool) -> str:
    page.goto("/applications/new/qingxi-education/natural_person/")
    if fills_in:
        page.get_by_label("姓名").fill("孙申请人")
        page.get_by_label("证件号码").fill(IDENTITY)
        page.get_by_label("通信地址").fill("青溪县城关镇和平路1号")
    else:
        assert page.get_by_label("证件号码").input_value() == IDENTITY
        assert "已按您上一次申请填好" in page.locator("main").inner_text()
    page.get_by_label("信息的名称").fill("县城小学招生片区划分的会议纪要" if fills_in else "县城小学学位预警的报告")
    page.get_by_role("button", name="下一步").click()
    _answer(page)
    page.get_by_role("button", name="提交申请").click()
    return str(page.locator(".ticket dd").nth(1).inner_text())


def _fits(page) -> None:
    """Nothing has to be pushed sideways on a telephone."""
    width = page.evaluate("document.documentElement.scrollWidth")
    assert width <= PHONE["viewport"]["width"]
