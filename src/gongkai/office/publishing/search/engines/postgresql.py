"""PostgreSQL: the newest rows are looked through; what is rarer is asked of a GIN index over hashed pairs of characters.

GIN knows neither positions nor order. So every candidate is compared with the folded text itself (`strpos`), and the pairs
are hashed together with the number of the stretch of time (`search_stretch`, some ten thousand items each) the item was
published in: one asks stretch by stretch, newest first, and stops when there is enough. A common word is found among the
newest rows before that is needed. Nothing but PostgreSQL itself: no extension, no second store, changed in the transaction
that publishes.
"""

from __future__ import annotations

import zlib
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from gongkai.office.publishing.search.engines.port import Match, Part
from gongkai.office.publishing.search.entry import Entry
from gongkai.office.publishing.search.splitter import BREAK, pairs

_STRETCH = 60_000
"""Items after which a new stretch of time begins: a county has one or two, a million items seventeen."""
_MANY = 500
"""Items at once that make it worth asking whether a new stretch should begin."""
_MASK = 0xFFFFFFFF
_SIGN = 0x80000000

_COLUMNS = "item, organ, column_id, category, field, year, validity, {part}"
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


_OVER_HEADS = _Effort(300, 3_000)
_OVER_TEXTS = _Effort(300, 6_000)


class Postgresql:
    """Search in one table with two GIN indexes."""

    def put(self, entries: Sequence[Entry]) -> None:
        latest = {entry.item: entry for entry in entries}
        with connection.cursor() as cursor:
            if len(latest) >= _MANY:
                _begin_stretch_when_full(cursor)
            stretches = _stretches(cursor, "FOR SHARE")
            self.drop(latest)
            with cursor.copy(_COPY) as copy:
                for entry in latest.values():
                    copy.write_row(_row(entry, _stretch_of(stretches, entry.published_at)))

    def drop(self, items: Collection[int]) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_entry WHERE item = ANY(%s)", [list(items)])

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("TRUNCATE search_entry")
            cursor.execute("DELETE FROM search_stretch WHERE number > 0")
            # Filling an index row by row takes many times as long as making it at the end.
            cursor.execute("DROP INDEX IF EXISTS search_entry_head, search_entry_whole")

    def settle(self) -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
            for name in ("head", "whole"):
                cursor.execute(
                    f"CREATE INDEX IF NOT EXISTS search_entry_{name} ON search_entry USING gin ({name}_grams)"
                )
            cursor.execute(
                "SELECT gin_clean_pending_list('search_entry_head'), gin_clean_pending_list('search_entry_whole')"
            )
            cursor.execute("ANALYZE search_entry")

    def count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_entry")
            return int(cursor.fetchone()[0])

    def find(self, wanted: Sequence[str], tags: Sequence[str], part: Part, limit: int) -> list[Match]:
        asking = _asking(wanted, tags, part)
        with transaction.atomic(), connection.cursor() as cursor:
            # Compiling such a query takes longer than running it.
            cursor.execute("SET LOCAL jit = off")
            found, reached = _among_newest(cursor, asking, limit)
            if reached is not None and len(found) < limit:
                found += _by_index(cursor, asking, reached, limit - len(found))
            return found


@dataclass(frozen=True, slots=True)
class _Asking:
    """A search in SQL: the columns with how well each row matches, what a row must fulfil, and the values of both."""

    columns: str
    column_values: list[Any]
    conditions: str
    values: list[Any]
    grams: Callable[[int], set[int]]
    part: Part

    @property
    def effort(self) -> _Effort:
        return _OVER_TEXTS if self.part is Part.ANYWHERE else _OVER_HEADS

    @property
    def index(self) -> str:
        return "whole_grams" if self.part is Part.ANYWHERE else "head_grams"


def _asking(wanted: Sequence[str], tags: Sequence[str], part: Part) -> _Asking:
    conditions, values = _conditions(wanted, part)
    columns, column_values = _COLUMNS.format(part="NULL"), list[Any]()
    if part is Part.ANYWHERE and wanted:
        cases = []
        for better in (Part.WHOLE_NAME, Part.TITLE, Part.HEAD):
            case, more = _conditions(wanted, better)
            cases.append(f"WHEN {case} THEN '{better.name}'")
            column_values += more
        columns = _COLUMNS.format(part=f"CASE {' '.join(cases)} ELSE 'ANYWHERE' END")
    asked = ["".join(wanted)] if part is Part.WHOLE_NAME else wanted
    return _Asking(
        columns,
        column_values,
        f"tags @> %s::text[] AND {conditions}",
        [list(tags), *values],
        lambda stretch: {gram for word in asked or [""] for gram in _grams(word, tags, stretch)},
        part,
    )


