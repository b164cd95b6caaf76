"""What one file may cost: bytes on disk, bytes unpacked, seconds, memory.

A published report is tens of kilobytes to a few megabytes; the bounds are far above that and far below what hurts.
"""

from __future__ import annotations

import mmap
import signal
import stat
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from types import FrameType
from typing import BinaryIO
from zipfile import BadZipFile, ZipFile

from gongkai.documents.model import Refusal
from gongkai.documents.readers import refusing
from gongkai.documents.readers.refusing import CannotRead

MEGABYTE = 1024 * 1024
PDF_MARK = b"%PDF-"
PDF_MARK_WITHIN = 1024  # bytes; viewers accept some before it
LARGEST_PDF = 64 * MEGABYTE
LARGEST_FILE = 32 * MEGABYTE
LARGEST_TEXT = 8 * MEGABYTE
LARGEST_UNPACKED = 48 * MEGABYTE  # of one package, all the members that are read
LARGEST_RATIO = 200  # unpacked to packed; XML of real reports stays under 50
RATIO_MATTERS_FROM = 4 * MEGABYTE  # an almost empty sheet may pack better than any bomb, and is harmless
MOST_MEMBERS = 2_000
MOST_TAGS = 250_000  # opening and closing; as a tree some 40 MB
MOST_LINES = 200_000
MOST_CELLS = 100_000  # of one file
CHUNK = 256 * 1024
PIECE = 64 * 1024

SECONDS = 8.0  # a step of a library may run on a little when time is up; ten in all
GROWTH_MEGABYTES = 200  # over a process that has loaded the readers and takes some 60 MB itself: under 300 in all
TICK_SECONDS = 0.02
GRACE_SECONDS = 0.5  # for cleaning up after a limit was hit, before it strikes again

_PAGE_BYTES = mmap.PAGESIZE


class LimitReached(BaseException):
    """Time or memory is used up. No `Exception`, so that no library swallows it on the way out."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code)
        self.refusal = refusal


@contextmanager
def guard(seconds: float = SECONDS, megabytes: float = GROWTH_MEGABYTES) -> Iterator[None]:
    """Bound what the block may take: wall-clock seconds, and growth of the process's memory in megabytes.

    Outside the main thread Python delivers no signals, and the block runs unguarded; the sizes above still hold.
    Errors: CannotRead TOO-SLOW or TOO-LARGE, raised inside the block between two steps of Python.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    watch = _Watch(seconds, megabytes)
    previous_handler = signal.signal(signal.SIGALRM, watch)
    started = time.monotonic()
    previous_delay, previous_interval = signal.setitimer(signal.ITIMER_REAL, TICK_SECONDS, TICK_SECONDS)
    try:
        try:
            yield
        finally:
            watch.is_over = True
    except LimitReached as limit:
        raise CannotRead(limit.refusal) from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, previous_handler)
        if previous_delay:  # someone else's alarm was running, as a test runner's
            left = max(previous_delay - (time.monotonic() - started), TICK_SECONDS)
            signal.setitimer(signal.ITIMER_REAL, left, previous_interval)


class _Watch:
    """The signal handler of one guarded block."""

    def __init__(self, seconds: float, megabytes: float) -> None:
        self.is_over = False
        self._seconds = seconds
        self._deadline = time.monotonic() + seconds
        self._most_bytes = resident_bytes() + int(megabytes * MEGABYTE)
        self._megabytes = megabytes

    def __call__(self, _signal: int, _frame: FrameType | None) -> None:
        if self.is_over:
            return
        if time.monotonic() > self._deadline:
            self._strike(refusing.too_slow(self._seconds))
        if resident_bytes() > self._most_bytes:
            self._strike(refusing.too_large(f"{self._megabytes:g} MB"))

    def _strike(self, refusal: Refusal) -> None:
        signal.setitimer(signal.ITIMER_REAL, GRACE_SECONDS, TICK_SECONDS)
        raise LimitReached(refusal)


def resident_bytes() -> int:
    """The memory this process holds now; 0 where the system doesn't tell."""
    try:
        with open("/proc/self/statm", "rb", buffering=0) as file:
            return int(file.read(100).split()[1]) * _PAGE_BYTES
    except OSError:
        return 0


