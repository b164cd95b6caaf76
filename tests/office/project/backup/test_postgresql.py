"""The same on PostgreSQL, where the tests run on one."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import connection

from tests.office import database
from tests.office.project.installation import environment
from tests.samples import REPOSITORY


@pytest.fixture
def servers(worker_id: str):
    """The address of a migrated database to fill, and one of an empty one; gone afterwards."""
    if connection.vendor != "postgresql":
        pytest.skip("runs with python -m tests.office.postgresql")
    import psycopg

    url, names = os.environ["DATABASE_URL"], [f"gongkai_backup_{worker_id}", f"gongkai_restored_{worker_id}"]
    filled = database.postgresql_copy(url, names[0])
    with psycopg.connect(database._at(url, "postgres"), autocommit=True) as server:
        server.execute(f'DROP DATABASE IF EXISTS "{names[1]}" WITH (FORCE)')
        server.execute(f'CREATE DATABASE "{names[1]}"')
    yield filled, database._at(url, names[1])
    for name in names:
        database.drop_postgresql(url, name)


def run(data: Path, url: str, *arguments: str) -> subprocess.CompletedProcess[str]:
    surroundings = environment(data) | {"DATABASE_URL": url}
    command = [sys.executable, "-m", *arguments]
    return subprocess.run(command, cwd=REPOSITORY, env=surroundings, capture_output=True, text=True, check=False)


def test_a_server_s_database_is_backed_up_and_restored_into_an_empty_one(servers, tmp_path):
    filled, empty = servers
    here, elsewhere, path = tmp_path / "here", tmp_path / "elsewhere", tmp_path / "b.tar.gz"
    assert run(here, filled, "tests.office.project.backup.filling").returncode == 0
    done = run(here, filled, "gongkai", "backup", "-o", str(path))
    assert done.returncode == 0, done.stderr
    restored = run(elsewhere, empty, "gongkai", "restore", str(path))
    assert restored.returncode == 0, restored.stderr
    one, other = (
        run(*where, "gongkai", "verify", "--format", "json") for where in ((here, filled), (elsewhere, empty))
    )
    assert (one.stdout, other.returncode) == (other.stdout, 0)
    again = run(tmp_path / "third", empty, "gongkai", "restore", str(path))
    assert again.returncode == 2
    assert "已经有内容" in again.stderr
    forced = run(tmp_path / "third", empty, "gongkai", "restore", "--force", str(path))
    assert forced.returncode == 0, forced.stderr
    # The tables are append-only after a restore too.
    import psycopg

    with psycopg.connect(empty) as server, pytest.raises(psycopg.errors.RaiseException, match="append-only"):
        server.execute("UPDATE audit_entry SET actor = 'x'")
