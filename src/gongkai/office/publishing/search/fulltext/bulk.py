"""Many entries at once into the tables: processes beside this one make the segments, this one lays them in.

Entering a text into FTS5 costs twice what everything else costs that is done to it here (bench.importing), so the work is done
side by side, by two makers in turn.
"""

from __future__ import annotations

import os
import pickle
import sqlite3
import subprocess
import sys
from collections import deque
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from queue import SimpleQueue
from threading import Thread
from typing import BinaryIO

from gongkai.office.publishing.search.entry import Entry
from gongkai.office.publishing.search.fulltext import segments
from gongkai.office.publishing.search.fulltext.segments import Segment, Structure, UnknownLayout
from gongkai.office.publishing.search.fulltext.tables import FULL_TEXT, KEEP, Prepared, Tables

WORTH_IT = 300
"""Fewer entries than this are entered at once: sooner done than handed over."""
_MAKERS = 2
"""Processes that make segments. More would wait for this one."""
_MANY = 200
"""Segments of one size that are merged into one while more come in: each merge reads and writes them all."""
_FEW = 8
"""… and when no more come in. A word is looked up in each segment."""
_STEP = 16_000
"""Pages that are merged in one transaction, twice as many as it brings: others wait for it, and the disk holds them twice."""


class Bulk:
    """Many items on their way into the tables, in one transaction after the other."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._makers: deque[_Maker] = deque()
        self._refused = (os.cpu_count() or 1) < 2
        self._waiting: deque[tuple[_Maker, list[Prepared]]] = deque()

    def put(self, entries: Sequence[Entry]) -> None:
        """Enter items, each in the place of what was known of it; found once `finish` has been called."""
        prepared = self._tables.prepare(entries)
        if self._refused or len(prepared) < WORTH_IT or not self._order(prepared):
            self._tables.write_texts(prepared)
            return
        while len(self._waiting) > 2 * _MAKERS:  # What is on its way is held in memory twice.
            self._take_one()

    def finish(self) -> None:
        """Have entered everything that was put. To be called before the transaction ends."""
        while self._waiting:
            self._take_one()
        _merge(self._tables, _MANY)

    def close(self) -> None:
        """End, also in the middle: what was put and not finished belongs to a transaction that was rolled back."""
        self._waiting.clear()
        for maker in self._makers:
            maker.close()
        self._makers.clear()

    def _order(self, prepared: list[Prepared]) -> bool:
        """Have the makers make it, one after the other in turn."""
        try:
            if len(self._makers) < _MAKERS:
                self._makers.append(_Maker(_statements(self._tables.connection)))
            else:
                self._makers.rotate(-1)
            self._makers[-1].order([(each.key, each.kept) for each in prepared])
        except OSError:
            self._give_up()
            return False
        self._waiting.append((self._makers[-1], prepared))
        return True

    def _take_one(self) -> None:
        maker, prepared = self._waiting.popleft()
        made = None if self._refused else maker.next_made()
        try:
            if made is None:
                raise UnknownLayout("no answer")
            with _savepoint(self._tables.connection) as connection:
                for table in FULL_TEXT:
                    _lay_in(connection, table, made.segments[table], prepared[0])
                connection.executemany(KEEP, made.kept)
        except UnknownLayout:
            self._give_up()
            self._tables.write_texts(prepared)

    def _give_up(self) -> None:
        """From here on everything is entered row by row: slower, and the same index."""
        self._refused = True
        # Nobody is asked any more for what was ordered: there would be no answer.
        for maker in self._makers:
            maker.close()
        self._makers.clear()


def is_in_pieces(tables: Tables) -> bool:
    """Whether there are many small segments to bring together, or a merge has begun that is not done."""
    return any(_wants_merging(tables, table, _FEW) for table in FULL_TEXT)


def tidy(tables: Tables) -> bool:
    """Bring many small segments together, a step in a transaction; False when there is nothing left to do."""
    return _merge(tables, _FEW)


def _merge(tables: Tables, most: int) -> bool:
    """Merge the newest segments by a step where there are so many, or go on with a merge that has begun."""
    connection, changes = tables.connection, tables.connection.total_changes
    for table in FULL_TEXT:
        if _wants_merging(tables, table, most):
            connection.execute(f"INSERT INTO {table} ({table}, rank) VALUES ('merge', ?)", [_STEP])
    # FTS5 counts one change for the order itself.
    return connection.total_changes - changes > len(FULL_TEXT)


def _wants_merging(tables: Tables, table: str, most: int) -> bool:
    query = f"SELECT block FROM {table}_data WHERE id = {segments.STRUCTURE}"
    levels = _levels(tables.connection.execute(query).fetchone()[0])
    return bool(levels and len(levels[0][1]) >= most) or any(merging for merging, _ in levels)


@dataclass(frozen=True, slots=True)
class _Made:
    """What came back: texts to keep, by key, and a segment for each table."""

    kept: list[tuple[int, bytes]]
    segments: dict[str, Segment]


class _Maker:
    """A process that makes segments. Its orders are written and its answers read by threads, so that neither side waits for a pipe."""

    def __init__(self, tables: dict[str, str]) -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-I", segments.__file__], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._orders: SimpleQueue[bytes | None] = SimpleQueue()
        self._made: SimpleQueue[_Made | None] = SimpleQueue()
        self._has_ended = False
        Thread(target=self._write, args=[self._process.stdin], daemon=True).start()
        Thread(target=self._read, args=[self._process.stdout], daemon=True).start()
        self._send(tables)

    def order(self, texts: list[tuple[int, str]]) -> None:
        """Have a segment made."""
        self._send(texts)

    def next_made(self) -> _Made | None:
        """What was ordered first of what has not been taken; None when the process is gone."""
        return self._made.get()

    def close(self) -> None:
        self._has_ended = True
        self._orders.put(None)
        self._process.wait()

    def _send(self, what: object) -> None:
        self._orders.put(pickle.dumps(what, protocol=pickle.HIGHEST_PROTOCOL))

    def _write(self, orders: BinaryIO) -> None:
        # When the process is gone, whoever waits for its answers learns it.
        with suppress(OSError), orders:
            while (order := self._orders.get()) is not None and not self._has_ended:
                orders.write(order)
                orders.flush()

    def _read(self, answers: BinaryIO) -> None:
        with answers:
            while True:
                try:
                    kept, made = pickle.load(answers)
                except (EOFError, OSError, pickle.UnpicklingError):
                    self._made.put(None)
                    return
                self._made.put(_Made(kept, {table: Segment(*parts) for table, parts in made.items()}))


def _statements(connection: sqlite3.Connection) -> dict[str, str]:
    """How the tables were made."""
    return dict(connection.execute(f"SELECT name, sql FROM sqlite_master WHERE name IN {FULL_TEXT}"))


@contextmanager
def _savepoint(connection: sqlite3.Connection) -> Iterator[sqlite3.Connection]:
    """A part of a transaction that stands or falls by itself."""
    connection.execute("SAVEPOINT laid")
    try:
        yield connection
    except BaseException:
        connection.execute("ROLLBACK TO laid")
        raise
    finally:
        connection.execute("RELEASE laid")


def _lay_in(connection: sqlite3.Connection, table: str, segment: Segment, known: Prepared) -> None:
    """Add a segment to a table. Within a savepoint: when one begins, FTS5 writes down what it still holds in memory.

    Errors: UnknownLayout, and then the savepoint is to be rolled back.
    """
    _write(connection, table, segment)
    # FTS5 remembers the list of segments until somebody else changes it, or a change of its own is rolled back.
    connection.execute("SAVEPOINT remembered")
    connection.execute(f"INSERT INTO {table} (rowid, tags) VALUES (1, 'nothing')")
    connection.execute("ROLLBACK TO remembered")
    connection.execute("RELEASE remembered")
    found = connection.execute(
        f"SELECT 1 FROM {table} WHERE {table} MATCH ? AND rowid = ?",
        [f'tags : "{known.tags[0]}"', known.key],
    )
    if found.fetchone() is None:
        raise UnknownLayout("not found")


def _write(connection: sqlite3.Connection, table: str, segment: Segment) -> None:
    kept = dict(
        connection.execute(
            f"SELECT id, block FROM {table}_data WHERE id IN ({segments.AVERAGES}, {segments.STRUCTURE})"
        ).fetchall()
    )
    structure, totals = Structure.read(kept[segments.STRUCTURE]), segments.numbers_of(kept[segments.AVERAGES])
    if totals and len(totals) != len(segment.totals):
        raise UnknownLayout("totals")
    number = structure.free_number()
    base = number << segments.SEGMENT_SHIFT
    connection.executemany(
        f"INSERT INTO {table}_data (id, block) VALUES (?, ?)",
        [(base + place, block) for place, block in segment.pages],
    )
    connection.executemany(
        f"INSERT INTO {table}_idx (segid, term, pgno) VALUES (?, ?, ?)",
        [(number, term, page) for term, page in segment.terms],
    )
    added = [one + other for one, other in zip(totals or [0] * len(segment.totals), segment.totals, strict=True)]
    for row, block in (
        (segments.STRUCTURE, structure.with_newest(number, segment).write()),
        (segments.AVERAGES, segments.block_of(added)),
    ):
        connection.execute(f"UPDATE {table}_data SET block = ? WHERE id = ?", [block, row])


def _levels(block: bytes) -> tuple[tuple[int, tuple[tuple[int, int, int], ...]], ...]:
    """The segments by level; none where the layout is not known."""
    try:
        return Structure.read(block).levels
    except UnknownLayout:
        return ()
