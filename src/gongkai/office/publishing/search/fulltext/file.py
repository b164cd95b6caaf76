"""The file of the index, and how far it has come.

The file is never mended: when it is missing, damaged or belongs to another database, a new one with the next number is
begun beside it, and the old one deleted. Whoever still has the old one open reads on in it and finds the new one at the
next search. SQLite files can't be replaced under one name while others use them.
"""

from __future__ import annotations

import fcntl
import os
import re
import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from gongkai.office.publishing.search.fulltext.tables import FORMAT, SCHEMA, Tables

_NAME = re.compile(r"index-([0-9]+)\.sqlite3")
_STATE = (
    "CREATE TABLE search_state (sequence INTEGER NOT NULL, token TEXT NOT NULL, total INTEGER NOT NULL, "
    "done INTEGER NOT NULL, made_until TEXT NOT NULL, stage TEXT NOT NULL)"
)
_USUAL = 2.0
"""Seconds to wait for a lock where nothing else is said: readers wait only while the log of a crash is read again."""
_CACHE_KB = 16_384
_PAGES_IN_LOG = 4_000
"""Pages of the write-ahead log after which it is written into the file: about one transaction of an import."""
_DAMAGED = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})

MAKING, SETTLING, WHOLE = "making", "settling", "whole"
"""Stages: being made from what is public; complete, and being brought into its best shape; done."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the journal: everything up to it is in the index. The token tells journals apart that count alike."""

    sequence: int
    token: str


@dataclass(frozen=True, slots=True)
class State:
    """How far an index has come: in the journal; and, while it is being made, how many of how many items, and until which."""

    place: Place
    total: int = 0
    done: int = 0
    made_until: str = ""
    stage: str = MAKING


class Busy(Exception):
    """Somebody else is changing the index."""


class Index:
    """The index as one thread has it open."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.connection = sqlite3.connect(f"file:{path}?mode=rw", uri=True, isolation_level=None)
        self._wait(_USUAL)
        self.connection.execute(f"PRAGMA cache_size = -{_CACHE_KB}")
        self.connection.execute("PRAGMA synchronous = NORMAL")
        self.connection.execute(f"PRAGMA wal_autocheckpoint = {_PAGES_IN_LOG}")
        self.tables = Tables(self.connection)

    def state(self) -> State:
        """How far it has come."""
        row = self.connection.execute("SELECT * FROM search_state").fetchone()
        return State(Place(*row[:2]), *row[2:])

    @contextmanager
    def reading(self) -> Iterator[Tables]:
        """One and the same state of the index for several questions."""
        self.connection.execute("BEGIN")
        try:
            yield self.tables
        finally:
            self.connection.execute("ROLLBACK")

    @contextmanager
    def writing(self, patience: float) -> Iterator[Tables]:
        """A change, whole or not at all; `patience` is how many seconds to wait for others. Errors: Busy."""
        self._wait(patience)
        try:
            self.connection.execute("BEGIN IMMEDIATE")
        except sqlite3.OperationalError as error:
            if _code(error) == sqlite3.SQLITE_BUSY:
                raise Busy from error
            raise
        finally:
            self._wait(_USUAL)
        try:
            yield self.tables
            self.connection.execute("COMMIT")
        except BaseException:
            # A full disk makes SQLite roll back by itself.
            if self.connection.in_transaction:
                self.connection.execute("ROLLBACK")
            raise

    def _wait(self, seconds: float) -> None:
        """How long to wait for a lock."""
        self.connection.execute(f"PRAGMA busy_timeout = {int(seconds * 1000)}")

    def note(self, state: State) -> None:
        """Write down how far it has come, in the transaction of what it has come to."""
        self.connection.execute(
            "UPDATE search_state SET sequence = ?, token = ?, total = ?, done = ?, made_until = ?, stage = ?",
            _row(state),
        )


def current() -> Index | None:
    """The index of this host, opened for this thread; None when there is none that could be used.

    Errors: sqlite3.Error, OSError when there is one and it can't be opened; `is_damaged` tells whether it is beyond use.
    """
    while True:
        newest = number()
        opened: Index | None = getattr(_own, "index", None)
        if opened is not None and opened.path == _path(newest):
            return opened
        close()
        if not newest:
            return None
        try:
            opened = Index(_path(newest))
            is_usable = opened.connection.execute("PRAGMA user_version").fetchone()[0] == FORMAT
        except sqlite3.Error:
            # Somebody begins a newer one at this moment and deletes this one: that is no fault.
            if number() == newest:
                raise
            continue
        if is_usable:
            _own.index = opened
            return opened
        opened.connection.close()
        return None


def close() -> None:
    """Close what this thread has open."""
    opened: Index | None = getattr(_own, "index", None)
    _own.index = None
    if opened is not None:
        opened.connection.close()


def number() -> int:
    """Which index of this host it is; 0 when there is none."""
    try:
        names = os.listdir(_folder())
    except FileNotFoundError:
        return 0
    return max((int(found.group(1)) for name in names if (found := _NAME.fullmatch(name))), default=0)


def begin_anew(instead_of: int, state: State) -> Index:
    """An empty index in the place of the one of a number, which is deleted; the one there is when another was quicker.

    Errors: sqlite3.Error, OSError when it can't be written.
    """
    folder = _folder()
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if number() == instead_of:
            unfinished = folder / ".unfinished.sqlite3"
            _delete(unfinished)
            _create(unfinished, state)
            unfinished.rename(_path(instead_of + 1))
        newest = number()
        for path in list(folder.iterdir()):
            found = _NAME.fullmatch(path.name)
            if found and int(found.group(1)) < newest:
                _delete(path)
    begun = current()
    assert begun is not None, "it has just been made in this format"
    return begun


def is_damaged(error: Exception) -> bool:
    """Whether an error means that the file is beyond use, not only out of reach."""
    return _code(error) in _DAMAGED


def is_full(error: Exception) -> bool:
    """Whether an error means that the disk is full."""
    return "disk is full" in str(error) or "No space left" in str(error)


def _create(path: Path, state: State) -> None:
    made = sqlite3.connect(path, isolation_level=None)
    try:
        made.execute("PRAGMA journal_mode = WAL")
        made.execute("BEGIN")
        for statement in (*SCHEMA, _STATE):
            made.execute(statement)
        made.execute("INSERT INTO search_state VALUES (?, ?, ?, ?, ?, ?)", _row(state))
        made.execute(f"PRAGMA user_version = {FORMAT}")
        made.execute("COMMIT")
    finally:
        made.close()


def _row(state: State) -> tuple[object, ...]:
    return state.place.sequence, state.place.token, state.total, state.done, state.made_until, state.stage


def _delete(path: Path) -> None:
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)


def _folder() -> Path:
    return Path(settings.SEARCH_ROOT)


def _path(number: int) -> Path:
    return _folder() / f"index-{number}.sqlite3"


def _code(error: Exception) -> int:
    """SQLite's own code, without what it adds to it."""
    return int(getattr(error, "sqlite_errorcode", 0)) & 0xFF


_own = threading.local()
# A child process must not use what its parent opened.
os.register_at_fork(before=close)
