"""What somebody typed into an address, where no form has looked at it yet."""

from __future__ import annotations

_MOST_DIGITS = 9
"""Enough for every id, year and page there is; fits into any column of whole numbers."""


def number(text: str) -> int | None:
    """The whole number somebody typed, 0 or more; None for anything else.

    Not `str.isdigit`: it lets pass what `int` stumbles over (², ①, thousands of digits).
    """
    return int(text) if len(text) <= _MOST_DIGITS and text.isascii() and text.isdecimal() else None
