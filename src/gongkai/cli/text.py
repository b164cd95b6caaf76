"""Text on a terminal, where a Chinese character takes two columns."""

from __future__ import annotations

import re
from unicodedata import combining, east_asian_width

# Where a line may end: after any Chinese character, and between words; never before closing punctuation, never behind
# opening punctuation.
_PIECES = re.compile(r"[^\s⺀-鿿豈-﫿＀-￯]+\s?|\s|.", re.DOTALL)
_NEVER_LAST = "（《「『“‘〔([{"
_NEVER_FIRST = "，。、；：？！）》」』”’…％,.;:?!)]}%"


def columns(text: str) -> int:
    """How many columns a text takes.

    >>> columns("总计 12")
    7
    """
    return sum(0 if combining(character) else 2 if east_asian_width(character) in "WF" else 1 for character in text)


def left(text: str, width: int) -> str:
    return text + " " * (width - columns(text))


def right(text: str, width: int) -> str:
    return " " * (width - columns(text)) + text


def wrapped(text: str, width: int) -> list[str]:
    """A text in lines of at most `width` columns, broken as Chinese is.

    >>> wrapped("政府信息公开，工作年度报告", 12)
    ['政府信息公', '开，工作年度', '报告']
    """
    width = max(width, 2)
    lines, line = [], ""
    for piece in _PIECES.findall(" ".join(text.split())):
        if line and columns(line + piece.rstrip()) > width:
            kept = line[:-1] if piece in _NEVER_FIRST else line
            kept = kept.rstrip(_NEVER_LAST) or line
            lines.append(kept.rstrip())
            line = line[len(kept) :]
        line += piece if line or not piece.isspace() else ""
        while columns(line.rstrip()) > width:
            cut = _fitting(line, width)
            lines.append(line[:cut])
            line = line[cut:]
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def _fitting(text: str, width: int) -> int:
    """How many leading characters fit, for a word longer than a line."""
    taken = 0
    for index, character in enumerate(text):
        taken += columns(character)
        if taken > width:
            return max(index, 1)
    return len(text)
