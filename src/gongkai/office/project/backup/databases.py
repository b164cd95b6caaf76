"""A consistent copy of the database while the site runs, and a database from such a copy."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
from pathlib import Path
from typing import Any

from django.db import connection

from gongkai.office.project.backup.archive import Tick
from gongkai.office.project.backup.layout import Problem

_PAGES = 2048
_LAST_LINES = 3


def sqlite_path() -> Path | None:
    """The file of the database; None on a server."""
    return Path(connection.settings_dict["NAME"]) if connection.vendor == "sqlite" else None


def dump(into: Path, tick: Tick) -> None:
    """Write a copy of the database as it is at one moment; writers are not held up, and don't get into it."""
    path = sqlite_path()
    if path is None:
        _run(["pg_dump", "--format=custom", "--no-owner", "--no-privileges", f"--file={into}"])
    else:
        _copy_sqlite(path, into, tick)


def _copy_sqlite(path: Path, into: Path, tick: Tick) -> None:
    source, target = sqlite3.connect(path, isolation_level=None, timeout=60), sqlite3.connect(into)
    try:
        # The transaction holds one state of the database for as long as the copying takes (WAL).
        source.execute("BEGIN")
        source.execute("SELECT COUNT(*) FROM django_migrations").fetchone()
        size = source.execute("PRAGMA page_size").fetchone()[0]
        source.backup(target, pages=_PAGES, progress=lambda _, left, pages: tick((pages - left) * size, pages * size))
        # One file, whole by itself.
        target.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.Error as error:
        raise Problem(
            f"数据库没有复制成（{error}），没有备份成，也没有留下写了一半的文件。请检查输出所在磁盘的剩余空间，再运行 gongkai doctor。",
            f"The database could not be copied ({error}); no backup was made, and no half-written file is left. Look at the "
            "free space of the disk of the output, and run gongkai doctor.",
        ) from error
    finally:
        target.close()
        source.close()


def load_postgresql(dumped: Path, *, force: bool) -> None:
    """Fill the server's database from a copy, in one transaction.

    Errors: Problem when it holds something and is not to be overwritten, or the server's programs are missing or refuse.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_tables WHERE schemaname = 'public'")
        if cursor.fetchone()[0]:
            if not force:
                raise Problem(
                    "数据库里已经有内容，没有恢复。请在 DATABASE_URL 里指定一个新建的空数据库；要覆盖现有的，加上 --force。",
                    "The database is not empty; nothing was restored. Name a new, empty one in DATABASE_URL, "
                    "or add --force to overwrite this one.",
                )
            cursor.execute("DROP SCHEMA public CASCADE")
            cursor.execute("CREATE SCHEMA public")
    connection.close()
    single = ["--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges"]
    # A new database has the schema that the copy would like to make.
    listed = _run(["pg_restore", "--list", str(dumped)], server=False)
    wanted = dumped.with_suffix(".list")
    wanted.write_text("".join(line for line in listed.splitlines(True) if " SCHEMA - public " not in line))
    _run(["pg_restore", *single, f"--use-list={wanted}", f"--dbname={_database()}", str(dumped)])
    wanted.unlink()


def _run(command: list[str], *, server: bool = True) -> str:
    if shutil.which(command[0]) is None:
        raise Problem(
            f"没有找到 {command[0]}：PostgreSQL 数据库的备份和恢复要用它。请安装客户端程序（apt install postgresql-client），"
            "版本不低于服务器。",
            f"{command[0]} was not found: it is needed for a PostgreSQL database. Install the client programs "
            "(apt install postgresql-client), of the server's version or later.",
        )
    environment = {**os.environ, "LC_ALL": "C", **(_connection() if server else {})}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if done.returncode:
        said = " ".join(done.stderr.strip().splitlines()[-_LAST_LINES:])
        raise Problem(f"{command[0]} 没有完成：{said}", f"{command[0]} failed: {said}")
    return done.stdout


def _database() -> str:
    return str(connection.settings_dict["NAME"])


def _connection() -> dict[str, str]:
    """Where the server is, as its programs read it from the environment: a password is never an argument."""
    told: dict[str, Any] = connection.settings_dict
    names = {"PGHOST": "HOST", "PGPORT": "PORT", "PGUSER": "USER", "PGPASSWORD": "PASSWORD"}
    found = {variable: str(told[name]) for variable, name in names.items() if told.get(name)}
    options = told.get("OPTIONS", {})
    if "sslmode" in options:
        found["PGSSLMODE"] = str(options["sslmode"])
    return {**found, "PGDATABASE": _database()}
