"""HTML that a page keeps in strings of its scripts, as pages do that put their text together in the browser."""

from __future__ import annotations

import re
from collections.abc import Iterable

# One alternative per quote; an unclosed string ends at the end of its line, so that the search stays linear.
_LITERAL = re.compile(
    r'"((?:[^"\\\n]|\\.)*+)(?:"|\n|\Z)' r"|'((?:[^'\\\n]|\\.)*+)(?:'|\n|\Z)" r"|`((?:[^`\\]|\\.)*+)(?:`|\Z)", re.DOTALL
)
# Without braces exactly four digits count: `\u5c402025` is 局2025.
_ESCAPE = re.compile(r"\\(?:u([0-9a-fA-F]{4})|u\{([0-9a-fA-F]{1,6})\}|x([0-9a-fA-F]{2})|(\r?\n|.))", re.DOTALL)
_LETTERS = {"n": "\n", "r": "\n", "t": "\t", "b": "", "f": "", "v": "", "0": ""}
_TAG = re.compile(r"<(?:table|tr|td|p|div|span)[\s>]", re.IGNORECASE)


def html_in_strings(sources: Iterable[str]) -> str:
    """All HTML that scripts, templates, text areas or JSON hold, one after the other; empty when there is none.

    A string put together by `+` is one piece again, because its parts follow each other.
    """
    found: list[str] = []
    for source in sources:
        if source.lstrip()[:1] == "<":  # a template: HTML as it stands
            found.append(source)
            continue
        if "<" not in source and "\\u003c" not in source.lower() and "\\x3c" not in source.lower():
            continue
        strings = [_unescaped(match[match.lastindex or 0]) for match in _LITERAL.finditer(source)]
        marked = [index for index, string in enumerate(strings) if "<" in string]
        if marked:
            found.append("".join(strings[marked[0] : marked[-1] + 1]))
    return "\n".join(piece for piece in found if _TAG.search(piece))


def _unescaped(literal: str) -> str:
    return _ESCAPE.sub(_character, literal) if "\\" in literal else literal


def _character(escape: re.Match[str]) -> str:
    code = escape[1] or escape[2] or escape[3]
    if code:
        value = int(code, 16)
        return chr(value) if value < 0x110000 and not 0xD800 <= value < 0xE000 else ""
    return _LETTERS.get(escape[4], escape[4].strip("\r\n"))
