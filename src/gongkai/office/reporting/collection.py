"""Questions to many settled reports: totals, who is missing, rankings, trends, outliers, a parent against its parts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from gongkai.office.organs.models import Organ
from gongkai.office.organs.paths import upwards
from gongkai.office.organs.queries import below
from gongkai.office.reporting.compiled import own_share
from gongkai.office.reporting.models import SettledReport
from gongkai.office.reporting.settling import Row, collection, report_of
from gongkai.regulation.annual_report.aggregate import Aggregate, CellTotal, folded
from gongkai.regulation.annual_report.cell_names import CellName, cell_names
from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.annual_report.hierarchy import check_parts
from gongkai.regulation.annual_report.report import Number
from gongkai.regulation.finding import Finding


@dataclass(frozen=True, slots=True)
class Wanted:
    """A set of agencies and years. `organ` is one with all below it, None for all; `foreign` those outside our tree too.

    `among` are the reports to choose from (`policy.settled`); None for all there are.
    `wholes`: with the reports that add up others of our tree. Beside those they add up, they count everything twice.
    """

    first_year: int
    last_year: int
    organ: Organ | None = None
    foreign: bool = True
    among: QuerySet[SettledReport] | None = None
    wholes: bool = True

    def reports(self) -> QuerySet[SettledReport]:
        """The settled reports of the set."""
        found = all_of(self.among).filter(year__gte=self.first_year, year__lte=self.last_year)
        if not self.wholes:
            found = found.exclude(organ__in=_above())
        if self.organ is not None:
            return found.filter(organ__path__startswith=self.organ.path)
        return found if self.foreign else found.filter(organ__isnull=False)

    def expected(self) -> list[Organ]:
        """The agencies of our tree that owe a report."""
        organs = below(self.organ) if self.organ is not None else Organ.objects.all()
        return list(organs.filter(abolished_on=None).order_by("path"))


@dataclass(frozen=True, slots=True)
class Collected:
    """The reports of a set as columns, with what can be asked of them."""

    wanted: Wanted
    rows: Sequence[Row]
    aggregate: Aggregate

    def years(self) -> list[int]:
        """The years there are reports of, ascending."""
        return sorted({row.year for row in self.rows})

    def missing(self) -> dict[int, list[Organ]]:
        """By year, the agencies of the set without a report; only for years of which there is any.

        An agency whose report is not among those to choose from has one all the same.
        """
        have = {(row.year, row.organ) for row in self.rows}
        named = {(row.year, folded(row.agency)) for row in self.rows}
        if self.wanted.among is not None:
            unseen = SettledReport.objects.filter(year__in=self.years()).exclude(pk__in=self.wanted.among.values("pk"))
            have |= set(unseen.values_list("year", "organ"))
            named |= set(unseen.values_list("year", "agency_key"))
        expected = self.wanted.expected()
        found = {
            year: [each for each in expected if (year, each.pk) not in have and (year, folded(each.name)) not in named]
            for year in self.years()
        }
        return {year: organs for year, organs in found.items() if organs}

    def counted_twice(self) -> list[str]:
        """The agencies whose reports add up others of the set and year, so that totals hold the same records twice."""
        organs = Organ.objects.in_bulk({row.organ for row in self.rows if row.organ is not None})
        reported = {(row.year, organs[row.organ].path) for row in self.rows if row.organ is not None}
        twice = {above for year, path in reported for above in upwards(path)[:-1] if (year, above) in reported}
        return [organ.name for organ in sorted(organs.values(), key=lambda each: each.path) if organ.path in twice]

    def values(self, address: str, year: int | None = None) -> list[tuple[Row, Number | None]]:
        """A cell in every report that has it, of a year or of all."""
        found: list[tuple[Row, Number | None]] = []
        for table in self.aggregate.store.tables():
            column = table.columns.get(address)
            if column is not None:
                pairs = ((self.rows[rank], column.value(place)) for place, rank in enumerate(table.reports))
                found += [(row, value) for row, value in pairs if year in (None, row.year)]
        return found

    def ranking(self, address: str, year: int) -> list[tuple[Row, Number | None]]:
        """A cell by size, the largest first; what has no number comes last."""
        return sorted(self.values(address, year), key=lambda each: (each[1] is None, -(each[1] or 0), each[0].agency))

    def trend(self, address: str) -> list[tuple[int, CellTotal]]:
        """The total of a cell year by year, in the years whose form has it."""
        found = []
        for year in self.years():
            for edition in self.aggregate.editions():
                total = self.aggregate.totals(edition, year).get(address)
                if total is not None and total.reports:
                    found.append((year, total))
        return found

    def outliers(self) -> list[Finding]:
        """What stands far from comparable reports."""
        return [each for each in self.aggregate.findings if each.code == "OUTLIER"]

    def totals(self, year: int) -> list[tuple[str, CellName, CellTotal]]:
        """The cells of a year that aren't 0 in every report, as the forms print them: address, name, total."""
        found = []
        for edition in self.aggregate.editions():
            names = cell_names(edition)
            for address, total in self.aggregate.totals(edition, year).items():
                if total.reports and (total.total or not total.complete):
                    found.append((address, names[address], total))
        return found


def all_of(among: QuerySet[SettledReport] | None) -> QuerySet[SettledReport]:
    """The reports to choose from."""
    return SettledReport.objects.all() if among is None else among.all()


def _above() -> QuerySet[Organ]:
    return Organ.objects.filter(children__isnull=False)


def collected(wanted: Wanted) -> Collected:
    """The reports of a set, in one query."""
    return Collected(wanted, *collection(wanted.reports()))


@dataclass(frozen=True, slots=True)
class Hierarchy:
    """A government's report against its parts: which were added up, which agencies right below have no report yet, and where
    the sum differs.
    """

    parts: tuple[str, ...]
    missing: tuple[str, ...]
    findings: tuple[Finding, ...]


def hierarchy(organ: Organ, year: int, among: QuerySet[SettledReport] | None = None) -> Hierarchy | None:
    """A government's report against those of the agencies right below it; of one made here its own share is counted too.

    None when there is no report of it, or none below.
    """
    whole = (
        all_of(among)
        .filter(Q(organ=organ) | Q(agency_key=folded(organ.name)), year=year)
        .select_related("report_year__organ")
        .first()
    )
    rows = list(all_of(among).filter(organ__parent=organ, year=year).order_by("organ__path"))
    if whole is None or not rows:
        return None
    parts = [(each.agency, report_of(each)) for each in rows]
    if whole.report_year is not None:
        parts.insert(0, (f"{organ.name}本级", own_share(whole.report_year)))
    have = {each.organ_id for each in rows}
    missing = [each.name for each in organ.children.filter(abolished_on=None).order_by("path") if each.pk not in have]
    return Hierarchy(tuple(name for name, _ in parts), tuple(missing), tuple(check_parts(report_of(whole), parts)))


def cells(editions: Iterable[str] = EDITIONS) -> Iterator[tuple[str, str]]:
    """The cells that stand for their row, by address, with their names; of several editions the newer name."""
    found: dict[str, str] = {}
    for edition in editions:
        names: Mapping[str, CellName] = cell_names(edition)
        found.update(
            (address, names[address].label) for address in form(edition).addresses() if names[address].is_headline
        )
    return iter(found.items())


def name_of(address: str) -> CellName | None:
    """The name of a cell of any edition, the newest first."""
    for edition in reversed(EDITIONS):
        if found := cell_names(edition).get(address):
            return found
    return None
