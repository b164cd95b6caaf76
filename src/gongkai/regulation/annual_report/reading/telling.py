"""What a printed text is: a value, a word of the form, a heading, a page number, or none of these."""

from __future__ import annotations

import re
from functools import lru_cache

from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.annual_report.reading.cells import read_cell
from gongkai.regulation.annual_report.reading.vocabulary import (
    LITIGATION,
    REMEDY_GROUPS,
    REMEDY_LEAVES,
    art20_labels,
    caption_of,
    column_keys,
    is_corner,
    key_of,
    row_keys,
)

LONGEST_LABEL = 60
AMBIGUOUS = frozenset({"其他", "总计", "合计", "共计", "小计"})
"""Labels that name a row in one place and a column in another."""

_PAGE_LINE = re.compile(
    r"[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页(?:[，,/\s]*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}\s*页?|Page\s+\d+(?:\s+of\s+\d+)?"
)
_UNIT_APART = re.compile(r"(\d)\s+(万元|亿元|元|件|项)(?=\s|$)")


@lru_cache(maxsize=8192)
def is_value(text: str) -> bool:
    """Is this a cell of figures: a number, a mark, or nothing?"""
    return read_cell(text).state != "unreadable" or read_cell(text, in_wan=True).state != "unreadable"


@lru_cache(maxsize=8192)
def known_label(text: str) -> bool:
    """Is this a word of the form: a caption, a header, a row or a group label?"""
    if len(text) > 2 * LONGEST_LABEL:
        return False
    if caption_of(text) or is_corner(text):
        return True
    key = key_of(text)
    return (
        key in row_keys()
        or key in column_keys()
        or key in art20_labels()
        or key in REMEDY_LEAVES
        or key in REMEDY_GROUPS
        or key == LITIGATION
    )


@lru_cache(maxsize=8192)
def names_row(text: str) -> bool:
    """Is this the exact label of a row of figures (其他处理 counts as one: in the 2019 edition it is)?"""
    return key_of(text) in _row_labels()


@lru_cache(maxsize=1)
def _row_labels() -> frozenset[str]:
    data = {row.key for edition in EDITIONS for table in form(edition).tables for row in table.data_rows}
    return frozenset(label for label, rows in row_keys().items() if any(row in data for _, row in rows))


def is_header_label(text: str, in_header: bool) -> bool:
    """Does this belong to a header? 其他 and 总计 name rows too: they are columns only inside a header."""
    if is_corner(text):
        return True
    key = key_of(text)
    if key in AMBIGUOUS:
        return in_header
    return (
        key in column_keys()
        or key in art20_labels()
        or key in REMEDY_LEAVES
        or key in REMEDY_GROUPS
        or key == LITIGATION
    )


@lru_cache(maxsize=8192)
def starts_a_table(text: str) -> bool:
    if len(text) > 2 * LONGEST_LABEL or text.endswith(("。", ".", "：", ":")):
        return False
    if caption_of(text) or is_corner(text):
        return True
    return any(is_header_label(piece, in_header=False) for piece in split_line(text))


@lru_cache(maxsize=8192)
def may_be_a_cell(text: str) -> bool:
    if is_section_heading(text) or "。" in text[:-1]:
        return False
    return len(text) <= LONGEST_LABEL or known_label(text)


@lru_cache(maxsize=4096)
def is_section_heading(text: str) -> bool:
    """A section heading of the report standing alone. The applications table is captioned like section three."""
    if len(text) > LONGEST_LABEL:
        return False
    return key_of(text) in _section_labels()


@lru_cache(maxsize=1)
def _section_labels() -> frozenset[str]:
    sections = form("2021").sections
    return frozenset(key_of(label) for section in sections for label in (section.label, *section.label_variants))


@lru_cache(maxsize=8192)
def is_page_line(text: str) -> bool:
    """Is this a page number printed between the rows (- 3 -, 第3页), and no value?"""
    return len(text) < 20 and _PAGE_LINE.fullmatch(text.strip()) is not None


@lru_cache(maxsize=8192)
def split_line(text: str) -> tuple[str, ...]:
    """A line of text as cells: a known label with the values behind it, or several known labels; else the line itself.

    >>> split_line("二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0")[1:]
    ('0', '0', '0', '0', '0', '0', '0')
    """
    pieces = _UNIT_APART.sub(r"\1\2", text).split()
    if len(pieces) < 2 or known_label(text) or is_page_line(text):
        return (text,)
    count = 0
    while count < len(pieces) and is_value(pieces[-1 - count]):
        count += 1
    if count == len(pieces):
        return tuple(pieces)
    label = " ".join(pieces[: len(pieces) - count])
    if count and (count > 2 or known_label(label)):
        return (label, *pieces[len(pieces) - count :])
    if all(known_label(piece) for piece in pieces):
        return tuple(pieces)
    return (text,)
