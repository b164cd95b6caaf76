"""The file of a backup: a gzipped tar whose first member says what follows, and whose last holds the hash of each.

It is unpacked with distrust: plain files only, under names we would have given, no more bytes than announced.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from gongkai.office.project.backup.layout import (
    DATABASES,
    FILES,
    HEADER,
    KEYS,
    MANIFEST,
    Header,
    Problem,
    damaged,
    not_a_backup,
)

Tick = Callable[[int, int], object]
"""Told now and then: bytes done, bytes in all."""

_PIECE = 1024 * 1024
_LONGEST_WORDS = 64 * _PIECE
"""Bytes of a header or a manifest at most: a hundred bytes for each of half a million files."""
_SLACK = 64 * _PIECE
_PART = re.compile(r"[^./\\\x00-\x1f\x7f][^/\\\x00-\x1f\x7f]*")
"""A name in a path: never hidden, and so never `.` or `..`."""


class Writer:
    """Writes the members in order and keeps their hashes."""

    def __init__(self, out: Any, header: Header, tick: Tick) -> None:
        # Attachments don't shrink and the database does so at once: the fastest level is nearly as small as the best.
        self._tar = tarfile.open(fileobj=out, mode="w:gz", compresslevel=1, format=tarfile.PAX_FORMAT)  # noqa: SIM115
        self._entries: dict[str, dict[str, Any]] = {}
        self._tick, self._done, self._total = tick, 0, header.total_bytes
        self._words(HEADER, header.as_json())

    def add(self, path: Path, name: str) -> None:
        """Add a file as it is now. Errors: FileNotFoundError when it is gone; nothing was written then."""
        with path.open("rb") as file:
            member = tarfile.TarInfo(name)
            member.size = os.fstat(file.fileno()).st_size
            member.mode = 0o600
            hashing = _Hashing(file, self._ticked)
            self._tar.addfile(member, hashing)
        self._entries[name] = {"size": member.size, "sha256": hashing.sha256}

    def close(self) -> None:
        """Add the manifest and end the file."""
        self._words(MANIFEST, {"entries": self._entries})
        self._tar.close()

    def _words(self, name: str, told: Any) -> None:
        content = json.dumps(told, ensure_ascii=False, indent=1).encode()
        member = tarfile.TarInfo(name)
        member.size, member.mode = len(content), 0o600
        self._tar.addfile(member, io.BytesIO(content))
        if name != MANIFEST:
            self._entries[name] = {"size": len(content), "sha256": hashlib.sha256(content).hexdigest()}

    def _ticked(self, size: int) -> None:
        self._done += size
        self._tick(self._done, self._total)


class _Hashing:
    """A file that is hashed while it is read."""

    def __init__(self, file: IO[bytes], tick: Callable[[int], None]) -> None:
        self._file, self._tick, self._digest = file, tick, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._file.read(size)
        self._digest.update(piece)
        self._tick(len(piece))
        return piece

    @property
    def sha256(self) -> str:
        return self._digest.hexdigest()


def unpack(archive: Path, into: Path, accept: Callable[[Header], None], tick: Tick) -> Header:
    """Unpack a backup into an empty folder: `files/a/b` becomes `a/b`, keys and the database lie at the top.

    `accept` gets the header before anything else is read, and raises where it can't be restored here.
    Errors: Problem for what is no backup, is damaged, or would write anywhere else; then the folder holds rubbish.
    """
    try:
        with tarfile.open(archive, "r|gz") as tar:
            return _unpack(tar, into, accept, tick)
    except (tarfile.TarError, EOFError, zlib.error, UnicodeError) as error:
        raise _unreadable(into) from error
    except OSError as error:
        # gzip says of bad data that it is an OSError, without a number.
        if error.errno is None:
            raise _unreadable(into) from error
        raise


def _unpack(tar: tarfile.TarFile, into: Path, accept: Callable[[Header], None], tick: Tick) -> Header:
    first = tar.next()
    if first is None or first.name != HEADER:
        raise not_a_backup()
    words = _words(tar, first)
    header = Header.from_json(_json(words))
    accept(header)
    found = {HEADER: {"size": len(words), "sha256": hashlib.sha256(words).hexdigest()}}
    manifest: Any = None
    left = header.total_bytes + _SLACK
    while (member := tar.next()) is not None:
        if manifest is not None or member.type not in (tarfile.REGTYPE, tarfile.AREGTYPE):
            raise _foreign(member.name)
        if member.name == MANIFEST:
            manifest = _json(_words(tar, member))
            continue
        left -= member.size
        if member.name in found or left < 0:
            raise _foreign(member.name)
        found[member.name] = _write(tar, member, _place(into, member.name, header), member.name.startswith(KEYS))
        tick(header.total_bytes + _SLACK - left, header.total_bytes)
    if manifest is None:
        raise damaged("后面缺失", "its end is missing")
    if not isinstance(manifest, dict) or manifest.get("entries") != found:
        raise _difference(manifest, found)
    return header


def _place(into: Path, name: str, header: Header) -> Path:
    """Where a member goes: always below the folder."""
    if name == DATABASES.get(header.vendor):
        return into / name
    folder, *parts = name.split("/")
    where = {FILES: len(parts) >= 1, KEYS: len(parts) == 1}
    if not where.get(f"{folder}/") or not all(_PART.fullmatch(part) for part in parts):
        raise _foreign(name)
    return into.joinpath(*parts)


def _write(tar: tarfile.TarFile, member: tarfile.TarInfo, place: Path, is_key: bool) -> dict[str, Any]:
    content = tar.extractfile(member)
    assert content is not None, "only plain files come here"
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_NOFOLLOW", 0)
    digest, size = hashlib.sha256(), 0
    try:
        place.parent.mkdir(parents=True, exist_ok=True, mode=0o755)
        handle = os.open(place, flags, 0o600 if is_key else 0o644)
    except (FileExistsError, NotADirectoryError) as error:
        raise _foreign(member.name) from error
    with os.fdopen(handle, "wb") as file:
        while piece := content.read(_PIECE):
            digest.update(piece)
            size += len(piece)
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return {"size": size, "sha256": digest.hexdigest()}


def _words(tar: tarfile.TarFile, member: tarfile.TarInfo) -> bytes:
    content = tar.extractfile(member) if member.size <= _LONGEST_WORDS and member.isreg() else None
    if content is None:
        raise _foreign(member.name)
    return content.read()


def _json(words: bytes) -> Any:
    try:
        return json.loads(words)
    except ValueError as error:
        raise not_a_backup() from error


def _difference(manifest: Any, found: dict[str, dict[str, Any]]) -> Problem:
    entries = manifest.get("entries", {}) if isinstance(manifest, dict) else {}
    differing = [name for name in sorted({*entries, *found}) if entries.get(name) != found.get(name)]
    name = differing[0] if differing else MANIFEST
    return damaged(f"摘要值不符：{name}", f"the hash of {name} differs")


def _foreign(name: str) -> Problem:
    return damaged(f"不该有的内容 {name!r}", f"{name!r} does not belong there")


def _unreadable(into: Path) -> Problem:
    return damaged("读不下去", "it can't be read on") if any(into.iterdir()) else not_a_backup()
