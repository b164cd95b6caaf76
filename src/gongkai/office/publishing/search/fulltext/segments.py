"""Finished pieces of an FTS5 index, made in a process of their own while the rows are prepared.

An FTS5 table is a list of sorted segments. A segment that was made in one table is valid in any table of the same columns
and settings: its pages name no table and no number of their own. So a second process enters texts into a table in memory,
hands over the pages of the one segment that results, and `bulk.py` lays them into the index. Nothing but
the standard library here: the process runs this file alone and starts in a tenth of a second.

The layout: https://www.sqlite.org/fts5.html and the head of `fts5_index.c`; it is a file format and has not changed since
FTS5 exists. What a test or a newer SQLite would contradict is refused (`UnknownLayout`), and the caller enters row by row.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import sys
import zlib
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO

AVERAGES, STRUCTURE = 1, 10
"""The rows of a `…_data` table that hold the totals and the list of segments."""
SEGMENT_SHIFT = 37
"""A page's id is its segment's number, shifted by this, and its place."""
MOST_SEGMENTS = 2000
SEPARATORS = (("\n", "¶"), (" ", "·"), (".", "•"))
"""FTS5's `ascii` tokenizer parts words at what is ASCII and no letter or digit; everything else is part of a word."""
_BREAK = "\n"
_UTF32 = f"utf-32-{sys.byteorder[0]}e"
_SPACE = (ord(" "),)
_UNIT = 100
"""Rows FTS5 gathers before it makes a small segment: with more, its hash table does not fit the processor's cache."""

Rows = Sequence[tuple[int, tuple[str, ...]]]
"""Row ids in ascending order, each with the texts of the columns; the last column, the tags, is not split into pairs."""


class UnknownLayout(Exception):
    """The index is laid out in a way this file does not know."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A segment: its pages from `first` to `last` (with the ids they have in segment 0), the index into them, and what it
    adds to the totals of the table (rows, then tokens by column)."""

    first: int
    last: int
    totals: tuple[int, ...]
    pages: list[tuple[int, bytes]]
    terms: list[tuple[bytes, int]]


@dataclass(frozen=True, slots=True)
class Structure:
    """The list of segments of a table: by level, from the newest; each as number, first and last page."""

    cookie: bytes
    written: int
    levels: tuple[tuple[int, tuple[tuple[int, int, int], ...]], ...]

    @classmethod
    def read(cls, block: bytes) -> Structure:
        """Errors: UnknownLayout."""
        try:
            numbers, at = [], 4
            while at < len(block):
                number, at = _varint(block, at)
                numbers.append(number)
            given = iter(numbers)
            level_count, segment_count, written = next(given), next(given), next(given)
            levels = []
            for _ in range(level_count):
                merging, count = next(given), next(given)
                levels.append((merging, tuple((next(given), next(given), next(given)) for _ in range(count))))
        except (IndexError, StopIteration, RuntimeError) as error:
            raise UnknownLayout("structure") from error
        if next(given, None) is not None or segment_count != sum(len(segments) for _, segments in levels):
            raise UnknownLayout("structure")
        return cls(block[:4], written, tuple(levels))

    def write(self) -> bytes:
        """The same as FTS5 keeps it."""
        numbers = [len(self.levels), sum(len(segments) for _, segments in self.levels), self.written]
        for merging, segments in self.levels:
            numbers += [merging, len(segments), *(number for segment in segments for number in segment)]
        return self.cookie + b"".join(map(_as_varint, numbers))

    def free_number(self) -> int:
        """A number no segment has. Errors: UnknownLayout when all are given out."""
        taken = {number for _, segments in self.levels for number, _, _ in segments}
        for number in range(1, MOST_SEGMENTS + 1):
            if number not in taken:
                return number
        raise UnknownLayout("segments")

    def with_newest(self, number: int, segment: Segment) -> Structure:
        """The same with one more segment, the newest of all."""
        (merging, newest), *older = self.levels or ((0, ()),)
        added = (merging, (*newest, (number, segment.first, segment.last)))
        return Structure(self.cookie, self.written + segment.last - segment.first + 1, (added, *older))


def numbers_of(block: bytes) -> list[int]:
    """The numbers of a row of totals."""
    numbers, at = [], 0
    while at < len(block):
        number, at = _varint(block, at)
        numbers.append(number)
    return numbers


def block_of(numbers: Sequence[int]) -> bytes:
    """A row of totals."""
    return b"".join(map(_as_varint, numbers))


def tokens(folded: str) -> str:
    """The pairs of a folded text (`splitter.pairs`), parted by spaces.

    >>> tokens("公开 a1")
    '公开 开· ·a a1'
    """
    for separator, letter in SEPARATORS:
        folded = folded.replace(separator, letter)
    if len(folded) < 2:
        return ""
    # Laid out by stride in arrays of characters: ten times as fast as joining pairs, which an import notices.
    letters = array("I", folded.encode(_UTF32))
    laid = array("I", _SPACE) * (3 * (len(letters) - 1) - 1)
    laid[0::3], laid[1::3] = letters[:-1], letters[1:]
    return laid.tobytes().decode(_UTF32)


