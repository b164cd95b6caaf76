"""The process in which PDFs are read: one file after another from standard input, an answer for each on standard output.

A message is its length in eight bytes and then that many bytes; an answer is a pickled `Document` or `Refusal`. The kernel
ends the process when a file takes too long, and refuses it memory beyond the limit, whatever PDFium is doing at the time.

There are two processes: one reads, the other waits for its end and passes on in its own exit status what it was. Only a
process that was forked from a small one has a peak of memory of its own: the kernel counts what the parent held at the time.
"""

from __future__ import annotations

import os
import pickle
import resource
import signal
import struct
import sys
from typing import BinaryIO

LENGTH = struct.Struct("<Q")
SECONDS = 8.0
MEMORY = 256 * 1024 * 1024  # bytes the process may hold in its own data, the file included
MUCH_OF_MEMORY = 0.6  # a process that dies with this share of it was refused more; a damaged file takes a fraction

OUT_OF_TIME, OUT_OF_MEMORY, BROKEN = 3, 4, 5
"""Exit statuses of the waiting process when a file was the end of the one that reads."""


def send(stream: BinaryIO, message: bytes) -> None:
    """Write one message."""
    stream.write(LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """The next message, or None when the other side has gone, even in the middle of one."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    size: int = LENGTH.unpack(head)[0]
    message = stream.read(size)
    return message if len(message) == size else None


def serve() -> None:
    """Answer until the other side closes its end; then, or when a file was too much, exit and say why."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
    reading = os.fork()
    if reading:
        sys.exit(_end_of(reading))
    _answer()


def _end_of(process: int) -> int:
    """Waits for the process that reads; the exit status that says how it ended, 0 when nothing happened to it."""
    _, status, usage = os.wait4(process, 0)
    exit_code = os.waitstatus_to_exitcode(status)
    if exit_code == -signal.SIGALRM:
        return OUT_OF_TIME
    if exit_code and usage.ru_maxrss * 1024 > MEMORY * MUCH_OF_MEMORY:
        return OUT_OF_MEMORY
    return BROKEN if exit_code else 0


def _answer() -> None:
    from gongkai.documents.readers.pdf.reading import document_from
    from gongkai.documents.readers.refusing import CannotRead, too_large

    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    while True:
        data = receive(sys.stdin.buffer)
        if data is None:
            return
        signal.setitimer(signal.ITIMER_REAL, SECONDS)
        try:
            answer = pickle.dumps(document_from(data))
        except CannotRead as error:
            answer = pickle.dumps(error.refusal)
        except (MemoryError, RecursionError):
            answer = pickle.dumps(too_large())
        del data
        signal.setitimer(signal.ITIMER_REAL, 0)
        send(sys.stdout.buffer, answer)
