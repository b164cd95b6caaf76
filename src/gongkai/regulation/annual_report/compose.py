"""A report laid out as the statute prints it: title, preamble, six sections, every table with its merged cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from gongkai.documents.model import Block, Document, Heading, Paragraph, Table, TableCell
from gongkai.regulation.annual_report.forms import FormTable, Row, form
from gongkai.regulation.annual_report.reading.cells import NOT_READ
from gongkai.regulation.annual_report.report import Cell, Narrative, Report, statutory_title
from gongkai.regulation.annual_report.structure_check import expected_form

_APPLICATIONS_WIDTHS = (2.2, 8.4, 15.0, *(3.05,) * 7)
_LABEL_COLUMNS = 3
_REMEDIES_HEADER_ROWS = 3


def compose(report: Report) -> Document:
    """The document of a report on the form its tables have: what is not there is left out, nothing is filled in.

    A cell that could not be read is printed as 未读出, so that nobody takes it for a blank. A section that the report
    lacks and that has no table stays away with its heading.
    """
    title = report.narrative.title or statutory_title(report)
    blocks: list[Block] = [Heading(title, 1)]
    blocks += [Paragraph(passage.text) for passage in report.narrative.preamble]
    for section in expected_form(report).sections:
        tables = list(_tables(report, section.key))
        if tables or section.key in report.narrative.sections:
            blocks.append(Heading(f"{section.numbering}、{section.label}", 2))
            blocks += _passages(report.narrative, section.key)
            blocks += tables
    return Document(tuple(blocks), title=title)


def _passages(narrative: Narrative, section: str) -> Iterator[Block]:
    for passage in narrative.sections.get(section, ()):
        yield Heading(passage.text, passage.level) if passage.level else Paragraph(passage.text)


def _tables(report: Report, section: str) -> Iterator[Table]:
    for key, edition in report.table_editions.items():
        table = form(edition).table(key)
        if table.section == section:
            yield compose_table(table, report)


def compose_table(table: FormTable, report: Report) -> Table:
    """One statutory table with the report's cells."""
    if table.key == "applications":
        return _applications(table, report)
    if table.key == "remedies":
        return _remedies(table, report)
    return _article_20(table, report)


@dataclass(slots=True)
class _Sheet:
    """The cells of one table while it is being laid out, and where each address was put."""

    report: Report
    cells: list[TableCell] = field(default_factory=list)
    places: dict[str, tuple[int, int]] = field(default_factory=dict)

    def label(self, text: str, row: int, column: int, row_span: int = 1, column_span: int = 1) -> None:
        self.cells.append(TableCell(text, row, column, row_span, column_span, is_header=True))

    def figure(self, address: str, row: int, column: int, parts: Sequence[str] = ()) -> None:
        cell = self.report.cells[address]
        self.places[address] = (row, column)
        number = cell.value if _is_plain(cell) else None
        self.cells.append(TableCell(printed(cell), row, column, number=number, sum_of=self._sum_of(address, parts)))

    def _sum_of(self, address: str, parts: Sequence[str]) -> tuple[tuple[int, int], ...]:
        """The squares a total adds up, when the printed total is their sum: a wrong total stays as it was printed."""
        cells = [self.report.cells[part] for part in parts]
        total = self.report.cells[address]
        if not cells or not all(_is_plain(cell) for cell in (*cells, total)):
            return ()
        if sum(cell.value or 0 for cell in cells) != total.value:
            return ()
        return tuple(self.places[part] for part in parts)


def printed(cell: Cell) -> str:
    """What stands in a cell on paper."""
    if cell.text:
        return cell.text
    if cell.state == "unreadable":
        return NOT_READ
    return "" if cell.value is None else str(cell.value)


def _is_plain(cell: Cell) -> bool:
    return cell.state == "number" and cell.text in ("", str(cell.value))


def _article_20(table: FormTable, report: Report) -> Table:
    sheet = _Sheet(report)
    sheet.label(table.caption, 0, 0, column_span=1 + len(table.columns))
    sheet.label(table.row_header_label, 1, 0)
    for number, column in enumerate(table.columns, 1):
        sheet.label(column.label, 1, number)
    for row_number, row in enumerate(table.data_rows, 2):
        sheet.label(row.label, row_number, 0)
        for number, column in enumerate(table.columns, 1):
            sheet.figure(f"{table.key}.{row.key}.{column.key}", row_number, number)
    widths = (1.6, *(1.6 * 2 / len(table.columns),) * len(table.columns))
    return Table(tuple(sheet.cells), key=table.caption, column_widths=widths)


