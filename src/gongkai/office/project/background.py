"""The process in the background: what the clock triggers, and the tasks that pages leave for later."""

from __future__ import annotations

import logging
import os
import signal
import time
from types import FrameType

_ROUND_SECONDS = 20.0
_LOOK_SECONDS = 1.0


class _Stop(Exception):
    """Asked to stop while nothing was being done."""


def run() -> None:
    """Work until SIGTERM or SIGINT; what is being done then is finished first."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gongkai.office.project.settings")
    import django

    django.setup()
    from django.db import Error, close_old_connections
    from django.utils import timezone

    from gongkai.office.project.due import run_due
    from gongkai.office.project.heartbeat import beat
    from gongkai.office.project.lifetime import end_with_parent
    from gongkai.office.project.tasks import work_off

    log = logging.getLogger(__name__)
    end_with_parent()
    working = stopping = False

    def stop(number: int, frame: FrameType | None) -> None:
        nonlocal stopping
        stopping = True
        if not working:
            raise _Stop

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
    parent, last = os.getppid(), float("-inf")
    try:
        while not stopping and os.getppid() == parent:
            working = True
            try:
                close_old_connections()
                if time.monotonic() - last >= _ROUND_SECONDS:
                    last = time.monotonic()
                    run_due(at=timezone.now(), apart=True)
                    beat()
                work_off()
            except (Error, OSError):
                # The database is away for a while, or the disk is full: the next round tries again.
                log.exception("后台任务这一轮没有完成，稍后重试。")
            working = False
            if not stopping:
                time.sleep(_LOOK_SECONDS)
    except _Stop:
        return


if __name__ == "__main__":
    run()
