"""SQLite: two FTS5 tables over the pairs of characters, in the database itself.

A word is a phrase of its pairs: that is exact, so nothing has to be looked at twice. A row's id is its order: seconds since
1970 and a number within the second, so that the newest come first without sorting. The FTS5 tables keep no texts; what was
entered is kept once, compressed, because SQLite before 3.43 can only take out of them what it is told again.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from operator import itemgetter

from django.db import connection

from gongkai.office.publishing.search.engines.port import Match, Part
from gongkai.office.publishing.search.engines.segments import packed, tokens, unpacked
from gongkai.office.publishing.search.entry import Entry
from gongkai.office.publishing.search.splitter import BREAK

_PLACES = 64
"""Items that can be published in one second before they run into the next."""
_AT_ONCE = 500

_FIND = (
    "SELECT e.item, e.organ, e.column_id, e.category, e.field, e.year, e.validity FROM {table} "
    "JOIN search_entry e ON e.key = {table}.rowid WHERE {table} MATCH %s ORDER BY {table}.rowid DESC LIMIT %s"
)

KEEP = "INSERT INTO search_text (key, texts) VALUES (%s, %s)"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What of an item goes into the full-text tables: folded texts, not yet split into pairs; `kept` is all of them."""

    key: int
    kept: str
    head: tuple[str, str, str]
    whole: str
    tags: str


