"""Where the bytes of stored files lie: once each, under the hash of their content, written whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from gongkai.office.accounts.policy import FileRefused

MEGABYTE = 1024 * 1024
LARGEST = 100 * MEGABYTE
"""Bytes of one attachment. What is larger belongs to a video platform or into several files."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that is on the disk, safe against a power cut."""

    sha256: str
    size: int


def path_of(sha256: str) -> Path:
    """The place of a file on disk, whether or not it is there yet; in one of 256 folders by the first two digits."""
    return Path(settings.MEDIA_ROOT) / "files" / sha256[:2] / sha256


def keep(pieces: Iterable[bytes], check: Callable[[bytes], object] = len) -> Kept:
    """Write a file and give its hash. A file that is there already is not written again.

    `check` gets the whole content and raises where it may not be kept; then nothing is. The bytes go to a name nobody
    looks for, are forced to the disk and then renamed: whoever finds a file finds all of it.
    Errors: FileRefused when it is empty or too large; OSError when the disk fails.
    """
    incoming = Path(settings.MEDIA_ROOT) / "files" / ".incoming"
    incoming.mkdir(parents=True, exist_ok=True)
    temporary = incoming / secrets.token_hex(16)
    digest, size = hashlib.sha256(), 0
    try:
        with temporary.open("xb") as file:
            for piece in pieces:
                size += len(piece)
                if size > LARGEST:
                    raise FileRefused(
                        f"附件超过 {LARGEST // MEGABYTE} MB，没有保存。请压缩图片、拆成几个文件后再上传。"
                    )
                digest.update(piece)
                file.write(piece)
            file.flush()
            os.fsync(file.fileno())
        if size == 0:
            raise FileRefused("附件是空的，没有保存。请检查文件是否完整，再重新上传。")
        check(temporary.read_bytes())
        sha256 = digest.hexdigest()
        target = path_of(sha256)
        if not target.exists():
            target.parent.mkdir(exist_ok=True)
            temporary.replace(target)
            _force_folder(target.parent)
        return Kept(sha256, size)
    finally:
        with suppress(FileNotFoundError):
            temporary.unlink()


def _force_folder(folder: Path) -> None:
    """A name is safe only when its folder is on the disk too."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
