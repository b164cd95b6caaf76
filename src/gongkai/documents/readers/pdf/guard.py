"""Reading a PDF in a process of its own, so that a hostile or broken file can harm nothing but its own refusal.

PDFium is a large C++ library, and a file of some hundred bytes can ask it for gigabytes or for years. The worker process is
started with the first PDF and kept for the next ones; when a file kills it, the file is refused and the next one gets a
new worker.
"""

from __future__ import annotations

import atexit
import io
import os
import pickle
import subprocess
import sys
import threading
from typing import IO, Any, cast

from gongkai.documents import model
from gongkai.documents.model import Document, Refusal
from gongkai.documents.readers.pdf import worker
from gongkai.documents.readers.refusing import CannotRead, damaged, too_large, too_slow

LARGEST_FILE = 64 << 20  # bytes; the worker needs room for the file and for what it unpacks to

_ANSWERS = {"Document", "Heading", "Paragraph", "Table", "TableCell", "Position", "Refusal"}


class Worker:
    """One worker process; used by one thread at a time."""

    def __init__(self) -> None:
        paths = os.pathsep.join(path for path in sys.path if path)
        self._process = subprocess.Popen(
            [sys.executable, "-P", "-c", f"from {worker.__name__} import serve; serve()"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "PYTHONPATH": paths},
        )

    def ask(self, data: bytes) -> Document | Refusal:
        """What the worker answers; a refusal, and the end of the worker, when the file was too much for it."""
        try:
            worker.send(cast("io.BufferedWriter", self._process.stdin), data)
            answer = worker.receive(cast("io.BufferedReader", self._process.stdout))
        except BrokenPipeError:
            answer = None
        return self._cause_of_death() if answer is None else _unpickled(answer)

    @property
    def is_alive(self) -> bool:
        """Whether it can be asked."""
        return self._process.returncode is None

    def close(self) -> None:
        """Let the process end and wait for it."""
        for pipe in (self._process.stdin, self._process.stdout):
            _close(pipe)
        if self.is_alive:
            self._process.wait()

    def _cause_of_death(self) -> Refusal:
        for pipe in (self._process.stdin, self._process.stdout):
            _close(pipe)
        match self._process.wait():
            case worker.OUT_OF_TIME:
                return too_slow(worker.SECONDS)
            case worker.OUT_OF_MEMORY:
                return too_large()
            case _:
                return damaged("PDF")


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except BrokenPipeError:
        pass  # what was still to be written has no reader any more


class _AnswerReader(pickle.Unpickler):
    """Unpickles the document model and nothing else: the worker has handled a file that nobody vouches for."""

    def find_class(self, module: str, name: str) -> Any:
        if module == model.__name__ and name in _ANSWERS:
            return getattr(model, name)
        raise pickle.UnpicklingError(f"{module}.{name} is no answer")


def _unpickled(answer: bytes) -> Document | Refusal:
    return cast("Document | Refusal", _AnswerReader(io.BytesIO(answer)).load())


_lock = threading.Lock()
_worker: Worker | None = None


def read_pdf(data: bytes) -> Document:
    """Read a PDF with a text layer.

    Errors: CannotRead when the file needs a password, is damaged, too large or too slow to read, a scan, or has fonts that
    don't tell their characters.
    """
    global _worker
    if len(data) > LARGEST_FILE:
        raise CannotRead(too_large(f"{LARGEST_FILE >> 20} MB"))
    with _lock:
        if _worker is None or not _worker.is_alive:
            _worker = Worker()
        answer = _worker.ask(data)
    if isinstance(answer, Refusal):
        raise CannotRead(answer)
    return answer


def _close_worker() -> None:
    if _worker is not None:
        _worker.close()


def _forget_worker() -> None:
    """A forked process must not talk into its parent's pipes."""
    global _worker, _lock
    _worker, _lock = None, threading.Lock()


atexit.register(_close_worker)
os.register_at_fork(after_in_child=_forget_worker)
