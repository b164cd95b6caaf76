"""Printed words made comparable: folding for matching; what is stored and quoted stays as printed."""

from __future__ import annotations

import re
import unicodedata

# Full-width letters, digits and the marks numbers are made of, and the radicals PDF files print for characters. Common
# punctuation （），：；！？ is left to the patterns: there is too much of it to replace one by one.
_FOLDABLE = re.compile("[\uff02-\uff07\uff0a\uff0b\uff0d-\uff19\uff1c-\uff1e\uff20-\uff5e\u2e80-\u2fd5\uf900-\ufaff]")
_WHITE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff]+")
_GROUPED = re.compile(r"(?<=\d)\s+(?=\d)(?!\d{3}(?!\d))")
_SENTENCE = re.compile(r"[^。！？；!?;\n]+[。！？；!?;]?")


def fold(text: str) -> str:
    """The same text with compatibility characters replaced one for one, so that places in it stay the same.

    >>> fold("２０２０年⾏政复议１００％")
    '2020年行政复议100%'
    """
    return _FOLDABLE.sub(_folded, text) if _FOLDABLE.search(text) else text


def squeeze(text: str) -> str:
    """The text without white space.

    >>> squeeze("2023 年　1 136 条")
    '2023年1136条'
    """
    return _WHITE.sub("", text)


def squeeze_prose(text: str) -> str:
    """The text without white space, but two numbers side by side stay two.

    >>> squeeze_prose("表1 25 件，共 1 136 条")
    '表1 25件，共1136条'
    """
    if not _WHITE.search(text):
        return text
    return _WHITE.sub("", _GROUPED.sub("\0", text)).replace("\0", " ")


def sentences(text: str) -> list[str]:
    """The sentences of a paragraph, each with its closing mark."""
    return _SENTENCE.findall(text)


def _folded(match: re.Match[str]) -> str:
    folded = unicodedata.normalize("NFKC", match[0])
    return folded if len(folded) == 1 else match[0]
