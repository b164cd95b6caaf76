"""The unified social credit code (统一社会信用代码) of organisations."""

from __future__ import annotations

import re

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_VALUES = {character: value for value, character in enumerate(_ALPHABET)}
_WEIGHTS = tuple(3**place % 31 for place in range(17))
_SHAPE = re.compile(rf"[{_ALPHABET}]{{2}}\d{{6}}[{_ALPHABET}]{{10}}")


def is_credit_code(text: str) -> bool:
    """Is this a unified social credit code, with a check character that is right?

    Source: credit-code-2015#check-character.
    >>> is_credit_code("11341702486344515H")
    True
    >>> is_credit_code("11341702486344551H")
    False
    """
    return bool(_SHAPE.fullmatch(text)) and text[17] == check_character(text[:17])


def check_character(body: str) -> str:
    """The 18th character for the first 17.

    Errors: KeyError for a character that is not in the code's alphabet (it has no I, O, S, V, Z).
    Source: credit-code-2015#check-character.
    """
    total = sum(_VALUES[character] * weight for character, weight in zip(body, _WEIGHTS, strict=True))
    return _ALPHABET[-total % 31]
