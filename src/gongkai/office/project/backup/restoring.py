"""An installation from a backup: unpacked and checked beside, and put in place only when all of it is right.

`unpack` needs no settings. Then the settings are read with `GONGKAI_DATA` naming the staged folder, `check` looks at what
was unpacked with the program's own eyes, and `put_in_place` moves it, the database last.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from gongkai.office.project.backup import archive
from gongkai.office.project.backup.archive import Tick
from gongkai.office.project.backup.layout import DATABASE_FILE, DATABASES, Header, Problem, replaced_name

STAGING = ".restoring"
_SILENT_SECONDS = 180
_PERSONAL = "GONGKAI_PERSONAL_KEYS"


@dataclass(frozen=True, slots=True)
class Target:
    """Where a backup is restored to: the data folder, and the database's file (None: a server's)."""

    data: Path
    vendor: str
    database: Path | None
    force: bool
    without_keys: bool


@dataclass(slots=True)
class Staged:
    """A backup that was unpacked and whose hashes are right; `folder` is a data folder that nobody uses yet."""

    header: Header
    folder: Path
    lock: IO[str]

    @property
    def dumped(self) -> Path:
        """The copy of a server's database."""
        return self.folder.parent / DATABASES["postgresql"]


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in a staged backup: broken places of the chain, whether the keys open what is sealed, steps migrated."""

    broken: int
    chain_length: int
    chain_is_the_one: bool
    keys_open: bool
    migrated: int


def unpack(path: Path, target: Target, tick: Tick) -> Staged:
    """Unpack a backup beside the data.

    Errors: Problem when the target is in use or not empty, the backup is not for it, newer than the program, without keys,
    or damaged. Then everything is as it was.
    """
    if not path.is_file():
        raise Problem(f"没有文件 {path}。", f"There is no file {path}.")
    target.data.mkdir(parents=True, exist_ok=True)
    staging, lock = _stage(target.data)
    try:
        _refuse_target(target)
        folder = staging / "data"
        folder.mkdir(mode=0o755)
        header = archive.unpack(path, folder, lambda header: _accept(header, target), tick)
        copied = folder / DATABASES[header.vendor]
        if not copied.exists():
            raise Problem("备份里没有数据库。", "There is no database in the backup.")
        copied.rename(folder / DATABASE_FILE if header.vendor == "sqlite" else staging / copied.name)
    except BaseException:
        lock.close()
        shutil.rmtree(staging, ignore_errors=True)
        raise
    return Staged(header, folder, lock)


def check(staged: Staged, *, force: bool) -> Checked:
    """Look at what was unpacked; the settings name the staged folder. Fills a server's database first.

    Errors: Problem.
    """
    from django.db import connection

    from gongkai.office.audit.models import Entry
    from gongkai.office.audit.queries import broken_places, end_of_chain
    from gongkai.office.personal.keys import KeyMissing, unseal
    from gongkai.office.project import preparing
    from gongkai.office.project.backup import databases

    if staged.header.vendor == "postgresql":
        databases.load_postgresql(staged.dumped, force=force)
    waiting = len(preparing.missing_migrations())
    if waiting:
        preparing.migrate()
    length, last = staged.header.chain_length, staged.header.chain_hash
    is_the_one = length == 0 or Entry.objects.filter(sequence=length, hash=last).exists()
    try:
        unseal(staged.header.check)
        keys_open = True
    except KeyMissing:
        keys_open = False
    found = Checked(len(list(broken_places())), end_of_chain()[0], is_the_one, keys_open, waiting)
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    connection.close()
    return found


def put_in_place(staged: Staged, target: Target, *, stamp: str) -> Path | None:
    """Move the staged folder's content to where it belongs; gives the folder in which what was there before was laid aside.

    Without a database an installation is none: it is moved last, so a crash before leaves nothing that could be taken
    for a whole one.
    """
    aside = None
    there = [path for path in target.data.iterdir() if path.name != STAGING]
    if there:
        aside = target.data / replaced_name(stamp)
        aside.mkdir(mode=0o700)
        for path in sorted(there, key=lambda path: path.name != DATABASE_FILE):
            if not path.name.startswith(replaced_name("")):
                path.rename(aside / path.name)
    database = staged.folder / DATABASE_FILE
    for end in ("-wal", "-shm"):
        (staged.folder / f"{DATABASE_FILE}{end}").unlink(missing_ok=True)
    for path in sorted(staged.folder.iterdir()):
        if path != database:
            path.rename(target.data / path.name)
    _force_folder(target.data)
    if database.exists():
        _move_database(database, target, stamp)
    staged.lock.close()
    shutil.rmtree(staged.folder.parent, ignore_errors=True)
    _force_folder(target.data)
    return aside


def discard(staged: Staged) -> None:
    """Take away what was unpacked."""
    staged.lock.close()
    shutil.rmtree(staged.folder.parent, ignore_errors=True)


def _move_database(database: Path, target: Target, stamp: str) -> None:
    place = target.database or target.data / DATABASE_FILE
    if place.exists():
        for end in ("", "-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.rename(f"{place}{end}", f"{place}.{replaced_name(stamp)}{end}")
    try:
        database.rename(place)
    except OSError:
        # Another disk: whole or not at all there too.
        unfinished = place.with_name(f".{place.name}.restoring")
        shutil.copyfile(database, unfinished)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        unfinished.rename(place)


def _stage(data: Path) -> tuple[Path, IO[str]]:
    """The folder to unpack into; what a killed restore left of its own is taken away first."""
    staging = data / STAGING
    if staging.exists():
        with suppress(FileNotFoundError), (staging / "lock").open("a") as held:
            try:
                fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                raise Problem(
                    "另一个恢复正在这个目录里进行。请等它结束。",
                    "Another restore is going on in this folder. Wait for it.",
                ) from None
        shutil.rmtree(staging)
    staging.mkdir(mode=0o700)
    lock = (staging / "lock").open("w")
    fcntl.flock(lock, fcntl.LOCK_EX)
    return staging, lock


def _refuse_target(target: Target) -> None:
    there = [path.name for path in target.data.iterdir() if path.name != STAGING]
    if there and not target.force:
        raise Problem(
            f"数据目录 {target.data} 不是空的，没有恢复。请用 GONGKAI_DATA 指定一个空目录；要取代现有的，先停下网站，再加上 "
            "--force：现有的内容会移到旁边，不会删除。",
            f"The data folder {target.data} is not empty; nothing was restored. Name an empty one in GONGKAI_DATA; or stop "
            "the site and add --force: what is there is laid aside, not deleted.",
        )
    if target.database is not None and target.database.exists() and not target.force:
        raise Problem(f"数据库 {target.database} 已经存在，没有恢复。", f"The database {target.database} exists.")
    with suppress(FileNotFoundError):
        if time.time() - (target.data / "background.heartbeat").stat().st_mtime < _SILENT_SECONDS:
            raise Problem(
                "这个目录里的网站刚才还在运行。请先停下它（等 3 分钟，或者删除 background.heartbeat），再恢复。",
                "The site in this folder was at work a moment ago. Stop it first (and wait three minutes, or delete "
                "background.heartbeat).",
            )


def _accept(header: Header, target: Target) -> None:
    if header.vendor != target.vendor:
        names = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
        made, here = names.get(header.vendor, header.vendor), names[target.vendor]
        raise Problem(
            f"备份的是 {made} 数据库，这里设置的是 {here}，不能互相恢复。请改 DATABASE_URL。",
            f"The backup is of a {made} database, and this installation uses {here}. Change DATABASE_URL.",
        )
    if newer := _unknown_migrations(header):
        raise Problem(
            f"备份的数据库比本程序新（有 {len(newer)} 步升级本程序不认识，如 {newer[0]}）。请先升级程序，再恢复。",
            f"The backup's database is newer than this program ({len(newer)} unknown steps, such as {newer[0]}). "
            "Upgrade the program first.",
        )
    has_keys = header.with_keys and _PERSONAL not in header.keys_from_environment
    if not has_keys and not os.environ.get(_PERSONAL) and not target.without_keys:
        raise Problem(
            f"备份里没有加密个人信息的密钥。请把原来的密钥放进环境变量 {_PERSONAL} 再恢复；确实没有了，加上 --without-keys："
            "申请人的姓名、证件号码、联系方式和往来文书将永远打不开。",
            f"The keys of personal data are not in the backup. Put them into {_PERSONAL}; if they are lost, add "
            "--without-keys: names, numbers, addresses and letters of applicants can then never be read again.",
        )
    free = shutil.disk_usage(target.data).free
    if header.total_bytes > free:
        raise Problem(
            f"磁盘空间不够：恢复要 {header.total_bytes / 2**30:.1f} GB，只剩 {free / 2**30:.1f} GB。请腾出空间。",
            f"Not enough space: {header.total_bytes / 2**30:.1f} GB are needed, {free / 2**30:.1f} GB are free.",
        )


def _unknown_migrations(header: Header) -> list[str]:
    """The steps of our own rooms that the backup has taken and this program doesn't know."""
    office = Path(__file__).parents[2]
    rooms = {folder.parent.name for folder in office.glob("*/migrations")}
    known = {f"{path.parents[1].name}.{path.stem}" for path in office.glob("*/migrations/[0-9]*.py")}
    return [each for each in header.migrations if each.partition(".")[0] in rooms and each not in known]


def _force_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
