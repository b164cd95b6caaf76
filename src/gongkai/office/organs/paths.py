"""Ways through a tree that is kept as paths: agencies and columns, four digits a step (`0001.0007.`)."""

from __future__ import annotations


def upwards(path: str) -> list[str]:
    """The paths on the way to a place, from the root down, its own last.

    >>> upwards("0001.0007.0002.")
    ['0001.', '0001.0007.', '0001.0007.0002.']
    """
    return [path[:end] for end, sign in enumerate(path, start=1) if sign == "."]
