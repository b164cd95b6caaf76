"""One page turner for the public's lists, one for the desk's."""

from __future__ import annotations

from pathlib import Path

from django.template import Context, RequestContext, Template
from django.test import RequestFactory
from django.urls import get_script_prefix, set_script_prefix
from lxml import html

import gongkai.office
from gongkai.office.portal.templatetags.portal import turn_pages


def links(address: str, number: int, last: int, *, by_query: bool = False) -> dict[str, str]:
    """Words and address of each link the turner draws on a page."""
    source = "{% load portal %}{% turn_pages number last by_query %}"
    context = {"request": RequestFactory().get(address), "number": number, "last": last, "by_query": by_query}
    drawn = Template(source).render(Context(context)).strip()
    return {a.text_content(): a.get("href") for a in html.fromstring(drawn).iter("a")} if drawn else {}


def test_both_ends_and_those_around_are_offered() -> None:
    def offered(number: int, last: int) -> list[int | None]:
        context = {"request": RequestFactory().get("/notices/")}
        return [page and page[0] for page in turn_pages(context, number, last)["offered"]]

    assert offered(1, 3) == [1, 2, 3]
    assert offered(7, 20) == [1, None, 5, 6, 7, 8, 9, None, 20]
    assert offered(3, 20) == [1, 2, 3, 4, 5, None, 20]


def test_a_list_of_one_page_has_no_turner() -> None:
    assert links("/notices/", 1, 1) == {}


def test_pages_stand_below_the_list_and_the_first_is_the_list_itself() -> None:
    found = links("/column/notices/year/2020/page/2/", 2, 3)
    assert found == {
        "上一页": "/column/notices/year/2020/",
        "第1页": "/column/notices/year/2020/",
        "第3页": "/column/notices/year/2020/page/3/",
        "下一页": "/column/notices/year/2020/page/3/",
    }


def test_a_kiosk_in_large_type_stays_in_it() -> None:
    usual = get_script_prefix()
    set_script_prefix("/large/")
    try:
        found = links("/normative/", 1, 2)
    finally:
        set_script_prefix(usual)
    assert found["下一页"] == "/large/normative/page/2/"


def test_a_search_keeps_what_was_asked_when_its_pages_are_turned() -> None:
    found = links("/normative/search/?text=%E6%B0%B4+50%25&page=2", 2, 3, by_query=True)
    assert found["上一页"] == "?text=%E6%B0%B4+50%25"
    assert found["下一页"] == "?text=%E6%B0%B4+50%25&page=3"
    assert links("/normative/search/", 1, 2, by_query=True)["下一页"] == "?page=2"


def desk(address: str, page: dict[str, object]) -> dict[str, str]:
    drawn = Template("{% include 'desk/pages.html' %}").render(
        RequestContext(RequestFactory().get(address), {"page": page})
    )
    return {a.text_content(): a.get("href") for a in html.fromstring(f"<div>{drawn}</div>").iter("a")}


def test_the_desk_keeps_the_filters_of_a_list() -> None:
    page = {"number": 2, "has_previous": True, "has_next": True}
    found = desk("/desk/publishing/?list=public&words=%E6%B0%B4%26&page=2", page)
    assert found == {
        "上一页": "?list=public&words=%E6%B0%B4%26&page=1",
        "下一页": "?list=public&words=%E6%B0%B4%26&page=3",
    }


def test_the_desk_shows_nothing_where_there_is_one_page() -> None:
    assert desk("/desk/publishing/", {"number": 1, "has_previous": False, "has_next": False}) == {}


def test_no_room_draws_a_turner_of_its_own() -> None:
    office = Path(gongkai.office.__file__).parent
    turners = {
        path.relative_to(office).as_posix()
        for path in office.rglob("templates/**/*.html")
        if 'aria-label="翻页"' in path.read_text("utf-8")
    }
    # The search knows only how far its results reach, and keeps its filters in every address: it draws its own.
    search = "publishing/templates/publishing/public/search.html"
    assert turners == {"desk/templates/desk/pages.html", "portal/templates/portal/parts/pages.html", search}
