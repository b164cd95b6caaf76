"""Background work that waits for other machines: in a thread of its own, so that a silent server holds up nothing here."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime

from django.db import connection

log = logging.getLogger(__name__)


class Apart:
    """Something to do by the clock, one round at a time: while one goes on, no second one begins."""

    def __init__(self, name: str, do: Callable[[datetime], object]) -> None:
        self._name, self._do = name, do
        self._thread: threading.Thread | None = None

    def __call__(self, at: datetime) -> None:
        if self._thread is None or not self._thread.is_alive():
            self._thread = threading.Thread(target=self._round, args=[at], name=self._name)
            self._thread.start()

    def wait(self) -> None:
        """Until the round that goes on, if any, has ended."""
        if self._thread is not None:
            self._thread.join()

    def _round(self, at: datetime) -> None:
        try:
            self._do(at)
        except Exception:
            log.exception("到时任务“%s”没有完成，下一轮重试。", self._name)
        finally:
            connection.close()