def _among_newest(cursor: Any, asking: _Asking, limit: int) -> tuple[list[Match], tuple[datetime, int] | None]:
    """What there is among the newest rows, and how far they reached; None when there are no more."""
    found: list[Match] = []
    reached: tuple[datetime, int] | None = None
    looked_at, more = 0, asking.effort.first
    while True:
        before, place = _before(reached)
        query = _AMONG_NEWEST.format(columns=asking.columns, before=before, conditions=asking.conditions)
        cursor.execute(query, [*asking.column_values, *place, more, *asking.values, limit - len(found)])
        found += _matches(cursor)
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
        needed = (limit - len(found)) * looked_at * 5 // (4 * len(found)) if found else asking.effort.most
        if looked_at + needed > asking.effort.most:
            return found, reached
        more = max(needed, asking.effort.first)


def _by_index(cursor: Any, asking: _Asking, reached: tuple[datetime, int], limit: int) -> list[Match]:
    """What there is beyond a row, stretch of time by stretch of time."""
    stretches = _stretches(cursor)
    first = _stretch_of(stretches, reached[0])
    grams = [_array(asking.grams(number)) for number in range(first, -1, -1)]
    before, place = _before(reached)
    query = _BY_INDEX.format(columns=asking.columns, index=asking.index, before=before, conditions=asking.conditions)
    cursor.execute(query, [grams, *asking.column_values, *place, *asking.values, limit, limit])
    return _matches(cursor)


def _matches(cursor: Any) -> list[Match]:
    rows: list[tuple[Any, ...]] = cursor.fetchall()
    return [replace(Match(*row[:-1]), part=Part[row[-1]] if row[-1] else None) for row in rows]


def _before(reached: tuple[datetime, int] | None) -> tuple[str, list[Any]]:
    return ("(published_at, item) < (%s, %s)", list(reached)) if reached else ("true", [])


def _conditions(wanted: Sequence[str], part: Part) -> tuple[str, list[Any]]:
    """What a plain scan would ask of a row."""
    if part is Part.WHOLE_NAME:
        name = "".join(wanted)
        return "(title = %s OR strpos(E'\\n' || number || E'\\n', %s) > 0)", [name, f"{BREAK}{name}{BREAK}"]
    fields = {Part.ANYWHERE: ["whole"], Part.TITLE: ["title", "number"]}.get(part, ["title", "number", "label"])
    conditions, values = ["true"], list[Any]()
    for word in wanted:
        conditions.append("(" + " OR ".join(f"strpos({field}, %s) > 0" for field in fields) + ")")
        values += [word] * len(fields)
    return " AND ".join(conditions), values


def _stretches(cursor: Any, lock: str = "") -> list[datetime]:
    """When each stretch of time after the first begins, in order."""
    cursor.execute(f"SELECT begins FROM search_stretch WHERE number > 0 ORDER BY number {lock}")
    return [begins for (begins,) in cursor.fetchall()]


def _stretch_of(stretches: Sequence[datetime], published_at: datetime) -> int:
    return bisect_right(stretches, published_at)


def _begin_stretch_when_full(cursor: Any) -> None:
    """Let a new stretch begin after everything there is, when the last one is full.

    Whoever enters items holds a lock on the stretches until the end; so none can be on its way that is later than the latest.
    """
    cursor.execute("LOCK TABLE search_stretch IN EXCLUSIVE MODE")
    cursor.execute(
        "INSERT INTO search_stretch (number, begins) SELECT max(stretch.number) + 1, "
        "(SELECT max(published_at) FROM search_entry) + interval '1 microsecond' FROM search_stretch stretch "
        "HAVING (SELECT count(*) FROM search_entry WHERE published_at >= coalesce(max(stretch.begins), '-infinity')) >= %s",
        [_STRETCH],
    )


def _row(entry: Entry, stretch: int) -> tuple[object, ...]:
    return (
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
        _array(_grams(entry.head, entry.tags, stretch)),
        _array(_grams(entry.whole, entry.tags, stretch)),
    )


class _Hashes(dict[str, int]):
    """The hash of a pair of characters or a tag: 32 bits, signed. A clash costs a comparison, never an answer."""

    def __missing__(self, pair: str) -> int:
        if len(self) > 500_000:
            self.clear()
        self[pair] = made = _signed(zlib.crc32(pair.encode()))
        return made


_HASHES = _Hashes()


def _grams(folded: str, tags: Iterable[str], stretch: int) -> set[int]:
    mixed = _signed(stretch * 0x9E3779B1 & _MASK)
    return {_HASHES[each] ^ mixed for each in {*pairs(folded), *tags}}


def _signed(number: int) -> int:
    return number - (1 << 32) if number & _SIGN else number


def _array(values: Iterable[object]) -> str:
    """An array as PostgreSQL writes it; of numbers and tags, which need no quotes."""
    return f"{{{','.join(map(str, values))}}}"
