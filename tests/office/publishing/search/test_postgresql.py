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


@pytest.mark.parametrize("part", [Part.ANYWHERE, Part.HEAD, Part.TITLE])
@given(entries=known_items(), query=QUERIES, tags=st.sampled_from([(), ("organ1",)]))
@ON_ONE_DATABASE
def test_the_index_finds_what_a_scan_finds(part: Part, entries: list[Entry], query: str, tags: tuple[str, ...]) -> None:
    searching = postgresql.Postgresql()
    searching.clear()
    searching.put(entries)
    wanted = words(query).wanted
    if wanted or tags:
        found = [match.item for match in searching.find(wanted, tags, part, 100)]
        assert set(found) == scan(entries, wanted, tags, part)
        assert len(found) == len(set(found))


@pytest.mark.parametrize("limit", [1, 3, 7, 100])
def test_the_newest_come_first_across_stretches_of_time(limit: int) -> None:
    searching = postgresql.Postgresql()
    entries = [entry("公开指南" if item % 2 else "通知", item=item, minutes=-item * 20_000) for item in range(1, 20)]
    searching.put(entries)
    for part in (Part.ANYWHERE, Part.TITLE, Part.WHOLE_NAME):
        found = [match.item for match in searching.find(("公开指南",), ("organ1",), part, limit)]
        assert found == [item for item in range(1, 20) if item % 2][:limit]
    assert searching.find(("开指",), (), Part.ANYWHERE, limit)[0].item == 1
    assert entries[0].published_at == NOW - timedelta(minutes=20_000)
