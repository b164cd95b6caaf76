"""Files that hold personal data (proof of identity, letters to one person): ciphertext on the disk, like the fields.

Each file lies under a name of its own that says nothing, so that erasing one person's file takes nobody else's along.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from django.conf import settings

from gongkai.office.personal.keys import renew_bytes, seal_bytes, unseal_bytes

_HANDLE = re.compile(r"[0-9a-f]{64}")


class FileGone(Exception):
    """There is no file of that name: it was erased, or the folder of sealed files was not restored with the database."""


def keep(data: bytes) -> str:
    """Seal a file and write it, forced to the disk before its name can be found; gives the name it is read by."""
    handle = secrets.token_hex(32)
    _write(path_of(handle), seal_bytes(data))
    return handle


def read(handle: str) -> bytes:
    """What a sealed file holds.

    Errors: FileGone; keys.KeyMissing.
    """
    try:
        return unseal_bytes(path_of(handle).read_bytes())
    except FileNotFoundError:
        raise FileGone(
            f"加密保存的文件 {handle[:8]}… 不在了：已经依法删除，或者恢复备份时漏了 media/sealed 文件夹。"
        ) from None


def remove(handle: str) -> None:
    """Erase a file; one that is gone already stays gone."""
    with suppress(FileNotFoundError):
        path_of(handle).unlink()


def renew_all() -> int:
    """Seal every file anew with the newest key; gives how many. Stopped half-way, all of them still open."""
    done = 0
    for path in _all():
        with suppress(FileNotFoundError):  # erased meanwhile
            _write(path, renew_bytes(path.read_bytes()))
            done += 1
    return done


def path_of(handle: str) -> Path:
    """Where a sealed file lies, in one of 256 folders by its first two digits.

    Errors: ValueError for what is no name of a sealed file.
    """
    if not _HANDLE.fullmatch(handle):
        raise ValueError("not the name of a sealed file")
    return _folder() / handle[:2] / handle


def _folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "sealed"


def _all() -> Iterator[Path]:
    for path in _folder().glob("[0-9a-f][0-9a-f]/*"):
        if _HANDLE.fullmatch(path.name):
            yield path


def _write(target: Path, content: bytes) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_name(f".{target.name}.{secrets.token_hex(4)}")
    with temporary.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
