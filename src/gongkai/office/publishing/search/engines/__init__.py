"""The engine of the database at hand."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection

from gongkai.office.publishing.search.engines import sqlite_bulk
from gongkai.office.publishing.search.engines.port import Bulk, Engine
from gongkai.office.publishing.search.engines.postgresql import Postgresql
from gongkai.office.publishing.search.engines.sqlite import Sqlite
from gongkai.office.publishing.search.entry import Entry


def engine() -> Engine:
    """SQLite's or PostgreSQL's, whichever the office runs on."""
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()


def bulk() -> Bulk:
    """The way in for many items: on SQLite beside a second process, on PostgreSQL (a process of its own) as one at a time."""
    return AtOnce(engine()) if connection.vendor == "postgresql" else sqlite_bulk.Bulk(Sqlite())


class AtOnce:
    """`Bulk` for an engine that has no quicker way for many."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine

    def put(self, entries: Sequence[Entry]) -> None:
        self._engine.put(entries)

    def finish(self) -> None:
        """Everything has been entered."""

    def close(self) -> None:
        """Nothing is open."""
