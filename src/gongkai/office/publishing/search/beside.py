"""While very many items come in, a second process follows the journal: rows and index are written at the same time.

It is the program `publishing.follow_search`, started here; through its standard input it is told which database.
It goes on until it is told to finish, and ends at once when whoever started it is gone. What it has not entered then is
entered by the next search or the background, like everything else.
"""

from __future__ import annotations

import json
import logging
import os
import select
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from django.conf import settings
from django.db import connection

from gongkai.office.publishing.search.following import Way, before_search

_PROGRAM = "gongkai.office.publishing.follow_search"
_ROUND_SECONDS = 0.2
_FINISH = b"finish\n"
_WORTH_IT = 2000
"""Items at once that make it worth starting a process, which takes a second."""


class Beside:
    """The second process: there as soon as enough has come in."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[bytes] | None = None
        self._wanted = (os.cpu_count() or 1) > 1

    def expect(self, items: int) -> None:
        """Say how many items are about to come in at once: it starts while they are still being read."""
        if self._process is None and self._wanted and items >= _WORTH_IT:
            self._process = subprocess.Popen([sys.executable, "-m", _PROGRAM], stdin=subprocess.PIPE)
            self._say((json.dumps(_office()) + "\n").encode())

    def finish(self) -> None:
        """Wait until everything is entered."""
        self._say(_FINISH)
        self.end()

    def end(self) -> None:
        """Let it end with what it is doing."""
        if self._process is not None and self._process.stdin is not None:
            with suppress(OSError):
                self._process.stdin.close()
            self._process.wait()
        self._process = None

    def _say(self, words: bytes) -> None:
        if self._process is not None and self._process.stdin is not None:
            # If it is gone, others enter what it did not.
            with suppress(OSError):
                self._process.stdin.write(words)
                self._process.stdin.flush()


@contextmanager
def following_beside() -> Iterator[Beside]:
    """For as long as very many items come in; at the end everything is entered. What keeps it from that is logged."""
    # An index that is begun while they come in would be made from what is public and follow the journal: everything twice.
    before_search()
    beside = Beside()
    try:
        yield beside
        beside.finish()
    finally:
        beside.end()
    try:
        # Its pieces are brought together by the background: everything is found already.
        with Way() as way:
            way.enter_all()
    except (sqlite3.Error, OSError) as error:
        logging.getLogger(__name__).warning("导入的信息还没有全部编入检索：%s", error)


def _office() -> dict[str, str]:
    """What the other process has to know beyond the environment, which it has from this one."""
    return {"database": str(connection.settings_dict["NAME"]), "search": str(settings.SEARCH_ROOT)}


def follow(orders: int) -> None:
    """Be the second process: follow until told to finish, or until whoever told is gone."""
    told = b""
    while not told.endswith(b"\n"):
        if not (piece := os.read(orders, 1)):
            return
        told += piece
    office = json.loads(told)
    connection.settings_dict["NAME"] = office["database"]
    settings.SEARCH_ROOT = office["search"]
    with Way() as way:
        while not select.select([orders], [], [], _ROUND_SECONDS)[0]:
            while way.step() and not select.select([orders], [], [], 0)[0]:
                pass
        if os.read(orders, len(_FINISH)):
            way.enter_all()
