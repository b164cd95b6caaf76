"""Whether a text holds a string, however it is set: line breaks, blanks, widths, invisible characters aside."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.documents.readers.pdf.radicals import unify

APART = "\ufffc"
"""Between texts that belong to different things; no match goes across it."""

LEAST = 2
"""Characters; a single one stands everywhere."""

_NOTHING = re.compile(
    r"[\s\x00-\x1f\x7f-\x9f\u00ad\u034f\u061c\u115f\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff]+"
)
_PUNCTUATION = re.compile(rf"[^\w{APART}]|_")
_DIGITS_ENOUGH = 6
_LONG = 40
_WINDOW = 20
_BYTES_ENOUGH = 6
"""Bytes; fewer of them come up in compressed pictures by chance."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A withheld string in the shapes it is looked for. `bare` is set for numbers, which may be written with dashes."""

    number: int
    plain: str
    bare: str
    windows: tuple[str, ...]
    encoded: tuple[bytes, ...]

    def is_in(self, plain: str, bare: str) -> bool:
        """Whether a text holds it; both forms of the text come from `folded`."""
        return self.plain in plain or bool(self.bare and self.bare in bare)


def wanted(strings: Sequence[str]) -> list[Wanted]:
    """The strings as they are looked for; one that folds to less than `LEAST` characters is left out."""
    found = []
    for number, string in enumerate(strings):
        plain = fold(string)
        if len(plain) < LEAST:
            continue
        bare = without_punctuation(plain)
        is_number = sum(character.isdigit() for character in bare) >= _DIGITS_ENOUGH and bare.isascii()
        windows = tuple(_windows(plain)) if len(plain) >= _LONG else ()
        found.append(Wanted(number, plain, bare if is_number else "", windows, tuple(_encodings(string))))
    return found


def fold(text: str) -> str:
    """The text as it is compared.

    >>> fold("１３８ 0000\\n１234"), fold("⾏政\u200b机关")
    ('13800001234', '行政机关')
    """
    return _NOTHING.sub("", unicodedata.normalize("NFKC", unify(text)).casefold())


def without_punctuation(plain: str) -> str:
    """A folded text without what people put between digits.

    >>> without_punctuation("0550-312_4567")
    '05503124567'
    """
    return _PUNCTUATION.sub("", plain)


def _windows(plain: str) -> Iterator[str]:
    return (plain[start : start + _WINDOW] for start in range(0, len(plain) - _WINDOW + 1, _WINDOW))


def _encodings(string: str) -> Iterator[bytes]:
    """The bytes a string is stored as where nobody unpacks it into text."""
    text = unicodedata.normalize("NFKC", string).strip()
    seen = set()
    for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
        encoded = text.encode(encoding, "ignore")
        if len(encoded) >= _BYTES_ENOUGH and encoded not in seen:
            seen.add(encoded)
            yield encoded
    hexed = text.encode("utf-16-be").hex()
    if len(hexed) >= 2 * _BYTES_ENOUGH:
        yield hexed.encode()
        yield hexed.upper().encode()
