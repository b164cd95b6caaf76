"""Personal data in what is about to be published: identity numbers, phones, bank cards.

A finding says where, and shows the number masked. Document numbers, index numbers, organisation codes and amounts are
told apart by their check rules and by the word before them (`personal_data.toml`).
Source: personal-information-2021#25, personal-information-2021#34.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from gongkai.regulation.disclosure.checks.passages import Passage, passages
from gongkai.regulation.disclosure.item import Item
from gongkai.regulation.disclosure.masking import mask_number
from gongkai.regulation.disclosure.numbers.bank_card import card_scheme
from gongkai.regulation.disclosure.numbers.credit_code import is_credit_code
from gongkai.regulation.disclosure.numbers.resident_id import is_resident_id, looks_like_resident_id
from gongkai.regulation.disclosure.words import CATALOGUE
from gongkai.regulation.finding import Finding, Severity

# Digits in groups, held together at most by single spaces or hyphens as people write numbers; a run may hold several
# numbers one after the other, so its groups are tried together. Letters on either side make it a part of something else.
_RUN = re.compile(r"(?<![\w=%])(?:\+ ?|\()?\d(?:[ \-)]{0,2}\d){6,}[ -]?[Xx]?(?![\w=%]|\.\d)", re.ASCII)
_GROUP = re.compile(r"[\d]+[Xx]?|[Xx]")
# The part before the @ begins where no such character stands before it, or a long line would be looked at from each place.
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]+|(?<![\w.+-])[\w.+-]{1,64}@[\w.-]+", re.ASCII)
_SEPARATORS = str.maketrans("", "", " -()+")
_MOBILE = re.compile(r"(?:86[ -]?)?1[3-9]\d[ -]?\d{4}[ -]?\d{4}")
_LANDLINE = re.compile(r"0\d{2,3}[ \-)]{1,2}\d{7,8}|0(?:10|2\d)\d{8}|0[3-9]\d{2}\d{7,8}")
_LENGTHS = range(10, 20)
_MOST_GROUPS = 6
_LOOK_BACK = 32
_BETWEEN = " :：;；()（）、，,/-"
_AND_NUMBERS = _BETWEEN + "0123456789"
_NUMBER_WORDS = "号码为是"


@dataclass(frozen=True, slots=True)
class ContextWords:
    """Words before a number that say what it is."""

    code: tuple[str, ...]
    identity: tuple[str, ...]
    office_phone: tuple[str, ...]


@cache
def context_words() -> ContextWords:
    """The words in `personal_data.toml`."""
    text = files("gongkai.regulation.disclosure").joinpath("personal_data.toml").read_text("utf-8")
    table: Mapping[str, list[str]] = tomllib.loads(text)
    return ContextWords(tuple(table["code"]), tuple(table["identity"]), tuple(table["office_phone"]))


def personal_data(item: Item) -> Iterator[Finding]:
    """Every number in an item that seems to be a person's own, in the order of the text."""
    for passage in passages(item):
        # Digits in the address of a page or a mailbox are no phone; blanks keep every other character at its place.
        text = _ADDRESS.sub(lambda found: " " * len(found[0]), passage.half_width)
        for run in _RUN.finditer(text):
            yield from _in_run(run, text, passage, official=item.numbers_are_official)


def _in_run(run: re.Match[str], text: str, passage: Passage, *, official: bool) -> Iterator[Finding]:
    """The numbers in a run of digits: from each group on, the longest that is one."""
    groups = [group.span() for group in _GROUP.finditer(text, *run.span())]
    first = 0
    while first < len(groups):
        step = 1
        for last in range(min(first + _MOST_GROUPS, len(groups)) - 1, first - 1, -1):
            start, end = groups[first][0], groups[last][1]
            written = text[start:end]
            digits = written.translate(_SEPARATORS).upper()
            if len(digits) in _LENGTHS:
                code, severity = _kind(written, digits, text[max(0, start - _LOOK_BACK) : start], official=official)
                if code:
                    where, quotes = (passage.where(start),), (mask_number(digits),)
                    yield CATALOGUE.finding(code, severity=severity, where=where, quotes=quotes)
                    step = last - first + 1
                    break
        first += step


def _kind(written: str, digits: str, before: str, *, official: bool) -> tuple[str | None, Severity | None]:
    """The code of the finding a number deserves (or none) and, where it differs from the usual one, the severity."""
    words = context_words()
    if len(digits) == 18 and is_resident_id(digits):
        return "ITEM-RESIDENT-ID", None
    if len(digits) == 18 and looks_like_resident_id(digits) and _says(before, words.identity, _BETWEEN):
        return "ITEM-RESIDENT-ID-MISPRINTED", None
    if _says(before, words.code, _BETWEEN) or is_credit_code(digits):
        return None, None
    if _MOBILE.fullmatch(written):
        return "ITEM-MOBILE", "warning" if official else None
    if _LANDLINE.fullmatch(written):
        is_office = official or _says(before, words.office_phone, _AND_NUMBERS)
        return (None, None) if is_office else ("ITEM-LANDLINE", None)
    scheme = card_scheme(digits)
    if scheme:
        return "ITEM-BANK-CARD", None if scheme.is_domestic and not official else "warning"
    return None, None


def _says(before: str, words: tuple[str, ...], between: str) -> bool:
    """Is one of the words the last thing said before the number? A word further off speaks of something else."""
    said = before.rstrip(between)
    return said.endswith(words) or said.rstrip(_NUMBER_WORDS).endswith(words)
