"""Which cells of two reports may be set side by side, within an edition and across the change of 2021.

No report is ever converted: a report stays on the form it was published on, and what the other form doesn't ask for is
named as not comparable. Source: the `migration` entry of `forms/2021.json`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from gongkai.regulation.annual_report.forms import form


@dataclass(frozen=True, slots=True)
class Pair:
    """Cells of two reports that count the same thing; several cells on a side are added up.

    `note` says, in Chinese, what to keep in mind when reading the comparison.
    """

    previous: tuple[str, ...]
    current: tuple[str, ...]
    note: str = ""


@cache
def comparable_cells(before: str, after: str) -> tuple[Pair, ...]:
    """The comparable cells of a report of edition `before` and one of edition `after`, in printing order.

    Errors: FileNotFoundError for an edition that does not exist.
    >>> pairs = comparable_cells("2019", "2021")
    >>> next(pair.current[0] for pair in pairs if pair.previous == ("applications.other_handling.total",))
    'applications.other_correction_overdue.total'
    >>> len(comparable_cells("2021", "2021"))
    200
    """
    if before == after:
        return tuple(Pair((address,), (address,)) for address in form(after).addresses())
    if before > after:  # an agency that went back to the old form
        return tuple(Pair(pair.current, pair.previous, pair.note) for pair in comparable_cells(after, before))
    migration = form(after).raw["migration"]
    if migration["from_edition"] != before:
        raise LookupError(f"no migration from edition {before} to {after}")
    order = {address: rank for rank, address in enumerate(form(after).addresses())}
    return tuple(sorted(_migrated(migration, after), key=lambda pair: order[pair.current[0]]))


@cache
def incomparable_cells(before: str, after: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The cells that only the form `before` asks for, and those that only the form `after` asks for.

    >>> only_before, only_after = incomparable_cells("2019", "2021")
    >>> only_after[:2]
    ('art20_1.rules.repealed', 'art20_1.rules.in_force')
    """
    pairs = comparable_cells(before, after)
    paired_before = {address for pair in pairs for address in pair.previous}
    paired_after = {address for pair in pairs for address in pair.current}
    return (
        tuple(address for address in form(before).addresses() if address not in paired_before),
        tuple(address for address in form(after).addresses() if address not in paired_after),
    )


def _migrated(migration: Mapping[str, Any], after: str) -> Iterator[Pair]:
    for entry in migration["cells"]:
        yield Pair(tuple(entry["from"]), (entry["to"],), entry["note"])
    for table, rows in migration["same_rows"].items():
        for row, column in product(rows, _columns(table, after)):
            address = f"{table}.{row}.{column}"
            yield Pair((address,), (address,))
    for entry in migration["merged"]:
        for column in _columns(entry["from"].partition(".")[0], after):
            yield Pair((f"{entry['from']}.{column}",), tuple(f"{row}.{column}" for row in entry["to"]), entry["note"])


def _columns(table: str, edition: str) -> tuple[str, ...]:
    return tuple(column.key for column in form(edition).table(table).columns)
