"""A progress bar on standard error, for people only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

from gongkai.cli.console import Console

Item = TypeVar("Item")
_BAR = 24
_MEGABYTE = 1024 * 1024
_PATIENCE = 2.0
_PAUSE = 0.2
"""Seconds before a bar is drawn, and between two drawings."""


def progress(items: Iterable[Item], total: int, console: Console) -> Iterator[Item]:
    """Hand on the items and draw how far they are, where standard error is a terminal and there are many."""
    if console.quiet or total < 2 or not console.err_is_terminal:
        yield from items
        return
    began = monotonic()
    try:
        for done, item in enumerate(items, 1):
            _clear(console)
            yield item
            _draw(console, done, total, monotonic() - began)
    finally:
        _clear(console)


class Meter:
    """How far something is that is measured in bytes, for whatever takes longer than two seconds."""

    def __init__(self, console: Console) -> None:
        self._console, self._began, self._drawn = console, monotonic(), 0.0

    def __call__(self, done: int, total: int) -> None:
        now = monotonic()
        console = self._console
        if console.quiet or not console.err_is_terminal or now - self._began < _PATIENCE or now - self._drawn < _PAUSE:
            return
        self._drawn = now
        _clear(console)
        _draw(console, min(done, total) // _MEGABYTE, max(total // _MEGABYTE, 1), now - self._began, " MB")

    def clear(self) -> None:
        """Take the bar away."""
        if self._drawn:
            _clear(self._console)


def _draw(console: Console, done: int, total: int, seconds: float, unit: str = "") -> None:
    filled = _BAR * done // total
    left = round(seconds / max(done, 1) * (total - done))
    bar = "█" * filled + "░" * (_BAR - filled)
    remaining = console.say(f"还需约 {left} 秒", f"about {left} s left")
    console.err.write(f"\r{bar} {done}/{total}{unit}  {remaining}")
    console.err.flush()


def _clear(console: Console) -> None:
    console.err.write("\r\x1b[K")
    console.err.flush()
