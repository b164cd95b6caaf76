"""Several officers at the same moment, as they are in an office: each in a process of their own, on a connection of their own."""

from __future__ import annotations

import os
import traceback
from collections.abc import Callable

from django.db import connection

from gongkai.office.accounts.policy import Refused


def at_once(*acts: Callable[[], object]) -> list[str]:
    """What each act came to, in their order, when all begin together: `done`, or why it was refused.

    Nothing that an act does to objects of this process is seen here: look into the database.
    """
    connection.close()
    waiting, starting = os.pipe()
    readers, pids = [], []
    for act in acts:
        reading, writing = os.pipe()
        pid = os.fork()
        if not pid:
            os.close(starting)
            os._exit(_tried(act, waiting, writing))
        os.close(writing)
        readers.append(reading)
        pids.append(pid)
    os.close(waiting)
    # Everybody waits at a pipe that says nothing; closed, it lets all of them go.
    os.close(starting)
    results = []
    for reading, pid in zip(readers, pids, strict=True):
        with os.fdopen(reading, "rb") as pipe:
            results.append(pipe.read().decode())
        _, status = os.waitpid(pid, 0)
        assert status == 0, results[-1]
    return results


def _tried(act: Callable[[], object], waiting: int, writing: int) -> int:
    status = 0
    try:
        connection.ensure_connection()
        os.read(waiting, 1)
        try:
            act()
            result = "done"
        except Refused as refused:
            result = str(refused)
    except BaseException:
        status, result = 1, traceback.format_exc()
    with os.fdopen(writing, "wb") as pipe:
        pipe.write(result.encode())
    return status
