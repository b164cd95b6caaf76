"""Bank card numbers: a known scheme, its length, and the check digit."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class CardScheme:
    """The cards of one scheme: what their numbers begin with and how long they are."""

    name: str
    prefixes: tuple[str, ...]
    lengths: frozenset[int]
    is_domestic: bool


@cache
def card_schemes() -> tuple[CardScheme, ...]:
    """The schemes in `bank_cards.toml`."""
    table = tomllib.loads(files(__package__).joinpath("bank_cards.toml").read_text("utf-8"))
    return tuple(
        CardScheme(entry["name"], tuple(entry["prefixes"]), frozenset(entry["lengths"]), entry["is_domestic"])
        for entry in table["scheme"]
    )


def card_scheme(digits: str) -> CardScheme | None:
    """The scheme of a card number, None when this can be no card number.

    >>> card_scheme("6222020000000000000").name
    '中国银联'
    >>> card_scheme("6222020000000000001") is None
    True
    """
    if not digits.isascii() or not digits.isdigit():
        return None
    for scheme in card_schemes():
        if len(digits) in scheme.lengths and digits.startswith(scheme.prefixes):
            return scheme if has_luhn_check(digits) else None
    return None


def has_luhn_check(digits: str) -> bool:
    """Does the last digit check the others by the Luhn formula (ISO/IEC 7812-1)?"""
    total = 0
    for place, character in enumerate(reversed(digits)):
        value = int(character) * (1 + place % 2)
        total += value - 9 if value > 9 else value
    return total % 10 == 0
