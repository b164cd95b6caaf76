"""Many entries at once into SQLite's index: a second process makes the segments, this one lays them into the tables.

Entering a text into FTS5 costs about as much as everything else an import does (bench.importing), so the two are done side
by side. Rows and segments still stand in one transaction: what is public is found, what was rolled back is not.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import Any, BinaryIO

from django.db import connection, transaction

from gongkai.office.publishing.search.engines import segments
from gongkai.office.publishing.search.engines.segments import Segment, Structure, UnknownLayout
from gongkai.office.publishing.search.engines.sqlite import KEEP, Prepared, Sqlite
from gongkai.office.publishing.search.entry import Entry

TABLES = ("search_head", "search_whole")
WORTH_IT = 300
"""Fewer entries than this are entered at once: sooner done than handed over."""
_MERGED = 8
"""Segments of one size that are merged into one; more than FTS5's own 4, because each merge reads and writes them all.
Below 16, at which FTS5 would merge in the middle of somebody's publication."""


class Bulk:
    """`port.Bulk` in SQLite."""

    def __init__(self, engine: Sqlite) -> None:
        self._engine = engine
        self._maker: _Maker | None = None
        self._refused = (os.cpu_count() or 1) < 2
        self._waiting: deque[list[Prepared]] = deque()
        self._pages = 0

    def put(self, entries: Sequence[Entry]) -> None:
        prepared = self._engine.prepare(entries)
        if self._refused or len(prepared) < WORTH_IT or not self._order(prepared):
            self._engine.write_texts(prepared)
            return
        self._waiting.append(prepared)
        while len(self._waiting) > 2:  # What is on its way is held in memory twice.
            self._take_one()

    def finish(self) -> None:
        while self._waiting:
            self._take_one()
        if self._pages:
            with connection.cursor() as cursor:
                for table in TABLES:
                    _set_merging(cursor, table)
                    cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', %s)", [3 * self._pages])
        self._pages = 0

    def close(self) -> None:
        self._waiting.clear()
        if self._maker is not None:
            self._maker.close()
        self._maker = None

    def _order(self, prepared: Sequence[Prepared]) -> bool:
        try:
            self._maker = self._maker or _Maker(_statements())
            self._maker.order(
                [(each.key, each.kept) for each in prepared],
                {
                    "search_head": [(each.key, (*each.head, each.tags)) for each in prepared],
                    "search_whole": [(each.key, (each.whole, each.tags)) for each in prepared],
                },
            )
        except OSError:
            self._give_up()
            return False
        return True

    def _take_one(self) -> None:
        prepared = self._waiting.popleft()
        made = self._maker.next_made() if self._maker else None
        try:
            if made is None:
                raise UnknownLayout("no answer")
            with transaction.atomic(), connection.cursor() as cursor:
                for table in TABLES:
                    _lay_in(cursor, table, made.segments[table], prepared[0])
                cursor.executemany(KEEP, made.kept)
            self._pages += made.segments["search_whole"].last
        except UnknownLayout:
            self._give_up()
            self._engine.write_texts(prepared)

    def _give_up(self) -> None:
        """From here on everything is entered row by row: slower, and the same index."""
        self._refused = True
        if self._maker is not None:
            self._maker.close()


@dataclass(frozen=True, slots=True)
class _Made:
    """What came back: texts to keep, by key, and a segment for each table."""

    kept: list[tuple[int, bytes]]
    segments: dict[str, Segment]


class _Maker:
    """The second process. Its answers are read by a thread, so that neither side waits for the other's pipe."""

    def __init__(self, tables: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", segments.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._orders = self._process.stdin
        self._made: SimpleQueue[_Made | None] = SimpleQueue()
        Thread(target=self._read, args=[self._process.stdout], daemon=True).start()
        self._send(tables)

    def order(self, texts: list[tuple[int, str]], tables: dict[str, segments.Rows]) -> None:
        """Errors: OSError when the process is gone."""
        self._send((texts, tables))

    def next_made(self) -> _Made | None:
        """What was ordered first of what has not been taken; None when the process is gone."""
        return self._made.get()

    def close(self) -> None:
        with suppress(OSError):
            self._orders.close()
        self._process.wait()

    def _send(self, what: object) -> None:
        pickle.dump(what, self._orders, protocol=pickle.HIGHEST_PROTOCOL)
        self._orders.flush()

    def _read(self, answers: BinaryIO) -> None:
        with answers:
            while True:
                try:
                    kept, made = pickle.load(answers)
                except (EOFError, OSError, pickle.UnpicklingError):
                    self._made.put(None)
                    return
                self._made.put(_Made(kept, {table: Segment(*parts) for table, parts in made.items()}))


def _statements() -> dict[str, str]:
    """How the office's tables were made."""
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT name, sql FROM sqlite_master WHERE name IN {TABLES}")
        return dict(cursor.fetchall())


def _lay_in(cursor: Any, table: str, segment: Segment, known: Prepared) -> None:
    """Add a segment to a table. Within a savepoint: when one begins, FTS5 writes down what it still holds in memory.

    Errors: UnknownLayout, and then the savepoint is to be rolled back.
    """
    _write(cursor, table, segment)
    # FTS5 remembers the list of segments until somebody else changes it, or a change of its own is rolled back.
    cursor.execute("SAVEPOINT remembered")
    cursor.execute(f"INSERT INTO {table} (rowid, tags) VALUES (1, 'nothing')")
    cursor.execute("ROLLBACK TO remembered")
    cursor.execute("RELEASE remembered")
    cursor.execute(
        f"SELECT 1 FROM {table} WHERE {table} MATCH %s AND rowid = %s",
        [f'tags : "{known.tags.split()[0]}"', known.key],
    )
    if cursor.fetchone() is None:
        raise UnknownLayout("not found")


def _write(cursor: Any, table: str, segment: Segment) -> None:
    kept = dict(
        cursor.execute(
            f"SELECT id, block FROM {table}_data WHERE id IN ({segments.AVERAGES}, {segments.STRUCTURE})"
        ).fetchall()
    )
    structure, totals = Structure.read(kept[segments.STRUCTURE]), segments.numbers_of(kept[segments.AVERAGES])
    if totals and len(totals) != len(segment.totals):
        raise UnknownLayout("totals")
    number = structure.free_number()
    base = number << segments.SEGMENT_SHIFT
    cursor.executemany(
        f"INSERT INTO {table}_data (id, block) VALUES (%s, %s)",
        [(base + place, block) for place, block in segment.pages],
    )
    cursor.executemany(
        f"INSERT INTO {table}_idx (segid, term, pgno) VALUES (%s, %s, %s)",
        [(number, term, page) for term, page in segment.terms],
    )
    added = [one + other for one, other in zip(totals or [0] * len(segment.totals), segment.totals, strict=True)]
    for row, block in (
        (segments.STRUCTURE, structure.with_newest(number, segment).write()),
        (segments.AVERAGES, segments.block_of(added)),
    ):
        cursor.execute(f"UPDATE {table}_data SET block = %s WHERE id = %s", [block, row])


def _set_merging(cursor: Any, table: str) -> None:
    cursor.execute(f"SELECT v FROM {table}_config WHERE k = 'usermerge'")
    if cursor.fetchone() != (_MERGED,):
        cursor.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('usermerge', {_MERGED})")
