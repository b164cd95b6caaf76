"""Long numbers in what a finding quotes: a report of personal data must not hand it on."""

from __future__ import annotations

import re

_LONG_NUMBER = re.compile(r"[0-9０-９](?:[ \-－—]?[0-9０-９]){6,}[\dXxＸ０-９]?")
_KEPT_BEFORE, _KEPT_AFTER = 3, 2


def masked(text: str) -> str:
    """The text with the middle of every number of seven digits or more starred out.

    >>> masked("电话13800000000")
    '电话138******00'
    """
    return _LONG_NUMBER.sub(lambda found: mask_number(found[0]), text)


def mask_number(number: str) -> str:
    """The first three and the last two characters of a number, stars between."""
    hidden = len(number) - _KEPT_BEFORE - _KEPT_AFTER
    return number[:_KEPT_BEFORE] + "*" * hidden + number[-_KEPT_AFTER:]
