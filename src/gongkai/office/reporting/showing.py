"""A report as the screens show it: the statutory tables with every number a link, and the figures the words may hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.documents.model import Table
from gongkai.office.reporting.checking import Judged
from gongkai.office.reporting.compiled import PLACEHOLDER, Values, label_of
from gongkai.office.reporting.models import FrozenFigure, NarrativePart
from gongkai.regulation.annual_report.compose import compose_table, squares
from gongkai.regulation.annual_report.figures import catalogue
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.report import Report
from gongkai.regulation.finding import SEVERITIES


@dataclass(frozen=True, slots=True)
class Square:
    """A cell of a table on the screen; `severity` is that of the gravest open finding about it, or empty."""

    text: str
    address: str
    row_span: int
    column_span: int
    is_header: bool
    severity: str = ""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One statutory table, row by row."""

    key: str
    caption: str
    rows: tuple[tuple[Square, ...], ...]


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph: words, or (with a key) a number that opens its records."""

    text: str
    key: str = ""
    is_missing: bool = False


def sheets(report: Report, judged: Iterable[Judged] = ()) -> list[Sheet]:
    """The tables of a report as the form prints them, findings beside the cells they are about."""
    graver = _severities(judged)
    return [_sheet(report, key, graver) for key in report.table_editions]


def _sheet(report: Report, key: str, severities: Mapping[str, str]) -> Sheet:
    table = form(report.table_editions[key]).table(key)
    laid_out: Table = compose_table(table, report)
    addresses = squares(table, laid_out)
    rows: dict[int, list[Square]] = {}
    for cell in sorted(laid_out.cells, key=lambda cell: (cell.row, cell.column)):
        address = addresses.get((cell.row, cell.column), "")
        severity = severities.get(address, "")
        rows.setdefault(cell.row, []).append(
            Square(cell.text, address, cell.row_span, cell.column_span, cell.is_header, severity)
        )
    return Sheet(key, table.caption, tuple(tuple(rows[number]) for number in sorted(rows)))


def _severities(judged: Iterable[Judged]) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in judged:
        if not each.is_open:
            continue
        for address in each.finding.cells:
            known = found.get(address)
            if known is None or SEVERITIES.index(each.finding.severity) < SEVERITIES.index(known):
                found[address] = each.finding.severity
    return found


def pieces(part: NarrativePart, values: Values) -> list[Piece]:
    """A paragraph with its numbers live: each of them opens what it counted."""
    found, end = [], 0
    for match in PLACEHOLDER.finditer(part.text):
        if match.start() > end:
            found.append(Piece(part.text[end : match.start()]))
        printed = values.printed(match[1])
        text = printed if printed is not None else f"缺数据：{label_of(match[1])}"
        is_plain = match[1] == "year"
        found.append(Piece(text, "" if is_plain else match[1], printed is None))
        end = match.end()
    if end < len(part.text):
        found.append(Piece(part.text[end:]))
    return found


def other_figures(figures: Mapping[str, FrozenFigure]) -> list[FrozenFigure]:
    """The figures that no table holds, in the order in which they were counted."""
    return [each for key, each in figures.items() if key in catalogue()]


def palette(values: Values) -> list[tuple[str, str, str]]:
    """The figures the words may hold: key, name and value. First what no table holds, then the cells that are not 0."""
    own = [(key, each.label, values.printed(key) or "") for key, each in values.figures.items() if key in catalogue()]
    sums = [
        (key, figure.label, printed)
        for key, figure in catalogue().items()
        if key not in values.figures and (printed := values.printed(key)) is not None
    ]
    rate = values.printed("completion_rate")
    rates = [("completion_rate", label_of("completion_rate"), rate)] if rate else []
    cells = [
        (address, label_of(address), values.printed(address) or "")
        for address in form(values.report.edition or "2021").addresses()
        if values.number(address)
    ]
    return [*own, *sums, *rates, *cells]
