"""A sign that the background process is at work, for `gongkai doctor`."""

from __future__ import annotations

import time
from pathlib import Path

from django.conf import settings


def beat() -> None:
    """Say: I am here."""
    _file().touch()


def seconds_since() -> float | None:
    """How long ago the background process last finished a round; None if it never did."""
    try:
        return time.time() - _file().stat().st_mtime
    except OSError:
        return None


def _file() -> Path:
    return Path(settings.DATA_DIR) / "background.heartbeat"
