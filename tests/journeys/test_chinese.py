"""Every staff page in a browser: wholly Chinese, accessible, within its window, and with nothing its own policy forbids."""

from __future__ import annotations

from dataclasses import dataclass, field

import pytest
from django.conf import settings

from gongkai.office.portal.views.errors import bad_request, server_error
from tests.journeys.furnish import EVERYTHING
from tests.journeys.office import Office
from tests.journeys.words import foreign, foreign_words
from tests.office.browser import needs_chromium

pytestmark = needs_chromium

ROLES = ("a001", "a002", "a003", "a004", "a005", "a006", "a007", "a008")
"""The cast: an editor, three reviewers, secrecy, disclosure office, an administrator, and 钱外人 of another department."""
_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_PHONE, _SCREEN = {"width": 375, "height": 812}, {"width": 1440, "height": 900}


@dataclass
class Seen:
    """What was wrong with the pages, as lines to read."""

    count: int = 0
    words: list[str] = field(default_factory=list)
    axe: list[str] = field(default_factory=list)
    wide: list[str] = field(default_factory=list)
    broken: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def seen(office: Office) -> Seen:
    """Every page as 沈全职 sees it, with all buttons there are; the first of each name is looked at by axe and narrow too."""
    from axe_playwright_python.sync_playwright import Axe

    axe, found, before = Axe(), Seen(), ""
    person = office.somebody(EVERYTHING)
    for name, address in office.screens(person):
        answer = person.page.goto(address)
        found.count += 1
        found.words += [f"{address}: {word}" for word in foreign_words(person.page)]
        if "---------" in person.page.content():
            found.words.append(f"{address}: an empty choice in dashes")
        if answer.status not in (200, 403):
            found.broken.append(f"{address}: {answer.status}")
        if name == before:
            continue
        before = name
        told = axe.run(person.page, options={"runOnly": {"type": "tag", "values": _TAGS}}).response
        assert len(told["passes"]) > 10, "axe did not look"
        found.axe += [
            f"{address}: {each['id']} ({each['impact']}) {each['nodes'][0]['html'][:120]}"
            for each in told["violations"]
            if each["impact"] in ("serious", "critical")
        ]
        person.page.set_viewport_size(_PHONE)
        if (width := person.page.evaluate("document.documentElement.scrollWidth")) > _PHONE["width"]:
            found.wide.append(f"{address}: {width} px")
        person.page.set_viewport_size(_SCREEN)
    found.complaints = person.complaints
    return found


@pytest.mark.slow
def test_every_staff_page_is_wholly_chinese_after_its_scripts_ran(seen: Seen) -> None:
    assert seen.count > 60
    assert seen.words == []


@pytest.mark.slow
def test_every_staff_page_answers(seen: Seen) -> None:
    assert seen.broken == []


@pytest.mark.slow
def test_no_staff_page_has_a_serious_finding_of_axe(seen: Seen) -> None:
    assert seen.axe == []


@pytest.mark.slow
def test_no_staff_page_is_wider_than_a_phone(seen: Seen) -> None:
    assert seen.wide == []


@pytest.mark.slow
def test_no_staff_page_breaks_its_own_security_policy_or_raises_an_error(seen: Seen) -> None:
    assert seen.complaints == []


def test_what_each_role_sees_first_and_what_it_may_not_see_is_chinese(office: Office) -> None:
    found = []
    for username in ROLES:
        person = office.somebody(username)
        for address in ("/desk/", "/desk/account/", "/desk/staff/", "/desk/publishing/new/", "/desk/publishing/words/"):
            person.page.goto(address)
            found += [f"{username} {address}: {word}" for word in foreign_words(person.page)]
        found += person.complaints
        person.window.close()
    assert found == []


def test_the_pages_of_signing_in_and_of_what_goes_wrong_are_chinese(office: Office) -> None:
    found: list[str] = []
    person = office.somebody()
    page = person.page

    def look(where: str) -> None:
        found.extend(f"{where}: {word}" for word in foreign_words(page))

    person.sign_in("a001", "not the password")
    look("wrong password")
    with page.expect_navigation():
        form = page.locator("form").filter(has=page.get_by_role("button", name="登录"))
        form.evaluate("form => { form.noValidate = true; form.requestSubmit() }")
    look("nothing typed")
    person.sign_in("a001")
    for address in ("/desk/no-such-page/", "/desk/pages/", "/desk/publishing/items/999999/", "/no-such-page/"):
        assert page.goto(address).status == 404
        look(address)
    person.window.clear_cookies(name="gongkai_csrf")
    forged = person.window.request.post("/desk/publishing/new/", form={"title": "没有令牌"})
    assert forged.status == 403
    page.set_content(forged.text())
    look("a form without its token")
    huge = person.window.request.post("/search/", data=b"x" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    assert huge.status == 413
    page.set_content(huge.text())
    look("too much at once")
    person.page.goto("/desk/publishing/imports/")
    look("a screen of somebody else's role")
    for name, answer in (("broken", server_error(None)), ("not understood", bad_request(None, ValueError()))):
        page.set_content(answer.content.decode())
        look(name)
    assert found == []
    assert person.complaints == []


def test_a_form_sent_empty_says_in_chinese_what_is_missing(office: Office) -> None:
    person = office.somebody(EVERYTHING)
    found = []
    for name in ("publishing_new", "publishing_column_add", "publishing_words", "normative_register", "accounts_add",
                 "accounts_delegations", "organs_found", "normative_open_round", "accounts_import", "organs_import"):  # fmt: skip
        person.page.goto(office.pages[name][0])
        form = person.page.locator("form[method=post]:not([action*=logout])")
        if form.count():
            with person.page.expect_navigation():
                form.last.evaluate("form => { form.noValidate = true; form.requestSubmit() }")
        found += [f"{name}: {word}" for word in foreign_words(person.page)]
    assert found == []
    assert person.complaints == []


@pytest.mark.slow
@pytest.mark.parametrize("username", ROLES)
def test_every_page_is_chinese_for_every_role(office: Office, username: str) -> None:
    person = office.somebody(username)
    found = []
    for _, address in office.screens(person):
        person.page.goto(address)
        found += [f"{address}: {word}" for word in foreign_words(person.page)]
    assert found == []
    assert person.complaints == []


def test_the_search_for_english_finds_it() -> None:
    assert foreign("请点 Save 保存") == ["Save in “请点 Save 保存”"]
    assert foreign("支持 PDF、Word；工号 A001，代码 qingxi-water") == []
    assert foreign("留言 20240412-BEVNVEDA") == []
