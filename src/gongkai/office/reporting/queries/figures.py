"""The figures of a report, and the records each of them counted."""

from __future__ import annotations

from gongkai.office.reporting import sources
from gongkai.office.reporting.models import Compilation, FrozenFigure, ReportYear
from gongkai.office.reporting.record_ids import unpack
from gongkai.regulation.annual_report.compiling import inputs_of
from gongkai.regulation.annual_report.figures import catalogue
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.tally import Counted


def current(report_year: ReportYear) -> Compilation | None:
    """The last counting, None before the first."""
    return report_year.compilations.order_by("-number").first()


def locked(report_year: ReportYear) -> Compilation | None:
    """The counting whose figures are the report's, None as long as nothing is locked. The last lock holds."""
    return report_year.compilations.filter(locked_at__isnull=False).order_by("-number").first()


def standing(report_year: ReportYear) -> Compilation | None:
    """The counting a report shows: the locked one, else the last."""
    return locked(report_year) or current(report_year)


def figures_of(compilation: Compilation | None) -> dict[str, FrozenFigure]:
    """The figures of a counting by key, without their records."""
    if compilation is None:
        return {}
    return {each.key: each for each in compilation.figures.defer("records")}


def figure_of(compilation: Compilation, key: str) -> FrozenFigure | None:
    """One figure with its records."""
    return compilation.figures.filter(key=key).first()


def keys_behind(key: str, edition: str) -> tuple[str, ...]:
    """The figures that make up a number: of a computed cell its input cells, of a claim over cells those cells.

    Errors: KeyError for what is neither a cell of the edition nor a figure.
    """
    if key == "completion_rate":
        rows = ("new_received", "carried_over", "results_total")
        return tuple(one for row in rows for one in inputs_of(f"applications.{row}.total", edition))
    if key in form(edition).addresses():
        return inputs_of(key, edition)
    tables = {table.key: edition for table in form(edition).tables}
    sums = catalogue()[key].cells(tables)
    cells = [address for address in (sums[0] if sums else ()) if not address.startswith("ledger.")]
    return tuple(one for address in cells for one in inputs_of(address, edition)) or (key,)


def records_behind(figure: FrozenFigure, first: int = 0, count: int = 50) -> list[Counted]:
    """Some of the records a figure counted, in the order of their ids. What is gone since is told as such."""
    ids = unpack(figure.records)[first : first + count]
    if not ids:
        return []
    found = {each.id: each for each in sources.counted(figure.kind, ids)}
    return [found.get(pk) or Counted(pk, f"记录 {pk} 已不在台账中", None) for pk in ids]
