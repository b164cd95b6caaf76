"""Reports for tests about numbers: every cell of the form is 0 except those named."""

from collections.abc import Mapping
from decimal import Decimal

from gongkai.regulation.annual_report.forms import form, form_for_year
from gongkai.regulation.annual_report.report import Cell, Report

Printed = int | Decimal | str
BLANK, UNREADABLE = "", "?"


def filled_report(
    year: int | None,
    printed: Mapping[str, Printed] | None = None,
    *,
    agency: str | None = "青溪县财政局",
    edition: str | None = None,
    without: tuple[str, ...] = (),
) -> Report:
    """A report of a year on the form of that year; `?` is unreadable, an empty text blank, another text a mark.

    A cell of the applications' natural persons is carried to its total, so that naming one number is enough.
    """
    if edition is None:
        of_year = form_for_year(year) if year else form("2021")
        assert of_year
        edition = of_year.edition
    tables = [table for table in form(edition).tables if table.key not in without]
    cells = {address: cell(0) for table in tables for address in table.addresses()}
    for address, value in (printed or {}).items():
        assert address in cells, address
        cells[address] = cell(value)
        if address.endswith(".natural_person"):
            cells[address.replace(".natural_person", ".total")] = cell(value)
    return Report(year, agency, {table.key: edition for table in tables}, cells)


def cell(printed: Printed) -> Cell:
    if printed == BLANK:
        return Cell(None, "blank", "")
    if printed == UNREADABLE:
        return Cell(None, "unreadable", UNREADABLE)
    return Cell(None, "mark", printed) if isinstance(printed, str) else Cell(printed, "number", str(printed))


def new_applications(received: int, forward: int = 0, over: int = 0) -> dict[str, Printed]:
    """The cells of `received` new applications of natural persons that keep every relation of the form."""
    results = received + over - forward
    return {
        "applications.new_received.natural_person": received,
        "applications.carried_over.natural_person": over,
        "applications.granted.natural_person": results,
        "applications.results_total.natural_person": results,
        "applications.carried_forward.natural_person": forward,
    }
