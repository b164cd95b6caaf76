"""The public folder: files that are whole or not there, and gone when they are said to be gone."""

from __future__ import annotations

import errno
import hashlib
import os
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings

from gongkai.office.renderings.addresses import address_of, file_of

_READABLE, _SEARCHABLE = 0o644, 0o755
"""What is public may be read by everybody on the machine, by nginx for one, whatever the umask keeps for ourselves."""


def folder() -> Path:
    """Where the files stand: the folder that nginx and the front look into."""
    return Path(settings.RENDERINGS_ROOT)


def write(path: str, content: bytes | Path, modified: int) -> None:
    """Put the answer of an address into its file, in one step. A `Path` is linked to where it has that very time.

    `modified` is in seconds since 1970. Errors: OSError when the disk is full or forbids it; then nothing has changed.
    """
    file = file_of(path)
    assert file is not None, path
    target = folder() / file
    temporary = target.parent / f".{secrets.token_hex(8)}"
    try:
        _make(temporary.parent)
        if isinstance(content, bytes):
            temporary.write_bytes(content)
        elif int(content.stat().st_mtime) == modified:
            _link(content, temporary)
        else:
            shutil.copyfile(content, temporary)
        if int(temporary.stat().st_mtime) != modified:
            os.utime(temporary, (modified, modified))
        temporary.chmod(_READABLE)
        os.replace(temporary, target)
    finally:
        # Left when something failed, and when both names are links to one file: renaming then does nothing.
        temporary.unlink(missing_ok=True)


def remove(path: str) -> None:
    """Take the file of an address away, if there is one."""
    file = file_of(path)
    if file is not None:
        (folder() / file).unlink(missing_ok=True)


def remove_all() -> None:
    """Take every file away at once: the whole folder goes aside, `sweep` deletes it later."""
    if not folder().exists() or not any(folder().iterdir()):
        return
    try:
        folder().rename(folder().parent / f".{folder().name}-{secrets.token_hex(8)}")
    except FileNotFoundError:
        return


def sweep() -> None:
    """Delete the folders that `remove_all` put aside."""
    for aside in folder().parent.glob(f".{folder().name}-*"):
        shutil.rmtree(aside, ignore_errors=True)


def standing() -> Iterator[tuple[str | None, Path]]:
    """Every file in the folder with the address it answers, None for a file that answers none."""
    root = folder()
    for directory, _, names in os.walk(root):
        for name in names:
            file = Path(directory, name)
            yield address_of(file.relative_to(root).as_posix()), file


def hash_of(content: bytes | Path) -> str:
    """SHA-256, in hexadecimal."""
    if isinstance(content, bytes):
        return hashlib.sha256(content).hexdigest()
    with content.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def _make(directory: Path) -> None:
    """A folder in the public one, with those above it."""
    if directory.is_dir():
        return
    if directory != folder():
        _make(directory.parent)
        directory.mkdir(exist_ok=True)
    else:
        directory.mkdir(parents=True, exist_ok=True)
    directory.chmod(_SEARCHABLE)


def _link(source: Path, target: Path) -> None:
    """A second name for the same bytes; a copy where the two folders are on different file systems."""
    try:
        target.hardlink_to(source)
    except OSError as error:
        if error.errno not in (errno.EXDEV, errno.EPERM, errno.EMLINK):
            raise
        shutil.copyfile(source, target)
