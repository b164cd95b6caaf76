"""A report as a kilobyte: what a database keeps of each of a hundred thousand, and how they come back as columns."""

from __future__ import annotations

import sys
from array import array
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.annual_report.report import Cell, Number, Report
from gongkai.regulation.annual_report.wide import WideStore, encoded

_BYTES = 4


@dataclass(frozen=True, slots=True)
class Packed:
    """The cells of a report: `numbers` are 32-bit little-endian integers in the order of `packed_addresses`.

    `aside` are the numbers that don't fit, by address. A cell that isn't a number is the code of its state.
    """

    table_editions: Mapping[str, str]
    numbers: bytes
    aside: Mapping[str, Number]


def pack(report: Report) -> Packed:
    """The tables of a report; its words are left out."""
    codes, aside = array("i"), {}
    for address, is_decimal in _layout(_signature(report.table_editions)):
        code, number = encoded(report.cells.get(address), is_decimal)
        codes.append(code)
        if number is not None:
            aside[address] = number
    return Packed(dict(report.table_editions), _swapped(codes).tobytes(), aside)


def unpack(packed: Packed, agency: str, year: int) -> Report:
    """The report again, without its words: every number and every state, but not what was printed around them.

    Errors: ValueError for numbers that are not those of the tables.
    """
    store, cells = store_of([packed]), {}
    for table in store.tables():
        for address, column in table.columns.items():
            value, state = column.value(0), column.state(0)
            if state != "absent":
                cells[address] = Cell(value, state, "" if value is None else str(value))
    return Report(year, agency, dict(packed.table_editions), cells)


def packed_addresses(table_editions: Mapping[str, str]) -> tuple[str, ...]:
    """The addresses of the cells, in the order in which they are packed: table by table as the form prints them."""
    return tuple(address for address, _ in _layout(_signature(table_editions)))


def store_of(packed: Iterable[Packed]) -> WideStore:
    """The columns of many reports; a report's rank is its place among them.

    Fastest where reports with the same tables follow each other: such a run is taken apart by slices, not by cells.
    """
    store, first = WideStore(), 0
    for editions, run in groupby(packed, key=lambda each: each.table_editions):
        first += _append(store, _signature(editions), list(run), first)
    return store


Signature = tuple[tuple[str, str], ...]


def _append(store: WideStore, signature: Signature, run: Sequence[Packed], first: int) -> int:
    """Errors: ValueError for numbers that are not those of the tables."""
    layout = _layout(signature)
    size = len(layout) * _BYTES
    if any(len(each.numbers) != size for each in run):
        raise ValueError(f"a report of these tables has {size} bytes")
    codes = _swapped(array("i", b"".join(each.numbers for each in run)))
    aside: dict[str, dict[int, Number]] = {}
    for place, each in enumerate(run):
        for address, number in each.aside.items():
            aside.setdefault(address, {})[place] = number
    place = 0
    for key, edition in signature:
        columns = {}
        for address in form(edition).table(key).addresses():
            columns[address] = (codes[place :: len(layout)], aside.get(address, {}))
            place += 1
        store.table(edition, key).extend(range(first, first + len(run)), columns)
    return len(run)


def _signature(table_editions: Mapping[str, str]) -> Signature:
    order = _order()
    return tuple(sorted(table_editions.items(), key=lambda item: order[item[0]]))


@cache
def _order() -> dict[str, int]:
    # The older form has every table there is, in the order they are printed.
    keys = (table.key for edition in EDITIONS for table in form(edition).tables)
    return {key: place for place, key in enumerate(dict.fromkeys(keys))}


@cache
def _layout(signature: Signature) -> tuple[tuple[str, bool], ...]:
    return tuple(
        (address, cell_names(edition)[address].is_decimal)
        for key, edition in signature
        for address in form(edition).table(key).addresses()
    )


def _swapped(codes: array[int]) -> array[int]:
    if sys.byteorder == "big":
        codes.byteswap()
    return codes