class Sqlite:
    """Search in SQLite's own full-text tables."""

    def put(self, entries: Sequence[Entry]) -> None:
        self.write_texts(self.prepare(entries))

    def prepare(self, entries: Sequence[Entry]) -> list[Prepared]:
        """Write what is known of items but for the full-text tables; gives what goes into those, in the order of the keys."""
        keys = self._forget([entry.item for entry in entries])
        taken: dict[int, int] = {}
        for key in keys.values():
            taken[key // _PLACES] = max(key, taken.get(key // _PLACES, -1))
        fresh = self._last_keys({_second(entry) for entry in entries}, taken)
        placed = []
        for entry in sorted(entries, key=lambda each: (each.published_at, each.item)):
            second = _second(entry)
            key = keys.get(entry.item, -1)
            if key // _PLACES != second:
                key = self._free(second, fresh, taken)
            placed.append((key, entry))
        rows, prepared = [], []
        # FTS5 begins a new segment whenever a row is not after the one before.
        for key, entry in sorted(placed, key=itemgetter(0)):
            rows.append(
                (key, entry.item, entry.organ, entry.column, entry.category, entry.field, entry.year, entry.validity)
            )
            written = (entry.title, entry.number, entry.label, entry.body, " ".join(entry.tags))
            prepared.append(Prepared(key, "\0".join(written), *_columns(*written)))
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO search_entry VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", rows)
        return prepared

    def write_texts(self, prepared: Sequence[Prepared]) -> None:
        """Enter what was prepared into the full-text tables, and keep it for when it is taken out."""
        with connection.cursor() as cursor:
            cursor.executemany(KEEP, [(each.key, packed(each.kept)) for each in prepared])
            cursor.executemany(
                "INSERT INTO search_head (rowid, title, number, label, tags) VALUES (%s, %s, %s, %s, %s)",
                [(each.key, *map(tokens, each.head), each.tags) for each in prepared],
            )
            cursor.executemany(
                "INSERT INTO search_whole (rowid, whole, tags) VALUES (%s, %s, %s)",
                [(each.key, tokens(each.whole), each.tags) for each in prepared],
            )

    def drop(self, items: Collection[int]) -> None:
        self._forget(items)

    def clear(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("DELETE FROM search_entry")
            cursor.execute("DELETE FROM search_text")
            cursor.execute("INSERT INTO search_head (search_head) VALUES ('delete-all')")
            cursor.execute("INSERT INTO search_whole (search_whole) VALUES ('delete-all')")

    def settle(self) -> None:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO search_head (search_head) VALUES ('optimize')")
            cursor.execute("INSERT INTO search_whole (search_whole) VALUES ('optimize')")

    def count(self) -> int:
        with connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM search_entry")
            return int(cursor.fetchone()[0])

    def find(self, wanted: Sequence[str], tags: Sequence[str], part: Part, limit: int) -> list[Match]:
        table = "search_whole" if part is Part.ANYWHERE else "search_head"
        with connection.cursor() as cursor:
            cursor.execute(_FIND.format(table=table), [_expression(wanted, tags, part), limit])
            return [Match(*row) for row in cursor.fetchall()]

    def _forget(self, items: Collection[int]) -> dict[int, int]:
        """Take items out; gives the key each had."""
        keys: dict[int, int] = {}
        asked = iter(items)
        with connection.cursor() as cursor:
            while some := list(islice(asked, _AT_ONCE)):
                marks = ", ".join(["%s"] * len(some))
                cursor.execute(
                    f"SELECT e.item, e.key, t.texts FROM search_entry e JOIN search_text t USING (key) WHERE e.item IN ({marks})",
                    some,
                )
                for item, key, texts in cursor.fetchall():
                    keys[item] = key
                    head, whole, tags = _columns(*unpacked(texts).split("\0"))
                    cursor.execute(
                        "INSERT INTO search_head (search_head, rowid, title, number, label, tags) "
                        "VALUES ('delete', %s, %s, %s, %s, %s)",
                        [key, *map(tokens, head), tags],
                    )
                    cursor.execute(
                        "INSERT INTO search_whole (search_whole, rowid, whole, tags) VALUES ('delete', %s, %s, %s)",
                        [key, tokens(whole), tags],
                    )
                    cursor.execute("DELETE FROM search_text WHERE key = %s", [key])
                    cursor.execute("DELETE FROM search_entry WHERE key = %s", [key])
        return keys

    def _last_keys(self, seconds: Collection[int], taken: Mapping[int, int]) -> dict[int, int]:
        """The last key given out in each of some seconds (if none, the one before the first); `taken` are being entered again."""
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT value, (SELECT max(key) FROM search_entry WHERE key BETWEEN value * %s AND value * %s + %s) "
                "FROM json_each(%s)",
                [_PLACES, _PLACES, _PLACES - 1, json.dumps(sorted(seconds))],
            )
            return {
                second: max(second * _PLACES - 1 if last is None else last, taken.get(second, -1))
                for second, last in cursor.fetchall()
            }

    def _free(self, second: int, given: dict[int, int], taken: Mapping[int, int]) -> int:
        """A free key in a second, or in the first one after it that has one; `given` remembers the last of each second."""
        while True:
            if second not in given:
                given |= self._last_keys([second], taken)
            if given[second] < second * _PLACES + _PLACES - 1:
                given[second] += 1
                return given[second]
            second += 1


def _second(entry: Entry) -> int:
    return max(0, int(entry.published_at.timestamp()))


def _columns(title: str, number: str, label: str, body: str, tags: str) -> tuple[tuple[str, str, str], str, str]:
    """The columns of both FTS5 tables. A field begins and ends with a break, so that a whole one can be asked for."""
    head = (f"{BREAK}{title}{BREAK}", f"{BREAK}{number}{BREAK}", f"{BREAK}{label}{BREAK}")
    return head, BREAK.join((title, number, label, body)), tags


def _expression(wanted: Sequence[str], tags: Sequence[str], part: Part) -> str:
    """What FTS5 is asked; words and tags consist of characters that need no escaping."""
    if part is Part.WHOLE_NAME:
        phrases: Iterator[str] | list[str] = [f"{BREAK}{''.join(wanted)}{BREAK}"]
    else:
        phrases = list(wanted)
    where = {Part.ANYWHERE: "whole : ", Part.HEAD: "{title number label} : "}.get(part, "{title number} : ")
    return " AND ".join([*(f'{where}"{tokens(phrase)}"' for phrase in phrases), *(f'tags : "{tag}"' for tag in tags)])
