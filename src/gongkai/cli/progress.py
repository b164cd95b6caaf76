"""A progress bar on standard error, for people only."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from time import monotonic
from typing import TypeVar

from gongkai.cli.console import Console

Item = TypeVar("Item")
_BAR = 24


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


def _draw(console: Console, done: int, total: int, seconds: float) -> None:
    filled = _BAR * done // total
    left = round(seconds / done * (total - done))
    bar = "█" * filled + "░" * (_BAR - filled)
    remaining = console.say(f"还需约 {left} 秒", f"about {left} s left")
    console.err.write(f"\r{bar} {done}/{total}  {remaining}")
    console.err.flush()


def _clear(console: Console) -> None:
    console.err.write("\r\x1b[K")
    console.err.flush()
