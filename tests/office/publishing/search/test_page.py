"""The search page."""

from __future__ import annotations

import pytest
from django.test import Client

from gongkai.office.publishing.search import announce
from tests.office.cast import Cast
from tests.office.publishing.search.making import attach, ids, indexed, public


def page(client: Client, **values: str) -> str:
    response = client.get("/search/", values)
    assert response.status_code == 200
    return response.content.decode()


def test_results_show_title_agency_number_date_and_marked_passages(cast: Cast, client: Client) -> None:
    indexed(cast, "防汛<预案>", "<p>抗旱与<b>防</b>汛</p>", document_number="青教〔2024〕8号")
    shown = page(client, q="防汛")
    assert "<mark>防汛</mark>&lt;预案&gt;" in shown
    assert "抗旱与<mark>防汛</mark>" in shown
    for text in ("青溪县教育局", "青教〔2024〕8号", "2024-04-12", '找到 <span class="number">1</span> 条'):
        assert text in shown


def test_there_is_one_box_and_no_code_that_leads_elsewhere(cast: Cast, client: Client) -> None:
    shown = page(client, q="防汛")
    assert shown.count('name="q"') == 1
    assert "在手机上打开当前页" not in shown


def test_what_is_typed_is_shown_escaped(cast: Cast, client: Client) -> None:
    shown = page(client, q='"><script>alert(1)</script>', organ="<b>", year="'", page="-1")
    assert "<script>alert" not in shown


def test_an_attachment_that_holds_the_words_is_named(cast: Cast, client: Client) -> None:
    item = public(cast, "招生方案")
    attach(item, "学区.xlsx", "白石街道")
    announce([item.pk])
    assert "附件《学区.xlsx》：" in page(client, q="白石街道")


def test_filters_have_counts_and_addresses_of_their_own(cast: Cast, client: Client) -> None:
    indexed(cast, "防汛通知", art20_category="fees")
    indexed(cast, "防汛公告", organ=cast.water)
    shown = page(client, q="防汛")
    assert "?q=%E9%98%B2%E6%B1%9B&amp;organ=qingxi-water" in shown
    narrowed = page(client, q="防汛", organ="qingxi-water")
    assert "<mark>防汛</mark>公告" in narrowed
    assert "<mark>防汛</mark>通知" not in narrowed
    assert 'href="?q=%E9%98%B2%E6%B1%9B"' in narrowed


def test_nothing_found_says_what_to_try(cast: Cast, client: Client) -> None:
    shown = page(client, q="不存在的字词", year="2020")
    assert "没有找到“不存在的字词”" in shown
    assert "去掉所有筛选条件" in shown


def test_one_character_is_answered_with_why(cast: Cast, client: Client) -> None:
    assert "请至少输入两个字" in page(client, q="县")
    indexed(cast, "防汛通知")
    assert "“县”只有一个字，没有参加检索" in page(client, q="防汛 县")


def test_without_a_query_it_says_what_can_be_found(cast: Cast, client: Client) -> None:
    assert "两个字起" in page(client)


def test_further_pages_keep_query_filters_and_order(cast: Cast, client: Client) -> None:
    announce(ids([public(cast, f"防汛通知{number}") for number in range(25)]))
    shown = page(client, q="防汛", organ="qingxi-education", order="date")
    assert "organ=qingxi-education&amp;order=date&amp;page=2" in shown
    second = page(client, q="防汛", organ="qingxi-education", order="date", page="2")
    assert second.count('class="result-title"') == 5


def test_it_is_never_stored_nor_listed_by_robots_and_sets_no_cookie(cast: Cast, client: Client) -> None:
    response = client.get("/search/", {"q": "通知"})
    assert "no-store" in response["Cache-Control"]
    assert response["X-Robots-Tag"] == "noindex"
    assert not response.cookies


def test_who_searches_without_end_has_to_wait(cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    from gongkai.office.accounts.visitors import Limit

    monkeypatch.setattr("gongkai.office.publishing.views.search.LIMIT", Limit("search", times=2, seconds=60))
    indexed(cast, "防汛通知")
    page(client, q="防汛")
    page(client, q="防汛")
    response = client.get("/search/", {"q": "防汛"})
    assert response.status_code == 429
    assert int(response["Retry-After"]) > 0
    assert "搜索太频繁了" in response.content.decode()


def test_it_asks_the_database_as_often_for_many_results_as_for_few(
    cast: Cast, client: Client, django_assert_max_num_queries: object
) -> None:
    announce(ids([public(cast, f"防汛通知{number}") for number in range(30)]))
    page(client, q="防汛")
    with django_assert_max_num_queries(10):  # type: ignore[operator]
        page(client, q="防汛")
