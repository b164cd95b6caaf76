"""The memory of a command with all the processes it starts."""

from __future__ import annotations

import subprocess
import time
from collections.abc import Sequence
from pathlib import Path

INTERVAL_SECONDS = 0.1
SESSION_FIELD = 3  # of /proc/…/stat, counted behind the name: state, parent, group, session


def run_and_watch(command: Sequence[str]) -> tuple[float, float | None]:
    """Runs a command in a session of its own: seconds of wall-clock, and the peak of its resident memory in MB.

    The peak is that of all its processes together, looked at ten times a second; None where there is no /proc to look at.
    """
    started = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    peak = 0.0
    while process.poll() is None:
        peak = max(peak, _resident_megabytes(process.pid))
        time.sleep(INTERVAL_SECONDS)
    return time.perf_counter() - started, peak or None


def _resident_megabytes(session: int) -> float:
    kilobytes = 0
    for status in Path("/proc").glob("[0-9]*/status"):
        try:
            if _session(status.with_name("stat").read_text("utf-8")) == session:
                kilobytes += _resident_kilobytes(status.read_text("utf-8"))
        except (OSError, ValueError):
            continue  # the process has ended since it was listed
    return kilobytes * 1024 / 1e6


def _session(stat: str) -> int:
    return int(stat.rpartition(")")[2].split()[SESSION_FIELD])


def _resident_kilobytes(status: str) -> int:
    return sum(int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS:"))
