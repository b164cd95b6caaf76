"""Which tables are tables: pages and letters are laid out in tables too, and those are taken apart into their text."""

from __future__ import annotations

from collections.abc import Sequence

LONG_PROSE = 400  # characters; the longest label of a statutory form has about 60
NUMBERS_OF_A_REAL_TABLE = 8


def is_layout(texts: Sequence[str], column_count: int) -> bool:
    """Whether a table only arranges text: it has one column, or holds long prose and hardly a number."""
    if column_count < 2:
        return True
    if max(map(len, texts), default=0) < LONG_PROSE:
        return False
    return sum(1 for text in texts if text[:1].isdigit() and len(text) < 12) < NUMBERS_OF_A_REAL_TABLE
