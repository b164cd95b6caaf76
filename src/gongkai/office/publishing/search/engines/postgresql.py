"""PostgreSQL: the newest rows are looked through; what is rarer is asked of a GIN index over hashed pairs of characters.

GIN knows neither positions nor order. So every candidate is compared with the folded text itself (`strpos`), and the pairs
are hashed together with the stretch of time (`bucket`) the item was published in: one asks stretch by stretch, newest
first, and stops when there is enough. A common word is found among the newest rows before that is needed. Nothing but
PostgreSQL itself: no extension, no second store, changed in the transaction that publishes.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from gongkai.office.publishing.search.engines.port import Match, Part
from gongkai.office.publishing.search.entry import Entry
from gongkai.office.publishing.search.splitter import BREAK, pairs

_BUCKET_MINUTES = 65_536
"""About six weeks: some ten thousand items of a million in ten years, some hundred of a county."""
_MASK = 0xFFFFFFFF
_SIGN = 0x80000000

_COLUMNS = "item, organ, column_id, category, field, year, validity"
_COPY = (
    "COPY search_entry (item, published_at, organ, column_id, category, field, year, validity, tags, title, number, "
    "label, whole, head_grams, whole_grams) FROM STDIN"
)
_AMONG_NEWEST = """
SELECT {columns} FROM (
    SELECT * FROM search_entry WHERE {before} ORDER BY published_at DESC, item DESC LIMIT %s
) newest WHERE {conditions} ORDER BY published_at DESC, item DESC LIMIT %s
"""
_BY_INDEX = """
SELECT hit.* FROM unnest(%s::text[]) WITH ORDINALITY AS stretch (grams, place), LATERAL (
    SELECT {columns} FROM (
        SELECT * FROM search_entry WHERE {index} @> stretch.grams::int4[] OFFSET 0
    ) candidate WHERE {before} AND {conditions} ORDER BY published_at DESC, item DESC LIMIT %s
) hit LIMIT %s
"""


@dataclass(frozen=True, slots=True)
class _Effort:
    """How many of the newest rows are looked through first, and how many at most, before the index is asked."""

    first: int
    most: int


_OVER_HEADS = _Effort(1000, 20_000)
_OVER_TEXTS = _Effort(300, 6_000)


class Postgresql:
    """Search in one table with two GIN indexes."""

    def put(self, entries: Sequence[Entry]) -> None:
        latest = {entry.item: entry for entry in entries}
        self.drop(latest)
        with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
            for entry in latest.values():
                bucket = _bucket(entry.published_at)
                copy.write_row(
                    (
                        entry.item,
                        entry.published_at,
                        entry.organ,
                        entry.column,
                        entry.category,
                        entry.field,
                        entry.year,
                        entry.validity,
                        _array(entry.tags),
                        entry.title,
                        entry.number,
                        entry.label,
                        entry.whole,
                        _array(_grams(entry.head, entry.tags, bucket)),
                        _array(_grams(entry.whole, entry.tags, bucket)),
                    )
                )

    def drop(self, items: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_entry WHERE item = ANY(%s)", [list(items)])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE search_entry")

    def settle(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT gin_clean_pending_list('search_entry_head'), gin_clean_pending_list('search_entry_whole')"
            )
            cursor.execute("ANALYZE search_entry")

    def count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_entry")
            return int(cursor.fetchone()[0])

    def find(self, wanted: Sequence[str], tags: Sequence[str], part: Part, limit: int) -> list[Match]:
        conditions, values = _conditions(wanted, tags, part)
        with transaction.atomic(), connection.cursor() as cursor:
            # Compiling such a query takes longer than running it.
            cursor.execute("SET LOCAL jit = off")
            found, reached = self._among_newest(cursor, conditions, values, _effort(part), limit)
            if reached is None or len(found) >= limit:
                return found
            return found + self._by_index(cursor, conditions, values, wanted, tags, part, reached, limit - len(found))

    def _among_newest(
        self, cursor: Any, conditions: str, values: list[Any], effort: _Effort, limit: int
    ) -> tuple[list[Match], tuple[datetime, int] | None]:
        """What there is among the newest rows, and how far they reached; None when there are no more."""
        found: list[Match] = []
        reached: tuple[datetime, int] | None = None
        looked_at, more = 0, effort.first
        while True:
            before, place = _before(reached)
            query = _AMONG_NEWEST.format(columns=_COLUMNS, before=before, conditions=conditions)
            cursor.execute(query, [*place, more, *values, limit - len(found)])
            found += [Match(*row) for row in cursor.fetchall()]
            if len(found) >= limit:
                return found, reached
            cursor.execute(
                f"SELECT published_at, item FROM search_entry WHERE {before} ORDER BY published_at DESC, item DESC "
                "LIMIT 1 OFFSET %s",
                [*place, more - 1],
            )
            reached = cursor.fetchone()
            looked_at += more
            if reached is None:
                return found, None
            # As many rows again as should hold what is still missing, if that is fewer than one is ready to look through.
            needed = (limit - len(found)) * looked_at * 5 // (4 * len(found)) if found else effort.most
            if looked_at + needed > effort.most:
                return found, reached
            more = max(needed, effort.first)

    def _by_index(
        self,
        cursor: Any,
        conditions: str,
        values: list[Any],
        wanted: Sequence[str],
        tags: Sequence[str],
        part: Part,
        reached: tuple[datetime, int],
        limit: int,
    ) -> list[Match]:
        """What there is beyond a row, stretch of time by stretch of time."""
        cursor.execute("SELECT min(published_at) FROM search_entry")
        oldest = _bucket(cursor.fetchone()[0])
        asked = ["".join(wanted)] if part is Part.WHOLE_NAME else wanted
        stretches = [
            _array({gram for word in asked or [""] for gram in _grams(word, tags, bucket)})
            for bucket in range(_bucket(reached[0]), oldest - 1, -1)
        ]
        before, place = _before(reached)
        index = "whole_grams" if part is Part.ANYWHERE else "head_grams"
        query = _BY_INDEX.format(columns=_COLUMNS, index=index, before=before, conditions=conditions)
        cursor.execute(query, [stretches, *place, *values, limit, limit])
        return [Match(*row) for row in cursor.fetchall()]


def _effort(part: Part) -> _Effort:
    return _OVER_TEXTS if part is Part.ANYWHERE else _OVER_HEADS


def _before(reached: tuple[datetime, int] | None) -> tuple[str, list[Any]]:
    return ("(published_at, item) < (%s, %s)", list(reached)) if reached else ("true", [])


def _conditions(wanted: Sequence[str], tags: Sequence[str], part: Part) -> tuple[str, list[Any]]:
    """What a plain scan would ask of a row."""
    conditions = ["tags @> %s::text[]"]
    values: list[Any] = [list(tags)]
    if part is Part.WHOLE_NAME:
        name = "".join(wanted)
        conditions.append("(title = %s OR strpos(E'\\n' || number || E'\\n', %s) > 0)")
        return " AND ".join(conditions), [*values, name, f"{BREAK}{name}{BREAK}"]
    fields = {Part.ANYWHERE: ["whole"], Part.TITLE: ["title", "number"]}.get(part, ["title", "number", "label"])
    for word in wanted:
        conditions.append("(" + " OR ".join(f"strpos({field}, %s) > 0" for field in fields) + ")")
        values += [word] * len(fields)
    return " AND ".join(conditions), values


def _bucket(published_at: datetime) -> int:
    return int(published_at.timestamp()) // 60 // _BUCKET_MINUTES


class _Hashes(dict[str, int]):
    """The hash of a pair of characters or a tag: 32 bits, signed. A clash costs a comparison, never an answer."""

    def __missing__(self, pair: str) -> int:
        if len(self) > 500_000:
            self.clear()
        self[pair] = made = _signed(zlib.crc32(pair.encode()))
        return made


_HASHES = _Hashes()


def _grams(folded: str, tags: Iterable[str], bucket: int) -> set[int]:
    mixed = _signed(bucket * 0x9E3779B1 & _MASK)
    return {_HASHES[each] ^ mixed for each in {*pairs(folded), *tags}}


def _signed(number: int) -> int:
    return number - (1 << 32) if number & _SIGN else number


def _array(values: Iterable[object]) -> str:
    """An array as PostgreSQL writes it; of numbers and tags, which need no quotes."""
    return f"{{{','.join(map(str, values))}}}"
