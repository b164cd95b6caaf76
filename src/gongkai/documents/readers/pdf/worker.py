"""The process in which PDFs are read: one file after another from standard input, an answer for each on standard output.

A message is its length in eight bytes and then that many bytes; an answer is a pickled `Document` or `Refusal`. The kernel
ends the process when a file takes too long, and refuses it memory beyond the limit, whatever PDFium is doing at the time.
"""

from __future__ import annotations

import pickle
import resource
import signal
import struct
import sys
from typing import BinaryIO

LENGTH = struct.Struct("<Q")
SECONDS = 8.0
MEMORY = 256 * 1024 * 1024  # bytes the process may hold in its own data, the file included


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
    """Answer until the other side closes its end."""
    from gongkai.documents.readers.pdf.reading import document_from
    from gongkai.documents.readers.refusing import CannotRead, too_large

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
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