def _applications(table: FormTable, report: Report) -> Table:
    sheet = _Sheet(report)
    first = _LABEL_COLUMNS
    sheet.label(table.row_header_label, 0, 0, 3, first)
    sheet.label(table.column_super_header, 0, first, column_span=len(table.columns))
    grouped = [number for number, column in enumerate(table.columns) if column.group]
    sheet.label(table.columns[grouped[0]].group_label, 1, first + grouped[0], column_span=len(grouped))
    for number, column in enumerate(table.columns):
        if number in grouped:
            sheet.label(column.label, 2, first + number)
        else:
            sheet.label(column.label, 1, first + number, row_span=2)
    leaves = [row.key for row in table.data_rows if row.parent and not row.computed]
    for row_number, row in enumerate(table.data_rows, 3):
        _application_labels(sheet, table, row, row_number)
        keys = [column.key for column in table.columns]
        for number, key in enumerate(keys):
            parts: list[str] = []
            if table.columns[number].computed:
                parts = [f"{table.key}.{row.key}.{part}" for part in keys[:number]]
            elif row.computed:
                parts = [f"{table.key}.{leaf}.{key}" for leaf in leaves]
            sheet.figure(f"{table.key}.{row.key}.{key}", row_number, first + number, parts)
    return Table(tuple(sheet.cells), key="收到和处理申请情况", column_widths=_APPLICATIONS_WIDTHS)


def _application_labels(sheet: _Sheet, table: FormTable, row: Row, row_number: int) -> None:
    """The label cells that begin in a row: its own, and those of the groups it is the first row of."""
    rows = {entry.key: entry for entry in table.rows}
    if not row.parent:
        sheet.label(f"{row.numbering}、{row.label}", row_number, 0, column_span=_LABEL_COLUMNS)
        return
    parent = rows[row.parent]
    top = rows[parent.parent] if parent.parent else parent
    within_top = [entry for entry in table.data_rows if _is_below(entry, top.key, rows)]
    if within_top[0] is row:
        sheet.label(f"{top.numbering}、{top.label}", row_number, 0, row_span=len(within_top))
    if parent is top:
        sheet.label(f"{row.numbering}{row.label}", row_number, 1, column_span=2)
        return
    siblings = [entry for entry in table.data_rows if entry.parent == parent.key]
    if siblings[0] is row:
        sheet.label(f"{parent.numbering}{parent.label}", row_number, 1, row_span=len(siblings))
    sheet.label(f"{row.numbering}{row.label}", row_number, 2)


def _is_below(row: Row, key: str, rows: dict[str, Row]) -> bool:
    while row.parent:
        if row.parent == key:
            return True
        row = rows[row.parent]
    return False


def _remedies(table: FormTable, report: Report) -> Table:
    sheet = _Sheet(report)
    supers = list(dict.fromkeys(column.super_group_label for column in table.columns))
    for label in supers:
        under = [number for number, column in enumerate(table.columns) if column.super_group_label == label]
        sheet.label(label, 0, under[0], column_span=len(under))
    groups = list(dict.fromkeys(column.group for column in table.columns))
    for group in groups:
        under = [number for number, column in enumerate(table.columns) if column.group == group]
        column = table.columns[under[0]]
        own_row = column.group_label != column.super_group_label
        if own_row:
            sheet.label(column.group_label, 1, under[0], column_span=len(under))
        for number in under:
            sheet.label(table.columns[number].label, 2 if own_row else 1, number, row_span=1 if own_row else 2)
        parts = [f"{table.key}.cases.{table.columns[number].key}" for number in under[:-1]]
        for number, address in zip(under, [*parts, f"{table.key}.cases.{table.columns[under[-1]].key}"], strict=True):
            sheet.figure(address, _REMEDIES_HEADER_ROWS, number, parts if table.columns[number].computed else ())
    return Table(tuple(sheet.cells), key="行政复议和行政诉讼情况", column_widths=(1.0,) * len(table.columns))
