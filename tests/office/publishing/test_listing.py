"""Lists cost the same however long they are, and lose nothing on the way through their pages."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import QuerySet
from django.test.utils import CaptureQueriesContext

from gongkai.office.publishing import listing
from gongkai.office.publishing.listing import NoSuchPage, count_up_to, latest, of_year, page_of, years_of
from gongkai.office.publishing.models import Column, Item
from gongkai.office.publishing.queries import in_category, in_column, in_field, of_organ, public_items
from tests.office.cast import NOW, Cast

WAYS = {
    "public_by_date": lambda cast: public_items(),
    "public_by_column": lambda cast: in_column(cast.column),
    "public_by_organ": lambda cast: of_organ(cast.water),
    "public_by_art20": lambda cast: in_category("fees"),
    "public_by_field": lambda cast: in_field("taxation"),
}


@pytest.fixture
def items(cast: Cast) -> list[Item]:
    """45 public items, one a day into the past, two of each published in the same moment."""
    return Item.objects.bulk_create(
        Item(
            organ=cast.water,
            column=cast.column,
            title=f"第{number}条",
            index_number=f"X-{number}",
            content_hash="a" * 64,
            art20_category="fees",
            grassroots_field="taxation",
            created_at=NOW,
            published_at=NOW - timedelta(days=10 * (number // 2)),
        )
        for number in range(45)
    )


def test_the_pages_of_a_list_hold_each_item_once_and_newest_first(items: list[Item]) -> None:
    pages = [page_of(public_items(), number) for number in (1, 2, 3)]
    shown = [item.pk for page in pages for item in page.items]
    assert shown == list(public_items().values_list("pk", flat=True))
    assert len(set(shown)) == 45
    assert [page.total for page in pages] == [45, 45, 45]
    assert pages[0].last == 3


@pytest.mark.parametrize("number", [0, -1, 4, listing.LAST_PAGE + 1])
def test_a_page_that_is_not_there_is_told(items: list[Item], number: int) -> None:
    with pytest.raises(NoSuchPage):
        page_of(public_items(), number)


def test_the_first_page_of_an_empty_list_is_there(cast: Cast) -> None:
    page = page_of(public_items(), 1)
    assert (page.items, page.total, page.last, page.is_more) == ([], 0, 1, False)


def test_beyond_what_is_counted_a_list_says_that_it_goes_on(items: list[Item], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(listing, "COUNTED", 40)
    page = page_of(public_items(), 2)
    assert (page.total, page.is_more, page.last) == (40, True, 2)


def test_a_page_costs_three_queries_however_many_agencies_it_names(items: list[Item]) -> None:
    with CaptureQueriesContext(
        connection,
    ) as queries:
        page = page_of(public_items(), 1)
        assert {(item.organ.name, item.column.name, item.title != "") for item in page.items}
    assert len(queries) == 3


def test_years_are_those_of_the_sites_clock(items: list[Item]) -> None:
    assert years_of(public_items()) == [2024, 2023]
    last_moment = Item.objects.order_by("published_at").first()
    assert last_moment is not None
    # Half past midnight on New Year's Day in Beijing is still the old year by UTC.
    last_moment.published_at = NOW.replace(year=2022, month=12, day=31, hour=16, minute=30)
    last_moment.save()
    assert years_of(public_items()) == [2024, 2023]
    assert last_moment in of_year(public_items(), 2023)
    assert sum(of_year(public_items(), year).count() for year in (2024, 2023)) == 45


@pytest.mark.parametrize("index", WAYS)
def test_every_list_is_read_from_an_index_without_sorting(cast: Cast, items: list[Item], index: str) -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL reads small tables whole; its plan says nothing here")
    plan = WAYS[index](cast).values_list("pk", flat=True)[:20].explain()
    assert index in plan
    assert "TEMP B-TREE" not in plan
    assert "COVERING" in plan, "rows that are stepped over must not be read"
    assert index in _ascending(WAYS[index](cast)).explain()


def test_the_total_is_counted_on_an_index_and_no_further_than_needed(cast: Cast, items: list[Item]) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert count_up_to(in_column(cast.column), 30) == 30
    assert "LIMIT 30" in queries[0]["sql"]


def test_a_topic_also_lists_what_is_filed_elsewhere(cast: Cast, items: list[Item]) -> None:
    topic = Column.objects.create(code="t", name="专栏", kind=Column.Kind.TOPIC, path="0002.")
    items[3].topics.add(topic)
    items[9].topics.add(topic)
    assert latest(in_column(topic), 5) == [items[3], items[9]]


def test_what_is_withdrawn_is_in_no_list(cast: Cast, items: list[Item]) -> None:
    items[0].withdrawn_at, items[0].withdrawn_reason = NOW, "有误"
    items[0].save()
    for way in WAYS.values():
        assert items[0] not in way(cast)


def _ascending(items: QuerySet[Item]) -> QuerySet[Item]:
    return items.reverse().values_list("published_at", flat=True)[:1]
