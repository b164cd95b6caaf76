"""Raised numbers: `22¹` is twenty-two with a footnote, and without its form it would be read as 221.

A reader encloses a raised number in marks while it gathers text; once the text is whole, it says what the number is.
"""

from __future__ import annotations

import re

BEGIN, END = "\ufdd0", "\ufdd1"  # noncharacters, which no text may hold

_NUMBERS = re.compile(r"\s*[0-9]{1,3}(?:\s*[,，、;；~–-]\s*[0-9]{1,3})*\s*")
_MARKED = re.compile(f"{BEGIN}([^{END}]*){END}")
_UNIT = re.compile(r"[A-Za-zａ-ｚ米]")


def is_number(text: str) -> bool:
    """Whether raised text is one number or several, which would pass for digits of the text before it."""
    return _NUMBERS.fullmatch(text) is not None


def marked(text: str) -> str:
    """Raised text in marks."""
    return f"{BEGIN}{text.strip()}{END}"


def settled(text: str) -> str:
    """Text with its marked numbers as footnote marks: `22[1]`.

    The power of a unit stays as it is, and so does a number that is all there is: someone's odd taste in type.
    >>> settled(f"22{marked('1')}"), settled(f"800km{marked('2')}"), settled(marked("5"))
    ('22[1]', '800km2', '5')
    """
    if BEGIN not in text:
        return text
    text = text.replace(END + BEGIN, "")  # one number cut into two
    is_alone = not _MARKED.sub("", text).strip()

    def written(mark: re.Match[str]) -> str:
        before = text[mark.start() - 1 : mark.start()]
        return mark[1] if is_alone or _UNIT.match(before) else f"[{mark[1]}]"

    return _MARKED.sub(written, text)
