"""The full-text tables: two FTS5 tables over the pairs of characters, in a SQLite file of their own.

A word is a phrase of its pairs: that is exact, so nothing has to be looked at twice. A row's id is its order: seconds since
1970 and a number within the second, so that the newest come first without sorting. The FTS5 tables keep no texts; what was
entered is kept once, compressed, because SQLite before 3.43 can only take out of them what it is told again.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import islice
from operator import itemgetter

from gongkai.office.publishing.search.entry import Entry
from gongkai.office.publishing.search.fulltext.segments import packed, rows_of, tokens, unpacked
from gongkai.office.publishing.search.splitter import BREAK

FORMAT = 1
"""To be raised when texts are folded or split otherwise, or the tables change: every index is then made anew."""
FULL_TEXT = ("search_head", "search_whole")
SCHEMA = (
    "CREATE TABLE search_entry (key INTEGER PRIMARY KEY, item INTEGER NOT NULL UNIQUE, organ INTEGER NOT NULL, "
    "column_id INTEGER NOT NULL, category TEXT NOT NULL, field TEXT NOT NULL, year INTEGER NOT NULL, "
    "validity TEXT NOT NULL)",
    "CREATE TABLE search_text (key INTEGER PRIMARY KEY, texts BLOB NOT NULL)",
    "CREATE VIRTUAL TABLE search_head USING fts5(title, number, label, tags, content='', columnsize=0, tokenize='ascii')",
    "CREATE VIRTUAL TABLE search_whole USING fts5(whole, tags, content='', columnsize=0, tokenize='ascii')",
    # Segments are merged by `bulk` and `merge`, in steps; FTS5 by itself merges all at once, in the middle of a publication.
    "INSERT INTO search_head (search_head, rank) VALUES ('crisismerge', 500)",
    "INSERT INTO search_whole (search_whole, rank) VALUES ('crisismerge', 500)",
    "INSERT INTO search_head (search_head, rank) VALUES ('usermerge', 8)",
    "INSERT INTO search_whole (search_whole, rank) VALUES ('usermerge', 8)",
)
_PLACES = 64
"""Items that can be published in one second before they run into the next."""
_AT_ONCE = 500

_FIND = (
    "SELECT e.item, e.organ, e.column_id, e.category, e.field, e.year, e.validity FROM {table} "
    "JOIN search_entry e ON e.key = {table}.rowid WHERE {table} MATCH ? ORDER BY {table}.rowid DESC LIMIT ?"
)

_INSERT = {
    "search_head": "INSERT INTO search_head (rowid, title, number, label, tags) VALUES (?, ?, ?, ?, ?)",
    "search_whole": "INSERT INTO search_whole (rowid, whole, tags) VALUES (?, ?, ?)",
}
_DELETE = {
    "search_head": "INSERT INTO search_head (search_head, rowid, title, number, label, tags) "
    "VALUES ('delete', ?, ?, ?, ?, ?)",
    "search_whole": "INSERT INTO search_whole (search_whole, rowid, whole, tags) VALUES ('delete', ?, ?, ?)",
}
KEEP = "INSERT INTO search_text (key, texts) VALUES (?, ?)"


@dataclass(frozen=True, slots=True)
class Prepared:
    """What of an item goes into the full-text tables: its folded texts and tags in one, not yet split into pairs."""

    key: int
    kept: str

    @property
    def tags(self) -> list[str]:
        """What it can be filtered by."""
        return self.kept.rpartition("\0")[2].split()


class Part(Enum):
    """Where the words must stand."""

    WHOLE_NAME = "the title is the words, or one of the numbers is"
    TITLE = "every word stands in the title or a number"
    HEAD = "every word stands in the title, a number, a keyword, the summary or the agency"
    ANYWHERE = "every word stands somewhere"


@dataclass(frozen=True, slots=True)
class Match:
    """An item that was found, and what it can be counted by."""

    item: int
    organ: int
    column: int
    category: str
    field: str
    year: int
    validity: str


class Tables:
    """Search in SQLite's own full-text tables. Changes belong to the transaction around them.

    It gives the answers a plain scan of the folded texts would give.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        self.connection = connection

    def put(self, entries: Sequence[Entry]) -> None:
        """Enter items, each in the place of what was known of it."""
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
            prepared.append(
                Prepared(key, "\0".join((entry.title, entry.number, entry.label, entry.body, " ".join(entry.tags))))
            )
        self.connection.executemany("INSERT INTO search_entry VALUES (?, ?, ?, ?, ?, ?, ?, ?)", rows)
        return prepared

    def write_texts(self, prepared: Sequence[Prepared]) -> None:
        """Enter what was prepared into the full-text tables, and keep it for when it is taken out."""
        self.connection.executemany(KEEP, [(each.key, packed(each.kept)) for each in prepared])
        rows = rows_of((each.key, each.kept) for each in prepared)
        for table, insert in _INSERT.items():
            self.connection.executemany(
                insert, ((key, *map(tokens, texts[:-1]), texts[-1]) for key, texts in rows[table])
            )

    def drop(self, items: Collection[int]) -> None:
        """Forget items; those that are not known don't matter."""
        self._forget(items)

    def merge(self, pages: int, *, begin: bool = False) -> bool:
        """Bring the index a step nearer to its best shape, by about so many pages; False when there is nothing left to do.

        The first step says `begin`. One step after the other, because the whole at once holds others up for minutes.
        """
        before = self.connection.total_changes
        for table in FULL_TEXT:
            self.connection.execute(
                f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", [-pages if begin else pages]
            )
        # FTS5 counts one change for the order itself.
        return self.connection.total_changes - before >= 2 * len(FULL_TEXT)

    def count(self) -> int:
        """How many items are known."""
        return int(self.connection.execute("SELECT count(*) FROM search_entry").fetchone()[0])

    def find(self, wanted: Sequence[str], tags: Sequence[str], part: Part, limit: int) -> list[Match]:
        """The newest items that have every one of the folded words in a part, and every tag; at most `limit`.

        Newest by publication; those of one second in any order.
        """
        table = "search_whole" if part is Part.ANYWHERE else "search_head"
        rows = self.connection.execute(_FIND.format(table=table), [_expression(wanted, tags, part), limit])
        return [Match(*row) for row in rows]

    def _forget(self, items: Collection[int]) -> dict[int, int]:
        """Take items out; gives the key each had."""
        keys: dict[int, int] = {}
        asked = iter(items)
        while some := list(islice(asked, _AT_ONCE)):
            marks = ", ".join(["?"] * len(some))
            rows = self.connection.execute(
                f"SELECT e.item, e.key, t.texts FROM search_entry e JOIN search_text t USING (key) WHERE e.item IN ({marks})",
                some,
            )
            for item, key, texts in rows.fetchall():
                keys[item] = key
                for table, ((_, written),) in rows_of([(key, unpacked(texts))]).items():
                    self.connection.execute(_DELETE[table], [key, *map(tokens, written[:-1]), written[-1]])
                self.connection.execute("DELETE FROM search_text WHERE key = ?", [key])
                self.connection.execute("DELETE FROM search_entry WHERE key = ?", [key])
        return keys

    def _last_keys(self, seconds: Collection[int], taken: Mapping[int, int]) -> dict[int, int]:
        """The last key given out in each of some seconds (if none, the one before the first); `taken` are being entered again."""
        rows = self.connection.execute(
            "SELECT value, (SELECT max(key) FROM search_entry WHERE key BETWEEN value * ? AND value * ? + ?) "
            "FROM json_each(?)",
            [_PLACES, _PLACES, _PLACES - 1, json.dumps(sorted(seconds))],
        )
        return {
            second: max(second * _PLACES - 1 if last is None else last, taken.get(second, -1)) for second, last in rows
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


def _expression(wanted: Sequence[str], tags: Sequence[str], part: Part) -> str:
    """What FTS5 is asked; words and tags consist of characters that need no escaping."""
    if part is Part.WHOLE_NAME:
        phrases: Iterator[str] | list[str] = [f"{BREAK}{''.join(wanted)}{BREAK}"]
    else:
        phrases = list(wanted)
    where = {Part.ANYWHERE: "whole : ", Part.HEAD: "{title number label} : "}.get(part, "{title number} : ")
    return " AND ".join([*(f'{where}"{tokens(phrase)}"' for phrase in phrases), *(f'tags : "{tag}"' for tag in tags)])
