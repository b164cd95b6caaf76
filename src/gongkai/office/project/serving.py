"""The processes of an installation: the site's workers, and one that works in the background."""

from __future__ import annotations

import socket
import subprocess
import sys
import threading
import time
from contextlib import suppress
from typing import Any

from django.db import connections
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels

from gongkai.office.project.lifetime import announce_server

_THREADS = 8
"""Requests that a worker can be in at once: a slow one (an upload, a big list) doesn't stop the others."""
_PATIENCE = 10
"""Seconds a process may take to finish what it is doing when everything stops."""
_RESTART_AFTER = 2.0


def is_free(host: str, port: int) -> bool:
    """Whether the address can be listened on."""
    try:
        family = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0][0]
        with socket.socket(family, socket.SOCK_STREAM) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind((host, port))
    except OSError:
        return False
    return True


def serve(host: str, port: int, *, workers: int, background: bool = True) -> None:
    """Run until SIGTERM or SIGINT; then let everybody finish what they are doing."""
    # Workers are forked: they must not share a connection.
    connections.close_all()
    announce_server()
    watched = _Watched([sys.executable, "-m", "gongkai.office.project.background"]) if background else None
    server: Any = Granian(
        "gongkai.office.project.served:make",
        factory=True,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=_THREADS,
        respawn_failed_workers=True,
        workers_kill_timeout=_PATIENCE,
        log_level=LogLevels.error,
    )
    if watched:
        watched.start()
    try:
        server.serve()
    finally:
        if watched:
            watched.stop()


class _Watched:
    """A process that is started again when it ends by itself."""

    def __init__(self, command: list[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._stopping = threading.Event()
        self._thread = threading.Thread(target=self._watch, daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stopping.set()
        process = self._process
        if process is not None and process.poll() is None:
            process.terminate()
            with suppress(subprocess.TimeoutExpired):
                process.wait(_PATIENCE)
            if process.poll() is None:
                process.kill()
        self._thread.join(1)

    def _watch(self) -> None:
        while not self._stopping.is_set():
            started = time.monotonic()
            self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL)
            self._process.wait()
            if time.monotonic() - started < _RESTART_AFTER:
                self._stopping.wait(_RESTART_AFTER)
