"""The citizen's identity number (公民身份号码)."""

from __future__ import annotations

import re
from datetime import date

_WEIGHTS = tuple(2 ** (17 - place) % 11 for place in range(17))
_CHECKS = "10X98765432"
_SHAPE = re.compile(r"[1-9]\d{16}[\dX]")
PROVINCES = frozenset(
    str(code)
    for region in (range(11, 16), range(21, 24), range(31, 38), range(41, 47), range(50, 55), range(61, 66))
    for code in region
) | {"71", "81", "82", "83", "91"}
"""The first two digits: provinces and the like; 91 is for foreigners with permanent residence."""


def is_resident_id(text: str) -> bool:
    """Is this an 18-character identity number: a known province, a day of birth, the right check character?

    Source: resident-id-1999#check-character.
    >>> is_resident_id("34170019491001001" + check_character("34170019491001001"))
    True
    """
    number = text.upper()
    return looks_like_resident_id(number) and number[17] == check_character(number[:17])


def looks_like_resident_id(text: str) -> bool:
    """The same without the check character: what a misprinted identity number looks like."""
    number = text.upper()
    return bool(_SHAPE.fullmatch(number)) and number[:2] in PROVINCES and _is_birthday(number[6:14])


def check_character(body: str) -> str:
    """The 18th character for the first 17 digits: ISO 7064, MOD 11-2.

    Source: resident-id-1999#check-character.
    """
    return _CHECKS[sum(int(digit) * weight for digit, weight in zip(body, _WEIGHTS, strict=True)) % 11]


def _is_birthday(digits: str) -> bool:
    if not "18" <= digits[:2] <= "20":
        return False
    try:
        date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return False
    return True
