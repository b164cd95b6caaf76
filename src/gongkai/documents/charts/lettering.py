"""How wide a text will be, so that labels never run into each other whatever font the reader has."""

from __future__ import annotations

import re
from unicodedata import east_asian_width

FONTS = "'PingFang SC','Microsoft YaHei','Noto Sans SC','Source Han Sans SC',sans-serif"
SIZE = 14
SMALL = 12
TITLE = 16
LINE = 1.35
"""Line height, in ems."""
_LATIN = 0.58
"""Ems: no digit, comma or small letter of these fonts is wider on average."""


def width(text: str, size: float = SIZE) -> float:
    """An upper bound of the width of a text, in the units of the drawing."""
    return size * sum(1.0 if east_asian_width(character) in "WFA" else _LATIN for character in text)


def wrapped(text: str, room: float, size: float = SIZE) -> list[str]:
    """The text in lines of at most `room`; numbers and Latin words stay whole where they can.

    >>> wrapped("法人或其他组织申请", 70)
    ['法人或其他', '组织申请']
    """
    lines = [""]
    for unit in re.findall(r"[A-Za-z0-9.,%]+ *|[^A-Za-z0-9.,%][，、。：；）》]*", " ".join(text.split())):
        if lines[-1] and width(lines[-1] + unit.rstrip(), size) > room:
            lines.append("")
        lines[-1] += unit
    return [line.strip() for line in lines]