def rows_of(texts: Iterable[tuple[int, str]]) -> dict[str, Rows]:
    """The rows of both full-text tables, from the texts of items by key (title, number, label, body, tags in one).

    A field begins and ends with a break, so that a whole one can be asked for.
    """
    head, whole = [], []
    for key, text in texts:
        title, number, label, body, tags = text.split("\0")
        head.append((key, (f"{_BREAK}{title}{_BREAK}", f"{_BREAK}{number}{_BREAK}", f"{_BREAK}{label}{_BREAK}", tags)))
        whole.append((key, (_BREAK.join((title, number, label, body)), tags)))
    return {"search_head": head, "search_whole": whole}


def packed(text: str) -> bytes:
    """A text as it is kept."""
    return zlib.compress(text.encode(), 1)


def unpacked(kept: bytes) -> str:
    """A kept text."""
    return zlib.decompress(kept).decode()


class Maker:
    """Tables in memory, made like those of the office by the statements that made those."""

    def __init__(self, tables: Mapping[str, str]) -> None:
        self._memory = sqlite3.connect(":memory:", isolation_level=None)
        self._memory.execute("PRAGMA secure_delete = OFF")
        for name, statement in tables.items():
            self._memory.execute(statement)
            self._memory.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('automerge', 0)")
            self._memory.execute(f"INSERT INTO {name} ({name}, rank) VALUES ('crisismerge', {MOST_SEGMENTS - 1})")

    def make(self, table: str, rows: Rows) -> Segment:
        """The segment of some rows. Errors: UnknownLayout."""
        run = self._memory.execute
        marks = ", ".join("?" * (len(rows[0][1]) + 1))
        columns = [name for _, name, *_ in run(f"PRAGMA table_info({table})")][: len(rows[0][1])]
        insert = f"INSERT INTO {table} (rowid, {', '.join(columns)}) VALUES ({marks})"
        for start in range(0, len(rows), _UNIT):
            run("BEGIN")
            self._memory.executemany(
                insert, ((key, *map(tokens, texts[:-1]), texts[-1]) for key, texts in rows[start : start + _UNIT])
            )
            run("COMMIT")
        run(f"INSERT INTO {table} ({table}) VALUES ('optimize')")
        made = Structure.read(run(f"SELECT block FROM {table}_data WHERE id = {STRUCTURE}").fetchone()[0])
        totals = numbers_of(run(f"SELECT block FROM {table}_data WHERE id = {AVERAGES}").fetchone()[0])
        segments = [segment for _, level in made.levels for segment in level]
        if len(segments) != 1:
            raise UnknownLayout("optimize")
        [(number, first, last)] = segments
        pages = run(
            f"SELECT id - ?, block FROM {table}_data WHERE id > {STRUCTURE} ORDER BY id", [number << SEGMENT_SHIFT]
        )
        segment = Segment(
            first, last, tuple(totals), pages.fetchall(), run(f"SELECT term, pgno FROM {table}_idx").fetchall()
        )
        run(f"INSERT INTO {table} ({table}) VALUES ('delete-all')")
        return segment


def work(orders: BinaryIO, results: BinaryIO) -> None:
    """Make what is ordered, in order, until there are no more orders.

    First come the tables; then, again and again, the texts of some items by key.
    """
    maker: Maker | None = None
    while True:
        try:
            maker = maker or Maker(pickle.load(orders))
            texts = pickle.load(orders)
        except EOFError:
            return
        kept = [(key, packed(text)) for key, text in texts]
        made = {table: _as_plain(maker.make(table, rows)) for table, rows in rows_of(texts).items()}
        try:
            pickle.dump((kept, made), results, protocol=pickle.HIGHEST_PROTOCOL)
            results.flush()
        except BrokenPipeError:
            os._exit(0)  # Whoever ordered is gone; leaving in the usual way would try to write once more.


def _as_plain(segment: Segment) -> tuple[object, ...]:
    """A segment without its class, which has another name in the process that runs this file."""
    return segment.first, segment.last, segment.totals, segment.pages, segment.terms


def _varint(block: bytes, at: int) -> tuple[int, int]:
    value = 0
    for place in range(9):
        byte = block[at + place]
        if place == 8:
            return value << 8 | byte, at + 9
        value = value << 7 | byte & 0x7F
        if byte < 0x80:
            return value, at + place + 1
    raise AssertionError("unreachable")


def _as_varint(number: int) -> bytes:
    if number >= 1 << 56:
        raise UnknownLayout("number")
    parts = [number & 0x7F]
    while number := number >> 7:
        parts.append(number & 0x7F | 0x80)
    return bytes(reversed(parts))


if __name__ == "__main__":
    work(sys.stdin.buffer, sys.stdout.buffer)
