"""Reading the number somebody typed: in figures of any width, or in Chinese, with the words people put around it."""

from __future__ import annotations

import re
import unicodedata

_FIGURES = {character: value for value, character in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
_AROUND = re.compile(r"^(?:答案?[是为:]?|是|等于|第)+|[个字位。.!！]+$")
_NUMERAL = re.compile(r"([一二两三四五六七八九])?(十)?([零〇一二三四五六七八九])?")
_LONGEST = 40


def read_number(text: str) -> int | None:
    """The number a text says, None when it says none.

    >>> read_number(" １２ "), read_number("十二"), read_number("四个字"), read_number("二十"), read_number("不知道")
    (12, 12, 4, 20, None)
    """
    plain = "".join(unicodedata.normalize("NFKC", text[:_LONGEST]).split())
    plain = _AROUND.sub("", plain)
    if plain.isascii() and plain.isdigit():
        return int(plain)
    found = _NUMERAL.fullmatch(plain)
    if not plain or found is None:
        return None
    tens, ten, ones = found.groups()
    if not ten:
        # Two figures side by side are no number of this kind.
        return None if tens and ones else _FIGURES[tens or ones]
    return (_FIGURES[tens] if tens else 1) * 10 + (_FIGURES[ones] if ones else 0)
