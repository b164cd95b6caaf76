"""The engine of the database at hand."""

from __future__ import annotations

from django.db import connection

from gongkai.office.publishing.search.engines.port import Engine
from gongkai.office.publishing.search.engines.postgresql import Postgresql
from gongkai.office.publishing.search.engines.sqlite import Sqlite


def engine() -> Engine:
    """SQLite's or PostgreSQL's, whichever the office runs on."""
    return Postgresql() if connection.vendor == "postgresql" else Sqlite()