def read_file(path: Path) -> bytes:
    """The bytes of a regular file that isn't too large; an oversized one is refused without reading it.

    Errors: CannotRead NOT-FOUND, NOT-A-FILE, NOT-PERMITTED, TOO-LARGE, EMPTY.
    """
    try:
        status = path.stat()
        if stat.S_ISDIR(status.st_mode):
            raise CannotRead(refusing.not_a_file("一个文件夹", "a folder"))
        if not stat.S_ISREG(status.st_mode):
            raise CannotRead(refusing.not_a_file("管道或设备", "a pipe or a device"))
        with path.open("rb") as file:
            start = file.read(PDF_MARK_WITHIN)
            limit = LARGEST_PDF if PDF_MARK in start else LARGEST_FILE
            if status.st_size > limit:
                raise CannotRead(refusing.too_large(f"{limit // MEGABYTE} MB"))
            data = start + _read_at_most(file, limit)
    except PermissionError as error:
        raise CannotRead(refusing.not_permitted()) from error
    except (OSError, RuntimeError, ValueError) as error:  # a loop of links, a NUL in the name, a name too long
        raise CannotRead(refusing.not_found()) from error
    if not data:
        raise CannotRead(refusing.empty())
    return data


def _read_at_most(file: BinaryIO, limit: int) -> bytes:
    """The rest of a file, if it goes on for no more than so many bytes, otherwise that many.

    In pieces: to make room for everything that a file might hold takes longer than to read what one holds.
    """
    pieces: list[bytes] = []
    left = limit
    while left > 0 and (piece := file.read(min(PIECE, left))):
        pieces.append(piece)
        left -= len(piece)
    return b"".join(pieces)


class Package:
    """A zip package (DOCX, XLSX, ODF) whose members are unpacked with an eye on the total.

    What the directory of the archive claims about sizes isn't believed; the unpacked bytes themselves are counted.
    Errors: CannotRead TRUNCATED, DAMAGED, ENCRYPTED, TOO-LARGE.
    """

    def __init__(self, data: bytes) -> None:
        try:
            self._zip = ZipFile(BytesIO(data))
        except BadZipFile as error:
            has_end = b"PK\x05\x06" in data[-70_000:]
            raise CannotRead(refusing.damaged("ZIP") if has_end else refusing.truncated()) from error
        except (ValueError, OSError, NotImplementedError, RuntimeError) as error:
            raise CannotRead(refusing.damaged("ZIP")) from error
        if len(self._zip.filelist) > MOST_MEMBERS:
            raise CannotRead(refusing.too_large(f"{MOST_MEMBERS} 个部件 / members"))
        self._members = {info.filename.lstrip("/"): info for info in self._zip.filelist}
        self._unpacked = 0

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(self._members)

    def __contains__(self, name: str) -> bool:
        return name in self._members

    def read(self, name: str) -> bytes:
        """The bytes of one member; KeyError when there is none of that name."""
        info = self._members[name]
        if info.flag_bits & 0x1:
            raise CannotRead(refusing.encrypted())
        chunks: list[bytes] = []
        unpacked = 0
        try:
            with self._zip.open(info) as member:
                while chunk := member.read(CHUNK):
                    unpacked += len(chunk)
                    self._count(len(chunk), unpacked, info.compress_size)
                    chunks.append(chunk)
        except (CannotRead, MemoryError):
            raise
        except Exception as error:  # zlib.error, BadZipFile, EOFError, NotImplementedError, … by what is broken
            raise CannotRead(refusing.damaged(f"{name}: {type(error).__name__}")) from error
        return b"".join(chunks)

    def _count(self, added: int, unpacked: int, packed: int) -> None:
        self._unpacked += added
        is_bomb = unpacked > RATIO_MATTERS_FROM and unpacked > LARGEST_RATIO * max(packed, 1)
        if is_bomb or self._unpacked > LARGEST_UNPACKED:
            raise CannotRead(refusing.too_large(f"{LARGEST_UNPACKED // MEGABYTE} MB"))


def bounded_tags(data: bytes) -> bytes:
    """The same markup, if its tree stays within bounds.

    Errors: CannotRead TOO-LARGE.
    """
    if data.count(b"<") > MOST_TAGS:
        raise CannotRead(refusing.too_large(f"{MOST_TAGS} 个标签 / tags"))
    return data
