"""The catalogue of figures a narrative claims, read once from `figures.toml` (its head explains the fields)."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.finding import Severity

RECORD_UNITS = ("件", "条", "份", "起", "例", "宗", "件次", "人次")

Alternatives = tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure: its names, how prose is tied to it, and the sums of cells it may agree with by edition."""

    key: str
    label: str
    label_en: str
    unit: str
    units: tuple[str, ...]
    rank: int
    words: re.Pattern[str]
    needs: re.Pattern[str] | None
    needs_key: str
    topics: tuple[str, ...]
    without: re.Pattern[str] | None
    zero: re.Pattern[str] | None
    is_whole: bool
    is_exclusive: bool
    alternatives: Mapping[str, Alternatives]
    zero_cells: tuple[str, ...]
    rule: str
    severity: Severity

    def cells(self, table_editions: Mapping[str, str]) -> Alternatives:
        """The sums of cells to compare with in a report whose tables are of these editions; none without the table."""
        for edition in EDITIONS:
            sums = self.alternatives.get(edition, ())
            tables = {address.partition(".")[0] for addresses in sums for address in addresses}
            if sums and all(table == "ledger" or table_editions.get(table) == edition for table in tables):
                return sums
        return ()


@cache
def catalogue() -> Mapping[str, Figure]:
    """Every figure by key, in the order of the file."""
    raw = tomllib.loads(files(__package__).joinpath("figures.toml").read_text(encoding="utf-8"))
    return {entry["key"]: _figure(entry) for entry in raw["figure"]}


@cache
def by_unit() -> Mapping[str, tuple[Figure, ...]]:
    """The figures a number with a unit may belong to, the highest rank first."""
    units: dict[str, list[Figure]] = {}
    for figure in catalogue().values():
        for unit in figure.units:
            units.setdefault(unit, []).append(figure)
    return {unit: tuple(sorted(figures, key=lambda figure: -figure.rank)) for unit, figures in units.items()}


def _figure(entry: Mapping[str, Any]) -> Figure:
    needs = [part for part in entry.get("needs", "").split("|") if part]
    return Figure(
        entry["key"],
        entry["label"],
        entry["label_en"],
        entry["unit"],
        tuple(entry.get("units", RECORD_UNITS)),
        entry["rank"],
        re.compile(entry["words"]),
        _pattern("|".join(part for part in needs if not part.startswith("@"))),
        "|".join(needs),
        tuple(part[1:] for part in needs if part.startswith("@")),
        _pattern(entry.get("without", "")),
        _pattern(entry.get("zero", "")),
        entry.get("whole", False),
        entry.get("exclusive", False),
        {edition: _sums(entry.get(f"cells_{edition}", entry.get("cells", ()))) for edition in EDITIONS},
        tuple(address for term in entry.get("zero_cells", ()) for address in _addresses(term)),
        entry.get("rule", ""),
        entry.get("severity", "warning"),
    )


def _pattern(expression: str) -> re.Pattern[str] | None:
    return re.compile(expression) if expression else None


def _sums(raw: Any) -> Alternatives:
    return tuple(tuple(addresses) for addresses in raw)


def _addresses(term: str) -> list[str]:
    """A term `table.row.*` as the addresses of that row, which both editions share."""
    prefix = term.removesuffix("*")
    return [address for address in form(EDITIONS[0]).addresses() if address.startswith(prefix)]
