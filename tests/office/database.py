"""A migrated database for tests, made once and copied: the migrations take longer than most tests."""

from __future__ import annotations

import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

from tests.samples import REPOSITORY

BUILD = REPOSITORY / "build"
_MIGRATE = "import django; django.setup(); from gongkai.office.project.preparing import migrate; migrate()"


def fingerprint() -> str:
    """What the shape of the database depends on: our migrations, and the libraries that bring their own."""
    digest = hashlib.sha256((REPOSITORY / "requirements" / "runtime.txt").read_bytes())
    for path in sorted((REPOSITORY / "src" / "gongkai" / "office").rglob("migrations/*.py")):
        digest.update(path.name.encode() + path.read_bytes())
    digest.update((REPOSITORY / "src" / "gongkai" / "office" / "project" / "settings.py").read_bytes())
    return digest.hexdigest()[:16]


def sqlite_template() -> Path:
    """A migrated SQLite file to copy."""
    template = BUILD / f"test-database-{fingerprint()}.sqlite3"
    with _one_at_a_time():
        if not template.exists():
            with tempfile.TemporaryDirectory() as folder:
                _migrate({"GONGKAI_DATA": folder, "DATABASE_URL": ""})
                made = Path(folder) / "gongkai.sqlite3"
                _close_journal(made)
                shutil.copyfile(made, template)
    return template


def postgresql_copy(url: str, name: str) -> str:
    """The address of a migrated PostgreSQL database of that name, copied from a template on the same server."""
    import psycopg

    template = f"gongkai_template_{fingerprint()}"
    with _one_at_a_time(), psycopg.connect(_at(url, "postgres"), autocommit=True) as server:
        if not server.execute("SELECT 1 FROM pg_database WHERE datname = %s", [template]).fetchone():
            server.execute(f'CREATE DATABASE "{template}"')
            with tempfile.TemporaryDirectory() as folder:
                _migrate({"GONGKAI_DATA": folder, "DATABASE_URL": _at(url, template)})
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    return _at(url, name)


def drop_postgresql(url: str, name: str) -> None:
    """Take a copy away again."""
    import psycopg

    with psycopg.connect(_at(url, "postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')


def _migrate(environment: dict[str, str]) -> None:
    command = [sys.executable, "-c", _MIGRATE]
    surroundings = os.environ | {"DJANGO_SETTINGS_MODULE": "gongkai.office.project.settings"} | environment
    if not surroundings.get("DATABASE_URL"):
        surroundings.pop("DATABASE_URL", None)
    subprocess.run(command, cwd=REPOSITORY, env=surroundings, check=True)


def _close_journal(database: Path) -> None:
    """Bring everything into the one file that is copied."""
    import sqlite3

    connection = sqlite3.connect(database)
    connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()


def _at(url: str, database: str) -> str:
    return urlunsplit(urlsplit(url)._replace(path=f"/{database}"))


@contextmanager
def _one_at_a_time() -> Iterator[None]:
    """Several test processes start at once; the first one makes the template."""
    BUILD.mkdir(exist_ok=True)
    with (BUILD / "test-database.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
