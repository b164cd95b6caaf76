"""Processes that must not outlive the one that started them."""

from __future__ import annotations

import ctypes
import os
import signal
import sys

_PR_SET_PDEATHSIG = 1
_SERVER = "GONGKAI_SERVER_PROCESS"


def announce_server() -> None:
    """Say to the processes that this one will start who their parent is."""
    os.environ[_SERVER] = str(os.getpid())


def end_with_parent() -> None:
    """Have the system end this process when its parent is gone, even when that was killed. Linux only; no-op elsewhere."""
    if sys.platform != "linux":
        return
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
    if os.environ.get(_SERVER) not in (None, str(os.getppid())):
        # The parent was killed before we could ask to be told.
        os._exit(0)
