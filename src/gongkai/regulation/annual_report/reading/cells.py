"""What one printed cell says: a number, a blank, a mark for nothing, or something that can't be read."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from gongkai.regulation.annual_report.report import Number, State

MARKS = frozenset({"-", "--", "---", "/", "//", "\\", "无", "没有", "*", "_", "__", "、", "."})
# What the product itself prints in a cell it could not read, so that nobody takes it for a blank.
NOT_READ = "（未读出）"
_ZEROS = frozenset({"〇", "零", "○", "◯"})
# U+2212, en and em dashes, horizontal bar, box drawing, katakana long vowel: all are printed for a minus or for "nothing".
_DASHES = str.maketrans(dict.fromkeys("−‐‑‒–—―─━ー﹣", "-"))
_INVISIBLE = re.compile(r"[\s\u200b-\u200f\u2060\ufeff\u00ad]+")
# Footnote marks must go before NFKC, which would turn 22① and 22² into 221 and 222.
_FOOTNOTE = re.compile(r"[⁰¹²³⁴-⁹①-⑳⑴-⒇❶-❿㊀-㊉]+$|[\[【〔]注?\d{1,2}[\]】〕]$|(?<=\d)[*※#]+$|(?<=\d)注\d{1,2}$")
_NUMBER = re.compile(
    r"(?P<sign>[+-]|增加|减少|增|减|\u2191|\u2193)?"
    r"(?P<digits>\d{1,3}(?:[,']\d{3})+|\d+)(?P<fraction>\.\d+)?"
    r"(?P<unit>万元|亿元|元|万件|万项|万|件|项|个|条|份|宗|次|起|例|人次)?"
)
# Digits on two lines of a cell: one number that was wrapped, or two numbers; no sum can tell which was meant.
_BROKEN = re.compile(r"\d\s*\n\s*\d")
_SPACED = re.compile(r"(?<=\d)\s+(?=\d)")
_THOUSANDS = re.compile(r"\d{1,3}(?:\s\d{3})+(?!\d)")
_NOTE = re.compile(r"^(?P<number>[^(（]*\d[^(（]*)[(（](?P<note>.*)[)）]$", re.DOTALL)
_NEGATIVE_SIGNS = frozenset({"-", "减", "减少", "\u2193"})


@dataclass(frozen=True, slots=True)
class Reading:
    """One reading of a cell's text. `doubtful` asks that an arithmetic relation confirm it before it is believed."""

    value: Number | None
    state: State
    text: str
    note: str = ""
    doubtful: bool = False


def fold(text: str) -> str:
    """Width, dashes and compatibility characters made one; the letters and digits are the printed ones."""
    return unicodedata.normalize("NFKC", text).translate(_DASHES)


@lru_cache(maxsize=8192)
def read_cell(text: str, in_wan: bool = False, header_unit: str = "") -> Reading:
    """The reading of one cell's text.

    Unit: 万元 when `in_wan` (amounts printed in 元 or 亿元 are converted), otherwise a count. `header_unit` is a unit
    that the column's own header prints and that a bare number then has.
    >>> read_cell("9.46万元", in_wan=True).value, read_cell("251000元", in_wan=True).value
    (Decimal('9.46'), Decimal('25.1'))
    >>> read_cell("22（其中修订16件）").value, read_cell("减4").value, read_cell("——").state
    (22, -4, 'mark')
    """
    printed = text.strip()
    if printed.isascii() and printed.isdigit() and header_unit in ("", "万元"):
        return Reading(int(printed), "number", printed)
    if not _INVISIBLE.sub("", text):
        return Reading(None, "blank", "")
    if printed == NOT_READ:
        return Reading(None, "unreadable", "")
    note = ""
    bare = _FOOTNOTE.sub("", printed)
    if bare != printed:
        note = printed[len(bare) :]
    folded = fold(bare).strip()
    noted = _NOTE.match(folded)
    if noted:
        folded, note = noted["number"].strip(), noted["note"].strip()
    packed = _INVISIBLE.sub("", folded)
    if packed in _ZEROS:
        return Reading(0, "number", printed, note)
    if packed in MARKS:
        return Reading(None, "mark", printed, note)
    match = None if _BROKEN.search(folded) else _NUMBER.fullmatch(packed)
    if match is None:
        return Reading(None, "unreadable", printed)
    value = _value(match, in_wan, header_unit)
    if value is None:
        return Reading(None, "unreadable", printed)
    spaced = bool(_SPACED.search(folded)) and not _THOUSANDS.search(folded)
    return Reading(value, "number", printed, note, doubtful=spaced)


def _value(match: re.Match[str], in_wan: bool, header_unit: str) -> Number | None:
    digits = match["digits"].replace(",", "").replace("'", "")
    number = Decimal(digits + (match["fraction"] or ""))
    if match["sign"] in _NEGATIVE_SIGNS:
        number = -number
    unit = match["unit"] or header_unit
    if in_wan:
        scale = {
            "": Decimal(1),
            "万元": Decimal(1),
            "万": Decimal(1),
            "元": Decimal("0.0001"),
            "亿元": Decimal(10000),
        }.get(unit)
    elif unit in ("元", "万元", "亿元"):
        scale = None
    else:
        scale = Decimal(10000) if unit.startswith("万") else Decimal(1)
    return None if scale is None else plain(number * scale)


def plain(number: Decimal) -> Number:
    """An int when the number is whole, otherwise the decimal without trailing zeros."""
    if number == number.to_integral_value():
        return int(number)
    return number.normalize()
