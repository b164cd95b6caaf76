"""PostgreSQL's way beyond the newest rows, which few rows would never take."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import given
from hypothesis import strategies as st

from gongkai.office.publishing.search.engines import postgresql
from gongkai.office.publishing.search.engines.port import Part
from gongkai.office.publishing.search.entry import Entry
from gongkai.office.publishing.search.splitter import words
from tests.office.cast import NOW
from tests.office.publishing.search.test_engine import ON_ONE_DATABASE, QUERIES, entry, known_items, scan


@pytest.fixture(autouse=True)
def _hardly_any_rows_are_looked_through(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the tests run on SQLite; DATABASE_URL names a PostgreSQL")
    for name in ("_OVER_HEADS", "_OVER_TEXTS"):
        monkeypatch.setattr(postgresql, name, postgresql._Effort(1, 2))
    # … and a new stretch of time begins with nearly every item.
    monkeypatch.setattr(postgresql, "_MANY", 1)
    monkeypatch.setattr(postgresql, "_STRETCH", 3)


@pytest.mark.parametrize("part", [Part.ANYWHERE, Part.HEAD, Part.TITLE])
@given(entries=known_items(), query=QUERIES, tags=st.sampled_from([(), ("organ1",)]))
@ON_ONE_DATABASE
def test_the_index_finds_what_a_scan_finds(part: Part, entries: list[Entry], query: str, tags: tuple[str, ...]) -> None:
    searching = postgresql.Postgresql()
    searching.clear()
    for each in entries:
        searching.put([each])
    wanted = words(query).wanted
    if wanted or tags:
        found = [match.item for match in searching.find(wanted, tags, part, 100)]
        assert set(found) == scan(entries, wanted, tags, part)
        assert len(found) == len(set(found))


def test_it_tells_the_best_part_in_which_an_item_matches() -> None:
    searching = postgresql.Postgresql()
    for each in (
        entry("公开指南", item=1),
        entry("公开指南说明", item=2),
        Entry(3, NOW, 1, 1, "", "", 2024, "", (), "通知", "", "公开指南", ""),
        Entry(4, NOW, 1, 1, "", "", 2024, "", (), "通知", "", "", "公开指南"),
    ):
        searching.put([each])
    found = {match.item: match.part for match in searching.find(("公开指南",), (), Part.ANYWHERE, 9)}
    assert found == {1: Part.WHOLE_NAME, 2: Part.TITLE, 3: Part.HEAD, 4: Part.ANYWHERE}


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_the_newest_come_first_across_stretches_of_time(limit: int) -> None:
    searching = postgresql.Postgresql()
    entries = [entry("公开指南" if item % 2 else "通知", item=item, minutes=-item * 20_000) for item in range(1, 20)]
    for each in reversed(entries):
        searching.put([each])
    with connection.cursor() as cursor:
        assert len(postgresql._stretches(cursor)) > 4
    for part in (Part.ANYWHERE, Part.TITLE, Part.WHOLE_NAME):
        found = [match.item for match in searching.find(("公开指南",), ("organ1",), part, limit)]
        assert found == [item for item in range(1, 20) if item % 2][:limit]
    assert searching.find(("开指",), (), Part.ANYWHERE, limit)[0].item == 1
    assert entries[0].published_at == NOW - timedelta(minutes=20_000)
