"""Reading files that nobody vouches for in a process of their own, with an end to its time and memory."""

from __future__ import annotations

import fcntl
import io
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, nullcontext, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from gongkai.documents.model import Refusal
from gongkai.documents.readers import refusing
from gongkai.documents.readers.pdf.worker import receive, send
from gongkai.office.reporting.received import reading_process
from gongkai.office.reporting.received.reading_process import IN_BACKGROUND
from gongkai.regulation.annual_report import refusal_to_json

SECONDS = 25.0
"""For one file. The readers give up after 8 seconds of their own accord; this is for what takes them down with it."""

_FOLDER = "gongkai-reading-"
_YOUNG = 60.0
"""Seconds that a folder may be there before it is locked."""

Contract = dict[str, Any]
"""What was read, as `gongkai report read --format json` prints it."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a file says: the contract object, the file as the reader saw it, and the findings that rest on the file."""

    contract: Contract
    source: list[dict[str, Any]] | None
    noticed: list[dict[str, Any]]


class Reader:
    """A process that reads one file after another; a context manager. When a file is its end the next one gets another.

    Somebody `waits` for the answer, or nobody does: then the process gives way to all others of the machine, the site's
    first, and keeps to one processor together with the thread that asks it. They work in turn, so it costs them nothing;
    wherever one of them runs, whoever asks for a page may wait for the next tick of the clock (4 ms), whatever the priority.

    Its temporary files lie in a folder of its own, which is gone with it; what is left where even this process was killed,
    `sweep` takes away. It knows none of the office's settings.
    """

    def __init__(self, seconds: float = SECONDS, *, waits: bool = True) -> None:
        self._seconds = seconds
        self._arguments = () if waits else (IN_BACKGROUND,)
        self._process: subprocess.Popen[bytes] | None = None
        self._aside = nullcontext() if waits else _one_processor()
        self._folder = ""
        self._lock = -1

    def __enter__(self) -> Reader:
        self._aside.__enter__()
        return self

    def __exit__(self, *_: object) -> None:
        try:
            self.close()
        finally:
            self._aside.__exit__(None, None, None)

    def read(
        self,
        data: bytes,
        name: str,
        *,
        agency: str | None = None,
        year: int | None = None,
        previous: Mapping[str, Any] | None = None,
    ) -> Answer:
        """What a file says and what is wrong with it. Whatever the file does, there is an answer."""
        asked = json.dumps({"name": name, "agency": agency, "year": year, "previous": previous}).encode()
        process = self._started()
        out_of_time = threading.Event()

        def end() -> None:
            out_of_time.set()
            _kill(process)

        watch = threading.Timer(self._seconds, end)
        watch.start()
        try:
            send(cast(io.BufferedWriter, process.stdin), asked)
            send(cast(io.BufferedWriter, process.stdin), data)
            answer = receive(cast(io.BufferedReader, process.stdout))
        except (BrokenPipeError, MemoryError):
            answer = None
        finally:
            watch.cancel()
        if answer is None:
            self.close()
            refusal = refusing.too_slow(self._seconds) if out_of_time.is_set() else crashed()
            return Answer(refusal_to_json(refusal), None, [])
        found = json.loads(answer)
        return Answer(**found)

    def close(self) -> None:
        """End the process and take away what it left."""
        if self._process is not None:
            _kill(self._process)
            self._process.wait()
            for pipe in (self._process.stdin, self._process.stdout):
                with suppress(BrokenPipeError):  # what was still to be written has no reader any more
                    if pipe is not None:
                        pipe.close()
            self._process = None
        if self._folder:
            shutil.rmtree(self._folder, ignore_errors=True)
            os.close(self._lock)
            self._folder = ""

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            self.close()
            self._folder = tempfile.mkdtemp(prefix=_FOLDER)
            # The lock goes with this process, however it ends: a folder without one is nobody's.
            self._lock = os.open(self._folder, os.O_RDONLY)
            fcntl.flock(self._lock, fcntl.LOCK_EX)
            self._process = subprocess.Popen(
                [sys.executable, "-P", "-m", reading_process.__name__, *self._arguments],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                cwd=self._folder,
                env=_bare_environment(self._folder),
                start_new_session=True,
            )
        return self._process


def sweep(*, young: float = _YOUNG) -> int:
    """Take away the folders of readers that were killed with what they had begun to read; gives how many. By the clock."""
    count = 0
    for folder in Path(tempfile.gettempdir()).glob(f"{_FOLDER}*"):
        with suppress(OSError):  # another's folder, or one that is gone by now
            if time.time() - folder.stat().st_mtime < young:
                continue
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
                shutil.rmtree(folder)
                count += 1
            finally:
                os.close(descriptor)
    return count


def read_once(data: bytes, name: str, *, agency: str | None = None, year: int | None = None) -> Answer:
    """Read one file in a process that sees nothing else."""
    with Reader() as reader:
        return reader.read(data, name, agency=agency, year=year)


def crashed() -> Refusal:
    """For a file that took the process reading it down."""
    return Refusal(
        "CRASHED",
        "读取这个文件的进程意外终止，文件可能已损坏。请另存或重新下载后再试。",
        "The process reading this file died; the file may be damaged. Save or download it again.",
    )


@contextmanager
def _one_processor() -> Iterator[None]:
    """This thread, and what it starts, on one processor of those it may use. Linux only; no-op elsewhere."""
    if sys.platform != "linux":
        yield
        return
    before = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {max(before)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, before)


def _bare_environment(folder: str) -> dict[str, str]:
    """What a program needs to start; no database, no key, no secret of the office."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        "PYTHONPATH": os.pathsep.join(path for path in sys.path if path),
        "PYTHONDONTWRITEBYTECODE": "1",
        "HOME": folder,
        "TMPDIR": folder,
    }


def _kill(process: subprocess.Popen[bytes]) -> None:
    """End the process and those it started, such as the one that reads PDFs."""
    with suppress(ProcessLookupError):
        os.killpg(process.pid, signal.SIGKILL)
