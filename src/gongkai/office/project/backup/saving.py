"""Make a backup of this installation, while it runs."""

from __future__ import annotations

import fcntl
import hashlib
import io
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from importlib.metadata import version
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder

from gongkai.office.audit.queries import end_of_chain
from gongkai.office.personal.keys import seal
from gongkai.office.project.backup import databases
from gongkai.office.project.backup.archive import Tick, Writer
from gongkai.office.project.backup.layout import DATABASES, FILES, KEYS, Header, Problem, files_of, keys_of

WORD = "gongkai"
"""What is sealed into the header: it can be opened by whoever has the keys."""
_WORKING = ".gongkai-backup-"
_FROM_ENVIRONMENT = ("GONGKAI_PERSONAL_KEYS", "GONGKAI_SECRET_KEY")


@dataclass(frozen=True, slots=True)
class Saved:
    """A backup that was made: where, how large, how many files, and which keys are not in it."""

    path: Path
    size: int
    sha256: str
    files: int
    keys: tuple[str, ...]
    keys_from_environment: tuple[str, ...]


def save(output: Path, *, with_keys: bool, at: datetime, tick: Tick) -> Saved:
    """Write a backup, whole or not at all.

    The database goes first: files are written before the rows that name them, so every row of the copy has its files.
    Errors: Problem when there is something of that name, or inside the data folder; OSError when the disk fails.
    """
    data = Path(settings.DATA_DIR).resolve()
    output = output.resolve()
    _refuse(output, data)
    with _working_folder(output.parent) as working:
        dumped = working / "database"
        chain = end_of_chain()
        databases.dump(dumped, tick)
        files = list(files_of(data, database=databases.sqlite_path()))
        keys = keys_of(data) if with_keys else []
        header = _header(chain, with_keys, at, dumped, [*(data / each for each in files), *keys])
        unfinished = working / "backup"
        count = 0
        with os.fdopen(os.open(unfinished, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
            hashing = _Hashing(out)
            writer = Writer(hashing, header, tick)
            writer.add(dumped, DATABASES[connection.vendor])
            for path in files:
                # Erased since it was listed: then nothing names it any more.
                with suppress(FileNotFoundError):
                    writer.add(data / path, f"{FILES}{path.as_posix()}")
                    count += 1
            for key in keys:
                writer.add(key, f"{KEYS}{key.name}")
            writer.close()
            out.flush()
            os.fsync(out.fileno())
        size = unfinished.stat().st_size
        _put(unfinished, output)
    return Saved(output, size, hashing.sha256, count, tuple(key.name for key in keys), header.keys_from_environment)


class _Hashing(io.RawIOBase):
    """A file that is hashed while it is written."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file, self._digest = file, hashlib.sha256()

    def writable(self) -> bool:
        return True

    def write(self, piece: Any) -> int:
        self._digest.update(piece)
        return self._file.write(piece)

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def _header(chain: tuple[int, str], with_keys: bool, at: datetime, dumped: Path, files: list[Path]) -> Header:
    total = dumped.stat().st_size
    for path in files:
        with suppress(FileNotFoundError):
            total += path.stat().st_size
    applied = MigrationRecorder(connection).applied_migrations()
    return Header(
        program=version("gongkai"),
        made_at=at.isoformat(timespec="seconds"),
        vendor=connection.vendor,
        with_keys=with_keys,
        keys_from_environment=tuple(name for name in _FROM_ENVIRONMENT if os.environ.get(name)),
        migrations=tuple(sorted(f"{app}.{name}" for app, name in applied)),
        chain_length=chain[0],
        chain_hash=chain[1],
        check=seal(WORD),
        total_bytes=total,
    )


def _refuse(output: Path, data: Path) -> None:
    if output.exists():
        raise Problem(
            f"{output} 已经存在，没有覆盖。请换一个文件名。",
            f"{output} exists and was not overwritten. Choose another name.",
        )
    if output.is_relative_to(data):
        raise Problem(
            f"备份不能放在数据目录 {data} 里：那里坏了，备份也就没有了。请放到别的磁盘或者机器上。",
            f"A backup is not kept inside the data folder {data}: it would be lost with it. Choose another disk.",
        )
    if not output.parent.is_dir():
        raise Problem(
            f"没有文件夹 {output.parent}。请先建立它。", f"There is no folder {output.parent}. Make it first."
        )


@contextmanager
def _working_folder(beside: Path) -> Iterator[Path]:
    """A folder that nobody looks into, on the disk of the output; those of killed processes are swept first."""
    for left in beside.glob(f"{_WORKING}*"):
        with suppress(OSError), (left / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(left, ignore_errors=True)
    folder = beside / f"{_WORKING}{secrets.token_hex(6)}"
    folder.mkdir(mode=0o700)
    try:
        with (folder / "lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _put(unfinished: Path, output: Path) -> None:
    """Give the finished file its name; a file that came there meanwhile is not overwritten, where the system can tell."""
    try:
        os.link(unfinished, output)
    except FileExistsError:
        raise Problem(
            f"{output} 已经存在，没有覆盖。请换一个文件名。",
            f"{output} exists and was not overwritten. Choose another name.",
        ) from None
    except OSError:
        os.replace(unfinished, output)
    handle = os.open(output.parent, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
