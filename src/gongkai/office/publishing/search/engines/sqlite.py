"""SQLite: two FTS5 tables over the pairs of characters, in the database itself.

A word is a phrase of its pairs: that is exact, so nothing has to be looked at twice. A row's id is its order: seconds since
1970 and a number within the second, so that the newest come first without sorting. The FTS5 tables keep no texts; what was
entered is kept once, compressed, because SQLite before 3.43 can only take out of them what it is told again.
"""

from __future__ import annotations

import sys
import zlib
from array import array
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import islice
from operator import itemgetter

from django.db import connection

from gongkai.office.publishing.search.engines.port import Match, Part
from gongkai.office.publishing.search.entry import Entry
from gongkai.office.publishing.search.splitter import BREAK

_PLACES = 64
"""Items that can be published in one second before they run into the next."""
_SEPARATORS = ((BREAK, "¶"), (" ", "·"), (".", "•"))
"""FTS5's `ascii` tokenizer parts words at what is ASCII and no letter or digit; everything else is part of a word."""
_AT_ONCE = 500
_UTF32 = f"utf-32-{sys.byteorder[0]}e"
_SPACE = (ord(" "),)

_FIND = (
    "SELECT e.item, e.organ, e.column_id, e.category, e.field, e.year, e.validity FROM {table} "
    "JOIN search_entry e ON e.key = {table}.rowid WHERE {table} MATCH %s ORDER BY {table}.rowid DESC LIMIT %s"
)


class Sqlite:
    """Search in SQLite's own full-text tables."""

    def put(self, entries: Sequence[Entry]) -> None:
        keys = self._forget([entry.item for entry in entries])
        rows, texts = [], []
        heads: list[tuple[int | str, ...]] = []
        wholes: list[tuple[int | str, ...]] = []
        taken: dict[int, int] = {}
        for key in keys.values():
            taken[key // _PLACES] = max(key, taken.get(key // _PLACES, -1))
        fresh: dict[int, int] = {}
        placed = []
        for entry in sorted(entries, key=lambda each: (each.published_at, each.item)):
            second = max(0, int(entry.published_at.timestamp()))
            key = keys.get(entry.item, -1)
            if key // _PLACES != second:
                key = self._free(second, fresh, taken)
            placed.append((key, entry))
        # FTS5 begins a new segment whenever a row is not after the one before.
        for key, entry in sorted(placed, key=itemgetter(0)):
            rows.append(
                (key, entry.item, entry.organ, entry.column, entry.category, entry.field, entry.year, entry.validity)
            )
            written = (entry.title, entry.number, entry.label, entry.body, " ".join(entry.tags))
            texts.append((key, zlib.compress("\0".join(written).encode(), 1)))
            head, whole = _split(*written)
            heads.append((key, *head))
            wholes.append((key, *whole))
        with connection.cursor() as cursor:
            cursor.executemany("INSERT INTO search_entry VALUES (%s, %s, %s, %s, %s, %s, %s, %s)", rows)
            cursor.executemany("INSERT INTO search_text VALUES (%s, %s)", texts)
            cursor.executemany(
                "INSERT INTO search_head (rowid, title, number, label, tags) VALUES (%s, %s, %s, %s, %s)", heads
            )
            cursor.executemany("INSERT INTO search_whole (rowid, whole, tags) VALUES (%s, %s, %s)", wholes)

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
                    head, whole = _split(*zlib.decompress(texts).decode().split("\0"))
                    cursor.execute(
                        "INSERT INTO search_head (search_head, rowid, title, number, label, tags) "
                        "VALUES ('delete', %s, %s, %s, %s, %s)",
                        [key, *head],
                    )
                    cursor.execute(
                        "INSERT INTO search_whole (search_whole, rowid, whole, tags) VALUES ('delete', %s, %s, %s)",
                        [key, *whole],
                    )
                    cursor.execute("DELETE FROM search_text WHERE key = %s", [key])
                    cursor.execute("DELETE FROM search_entry WHERE key = %s", [key])
        return keys

    def _free(self, second: int, given: dict[int, int], taken: Mapping[int, int]) -> int:
        """A free key in a second, or in the first one after it that has one.

        `given` remembers the last key given out in each second; `taken` has the last ones that are being entered again.
        """
        while True:
            first, last = second * _PLACES, second * _PLACES + _PLACES - 1
            if second not in given:
                with connection.cursor() as cursor:
                    cursor.execute("SELECT max(key) FROM search_entry WHERE key BETWEEN %s AND %s", [first, last])
                    known = cursor.fetchone()[0]
                given[second] = max(first - 1 if known is None else known, taken.get(second, -1))
            if given[second] < last:
                given[second] += 1
                return given[second]
            second += 1


def _split(title: str, number: str, label: str, body: str, tags: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The columns of both FTS5 tables. A field begins and ends with a break, so that a whole one can be asked for."""
    head = [f"{BREAK}{field}{BREAK}" for field in (title, number, label)]
    whole = BREAK.join((title, number, label, body))
    return (*map(_tokens, head), tags), (_tokens(whole), tags)


def _tokens(folded: str) -> str:
    """The pairs of a folded text (`splitter.pairs`), parted by spaces.

    >>> _tokens("公开 a1")
    '公开 开· ·a a1'
    """
    for separator, letter in _SEPARATORS:
        folded = folded.replace(separator, letter)
    if len(folded) < 2:
        return ""
    # Laid out by stride in arrays of characters: ten times as fast as joining pairs, which an import notices.
    letters = array("I", folded.encode(_UTF32))
    laid = array("I", _SPACE) * (3 * (len(letters) - 1) - 1)
    laid[0::3], laid[1::3] = letters[:-1], letters[1:]
    return laid.tobytes().decode(_UTF32)


def _expression(wanted: Sequence[str], tags: Sequence[str], part: Part) -> str:
    """What FTS5 is asked; words and tags consist of characters that need no escaping."""
    if part is Part.WHOLE_NAME:
        phrases: Iterator[str] | list[str] = [f"{BREAK}{''.join(wanted)}{BREAK}"]
    else:
        phrases = list(wanted)
    where = {Part.ANYWHERE: "whole : ", Part.HEAD: "{title number label} : "}.get(part, "{title number} : ")
    return " AND ".join([*(f'{where}"{_tokens(phrase)}"' for phrase in phrases), *(f'tags : "{tag}"' for tag in tags)])
