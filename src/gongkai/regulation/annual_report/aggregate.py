"""Many reports at once: totals, what is missing or doubled, and what stands out. Reports stream through; none is kept.

Source: departments hand their reports to their government's disclosure office, ogi-2019 art. 49.
"""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.annual_report.check import check
from gongkai.regulation.annual_report.forms import EDITIONS, form_for_year
from gongkai.regulation.annual_report.outliers import Outlier, outliers
from gongkai.regulation.annual_report.plausibility import plausibility
from gongkai.regulation.annual_report.report import Number, Report
from gongkai.regulation.annual_report.wide import WideColumn, WideStore, WideTable
from gongkai.regulation.finding import Finding

Judge = Callable[[Report], Iterable[Finding]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One report of the collection. `edition` is what it was read as (`2019`, `2021`, `mixed`, None without tables).

    `belongs_to` is the edition whose totals it is expected in: its own, else that of its year. `counted` is false for a
    second report of one agency and year, which is kept in the table but not in totals, or it would count twice.
    """

    name: str
    agency: str | None
    year: int | None
    edition: str | None
    belongs_to: str | None
    errors: int
    warnings: int
    counted: bool


@dataclass(frozen=True, slots=True)
class CellTotal:
    """The sum of a cell over the reports that have a number there, and how many have something else or nothing.

    `total` is null when no report has a number or a mark. A printed mark (/ — 无) counts as nothing, as it does in the
    relations. `absent` counts reports of the edition that lack the table.
    """

    address: str
    total: Number | None
    numbers: int
    blank: int
    mark: int
    unreadable: int
    absent: int

    @property
    def reports(self) -> int:
        return self.numbers + self.blank + self.mark + self.unreadable + self.absent

    @property
    def complete(self) -> bool:
        """Whether every report said how many: only then is the sum that of all agencies."""
        return self.numbers + self.mark == self.reports


@dataclass(frozen=True, slots=True)
class Aggregate:
    """A collection of reports. `missing` are the expected agencies of which there is no report."""

    entries: tuple[Entry, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]
    store: WideStore

    def counts(self) -> dict[tuple[str, int | None], int]:
        """How many reports there are, by edition (as read; empty when none) and year."""
        return dict(Counter((entry.edition or "", entry.year) for entry in self.entries))

    def editions(self) -> tuple[str, ...]:
        """The editions that have totals, oldest first."""
        return tuple(sorted({table.edition for table in self.store.tables()}))

    def totals(self, edition: str, year: int | None = None) -> dict[str, CellTotal]:
        """The totals of an edition by address, of one year or (None) of all; doubled reports count once.

        Cells of the two editions are never added to each other: they don't count the same thing.
        """
        ranks = {
            rank for rank, entry in enumerate(self.entries) if entry.counted and (year is None or entry.year == year)
        }
        expected = frozenset(rank for rank in ranks if self.entries[rank].belongs_to == edition)
        totals: dict[str, CellTotal] = {}
        for table in self.store.tables(edition):
            having = set().union(*(same.reports for same in self.store.tables() if same.key == table.key))
            rows = table.rows(frozenset(ranks))
            lacking = len(expected - having)
            for address, column in table.columns.items():
                totals[address] = _total(address, column, rows, lacking)
        return totals


def aggregate(
    reports: Iterable[tuple[str, Report]], expected: Sequence[str] = (), judge: Judge | None = None
) -> Aggregate:
    """Collect named reports (a file name, usually), each looked at once: memory grows by about a kilobyte a report.

    `expected` are the agencies that should have reported. `judge` gives the findings whose errors and warnings are
    counted for each report; left out, the checker does, and a caller who has checked already hands in what it found.
    Findings: REPORT-MISSING, REPORT-DUPLICATE, REPORT-UNIDENTIFIED, YEARS-MIXED, OUTLIER.
    """
    judge = judge or check
    store = WideStore()
    entries: list[Entry] = []
    first_of: dict[tuple[str, int], int] = {}
    findings: list[Finding] = []
    for rank, (name, report) in enumerate(reports):
        first = rank
        if report.agency and report.year:
            first = first_of.setdefault((folded(report.agency), report.year), rank)
        entries.append(_entry(name, report, judge, counted=first == rank))
        store.append(rank, report)
        if first != rank:
            findings.append(_duplicate(entries[first], entries[rank]))
    return _collected(entries, store, findings, expected)


def collected(entries: Sequence[Entry], store: WideStore, expected: Sequence[str] = ()) -> Aggregate:
    """A collection of which every report is in the store already, under its place among the entries, each counted.

    For whoever keeps reports packed (`packing.py`) and knows what the checker said of each.
    """
    return _collected(list(entries), store, [], expected)


def _collected(entries: list[Entry], store: WideStore, findings: list[Finding], expected: Sequence[str]) -> Aggregate:
    reported = {folded(entry.agency) for entry in entries if entry.agency}
    missing = tuple(agency for agency in dict.fromkeys(expected) if folded(agency) not in reported)
    findings += (Finding("REPORT-MISSING", "warning", values={"agency": agency}) for agency in missing)
    findings += _collection_findings(entries)
    findings += _outlier_findings(entries, store)
    return Aggregate(tuple(entries), missing, tuple(findings), store)


def _entry(name: str, report: Report, judge: Judge, counted: bool) -> Entry:
    severities = Counter(finding.severity for finding in judge(report) if finding.verdict == "fails")
    belongs_to = belonging(report.edition, report.year)
    errors, warnings = severities["error"], severities["warning"]
    return Entry(name, report.agency, report.year, report.edition, belongs_to, errors, warnings, counted)


def belonging(edition: str | None, year: int | None) -> str | None:
    """The edition whose totals a report is expected in: its own, else that of its year."""
    of_year = form_for_year(year) if year else None
    return edition if edition in EDITIONS else of_year.edition if of_year else None


def _total(address: str, column: WideColumn, rows: Sequence[int], lacking: int) -> CellTotal:
    total, states = column.tally(rows)
    return CellTotal(
        address,
        total if states["number"] + states["mark"] else None,
        states["number"],
        states["blank"],
        states["mark"],
        states["unreadable"],
        states["absent"] + lacking,
    )


def folded(agency: str) -> str:
    """An agency's name for matching: width and white space make no other agency of it.

    >>> folded("青溪县 水利局")
    '青溪县水利局'
    """
    return "".join(unicodedata.normalize("NFKC", agency).split())


def _duplicate(counted: Entry, left_out: Entry) -> Finding:
    values = {
        "agency": left_out.agency or "",
        "year": str(left_out.year),
        "counted": counted.name,
        "left_out": left_out.name,
    }
    return Finding("REPORT-DUPLICATE", "warning", values=values, where=(counted.name, left_out.name))


def _collection_findings(entries: Sequence[Entry]) -> Iterator[Finding]:
    unidentified = tuple(entry.name for entry in entries if not entry.agency or not entry.year)
    if unidentified:
        values = {"count": str(len(unidentified))}
        yield Finding("REPORT-UNIDENTIFIED", "info", values=values, where=unidentified)
    by_year = Counter(entry.year for entry in entries if entry.year)
    if len(by_year) > 1:
        counted = sorted(by_year.items())
        values = {
            "years": "、".join(f"{year}年{count}份" for year, count in counted),
            "years_en": ", ".join(f"{year}: {count}" for year, count in counted),
        }
        yield Finding("YEARS-MIXED", "warning", values=values)


def _outlier_findings(entries: Sequence[Entry], store: WideStore) -> Iterator[Finding]:
    limits = plausibility().outlier
    for table in store.tables():
        names = cell_names(table.edition)
        siblings = _siblings(entries, table)
        for address, column in table.columns.items():
            name = names[address]
            if not name.is_headline or name.is_signed:
                continue
            for rows in siblings:
                values = {table.reports[row]: value for row, value in column.positive(rows)}
                for outlier in outliers(values, name.unit, limits):
                    yield _outlier_finding(entries[outlier.report], table.edition, address, outlier)


def _siblings(entries: Sequence[Entry], table: WideTable) -> list[list[int]]:
    """The rows of a table by year: reports of different years are not measured against each other."""
    by_year: dict[int | None, list[int]] = {}
    for row, rank in enumerate(table.reports):
        if entries[rank].counted:
            by_year.setdefault(entries[rank].year, []).append(row)
    return list(by_year.values())


def _outlier_finding(entry: Entry, edition: str, address: str, outlier: Outlier) -> Finding:
    name = cell_names(edition)[address]
    values: Mapping[str, str] = {
        "name": entry.name,
        "cell": name.label,
        "cell_en": name.label_en,
        "unit": name.unit,
        "position": str(outlier.position),
        "count": str(outlier.count),
    }
    return Finding(
        "OUTLIER",
        "info",
        cells=(address,),
        left=outlier.value,
        right=outlier.median,
        values=values,
        where=(entry.name,),
    )
