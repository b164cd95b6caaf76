"""The tables of the form as grids, in the statutory print and in the other arrangements that are published (line 36)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from gongkai.regulation.annual_report.forms import Column, FormTable, Row
from tests.corpus.layout import Grid, Square
from tests.corpus.truth import Truth

HEADER_ROWS = 3
LABEL_COLUMNS = 3


@dataclass(frozen=True, slots=True)
class Style:
    """How a report is laid out; the default is the statutory print with the tables of section two apart.

    `joined`: section two as one table. `one_table`: all tables as one. `column_order` and `row_order`: permutations of
    the applications table (`form`, `total_first`, `turned`). `subtotals`: a 小计 column, rows, or both.
    """

    joined: bool = False
    one_table: bool = False
    column_order: str = "form"
    row_order: str = "form"
    subtotals: str = ""
    remedies_split: bool = False


STATUTORY = Style()


def article_grids(report: Truth, style: Style) -> list[Grid]:
    grids = [_article(table, report, style) for table in report.article_tables]
    if not style.joined:
        return grids
    return [stacked("art20", [widened(grid, max(grid.column_count for grid in grids)) for grid in grids])]


def _article(table: FormTable, report: Truth, style: Style) -> Grid:
    columns = list(table.columns)
    rows = list(table.rows)
    if style.column_order == "turned":
        columns.reverse()
    if style.row_order == "turned":
        rows.reverse()
    squares = [
        Square(table.caption, 0, 0, 1, len(columns) + 1, label=f"caption:{table.key}"),
        Square(table.row_header_label, 1, 0, label="corner"),
        *(Square(column.label, 1, at, label=f"column:{column.key}") for at, column in enumerate(columns, 1)),
    ]
    for at, row in enumerate(rows, 2):
        squares.append(Square(row.label, at, 0, label=f"row:{row.key}"))
        squares += _values(report, table, row, columns, at, 1)
    return Grid(table.key, tuple(squares))


def _values(report: Truth, table: FormTable, row: Row, columns: Sequence[Column], at: int, first: int) -> list[Square]:
    addresses = [f"{table.key}.{row.key}.{column.key}" for column in columns]
    return [
        Square(report.cells[address].text, at, place, address=address) for place, address in enumerate(addresses, first)
    ]


def widened(grid: Grid, columns: int) -> Grid:
    """The grid with the last square of each row stretched to a common width, as the one Word table of section two has it."""
    missing = columns - grid.column_count
    edge = grid.column_count
    return grid.relabelled(
        lambda square: (
            replace(square, column_span=square.column_span + missing)
            if square.column + square.column_span == edge
            else square
        )
    )


def title_row(text: str, columns: int) -> Grid:
    """A row across the whole table that holds a section's title."""
    return Grid("title", (Square(text, 0, 0, 1, columns, label="title"),))


def stacked(key: str, grids: Sequence[Grid]) -> Grid:
    """Several grids as one, one below the other."""
    squares: list[Square] = []
    below = 0
    for grid in grids:
        squares += [replace(square, row=square.row + below) for square in grid.squares]
        below += grid.row_count
    return Grid(key, tuple(squares))


# Stands among the column keys where a 小计 column is printed; the form has none.
SUBTOTAL = "subtotal"


def applications_grid(report: Truth, style: Style) -> Grid:
    table = report.applications.table("applications")
    columns = _arranged_columns(table, style)
    rows = _arranged_rows(table, style)
    squares = [*_applications_header(table, columns), *_applications_labels(table, rows)]
    for at, row in enumerate(rows, HEADER_ROWS):
        for place, column in enumerate(columns, LABEL_COLUMNS):
            address = f"applications.{row.key}.{column}"
            if address in report.cells:
                squares.append(Square(report.cells[address].text, at, place, address=address))
            else:
                squares.append(Square(str(_subtotal(report, table, row, column)), at, place, label=SUBTOTAL))
    return Grid("applications", tuple(squares), HEADER_ROWS)


def _arranged_columns(table: FormTable, style: Style) -> list[str]:
    person, *organisations, total = [column.key for column in table.columns]
    if style.column_order == "turned":
        organisations.reverse()
    if "columns" in style.subtotals:
        organisations.append(SUBTOTAL)
    if style.column_order == "total_first":
        return [total, person, *organisations]
    if style.column_order == "turned":
        return [*organisations, person, total]
    return [person, *organisations, total]


def _arranged_rows(table: FormTable, style: Style) -> list[Row]:
    """The rows that take a line: the data rows, and the group rows where groups have subtotals."""
    rows = [row for row in table.rows if row.is_data or ("rows" in style.subtotals and row.parent == "results")]
    if style.row_order == "turned":
        for group in {row.parent for row in rows} - {"", "results"}:
            places = [at for at, row in enumerate(rows) if row.parent == group]
            turned = [rows[at] for at in reversed(places)]
            for at, row in zip(places, turned, strict=True):
                rows[at] = row
    return rows


def _subtotal(report: Truth, table: FormTable, row: Row, column: str) -> int:
    """What a subtotal cell shows: the organisations of a row, the rows of a group, or both."""
    rows = [row] if row.is_data else [member for member in table.rows if member.parent == row.key]
    columns = [entry.key for entry in table.columns if entry.group] if column == SUBTOTAL else [column]
    return sum(report.count(f"applications.{each.key}.{key}") for each in rows for key in columns)


def _applications_header(table: FormTable, columns: list[str]) -> list[Square]:
    """Three header rows: the note over the labels, the super-header, the group over its columns."""
    by_key = {column.key: column for column in table.columns}
    squares = [
        Square(table.row_header_label, 0, 0, HEADER_ROWS, LABEL_COLUMNS, label="note"),
        Square(table.column_super_header, 0, LABEL_COLUMNS, 1, len(columns), label="super"),
    ]
    grouped = [at for at, key in enumerate(columns) if key == SUBTOTAL or by_key[key].group]
    group_label = next(column.group_label for column in table.columns if column.group)
    squares.append(Square(group_label, 1, LABEL_COLUMNS + grouped[0], 1, len(grouped), label="group:organisation"))
    for at, key in enumerate(columns):
        label = "小计" if key == SUBTOTAL else by_key[key].label
        if at in grouped:
            squares.append(Square(label, 2, LABEL_COLUMNS + at, label=f"column:{key}"))
        else:
            squares.append(Square(label, 1, LABEL_COLUMNS + at, 2, 1, label=f"column:{key}"))
    return squares


def _applications_labels(table: FormTable, rows: list[Row]) -> list[Square]:
    """The label columns: 一, 二 and 四 over all three, the results down their side, the groups over their items."""
    groups = {row.key: row for row in table.rows if not row.is_data}
    squares: list[Square] = []
    for at, row in enumerate(rows, HEADER_ROWS):
        key = f"row:{row.key}"
        if not row.is_data:
            squares.append(Square("小计", at, 2, label=SUBTOTAL))
        elif not row.parent:
            squares.append(Square(f"{row.numbering}、{row.label}", at, 0, 1, LABEL_COLUMNS, label=key))
        elif row.parent == "results":
            squares.append(Square(f"{row.numbering}{row.label}", at, 1, 1, 2, label=key))
        else:
            squares.append(Square(f"{row.numbering}{row.label}", at, 2, label=key))
    for key, group in groups.items():
        places = [
            at for at, row in enumerate(rows, HEADER_ROWS) if key in (row.key, row.parent, _grandparent(groups, row))
        ]
        mark = "、" if group.numbering == "三" else ""
        column = 0 if group.numbering == "三" else 1
        squares.append(
            Square(f"{group.numbering}{mark}{group.label}", places[0], column, len(places), 1, label=f"group:{key}")
        )
    return squares


def _grandparent(groups: dict[str, Row], row: Row) -> str:
    return groups[row.parent].parent if row.parent in groups else ""


def remedies_grids(report: Truth, style: Style) -> list[Grid]:
    table = report.applications.table("remedies")
    if style.remedies_split:
        return [
            _remedies_part(report, table, group) for group in dict.fromkeys(column.group for column in table.columns)
        ]
    squares = []
    for at, column in enumerate(table.columns):
        squares.append(Square(column.label, 2, at, label=f"column:{column.key}"))
        address = f"remedies.cases.{column.key}"
        squares.append(Square(report.cells[address].text, 3, at, address=address))
    squares += [
        Square("行政复议", 0, 0, 2, 5, label="group:reconsideration"),
        Square("行政诉讼", 0, 5, 1, 10, label="group:litigation"),
        Square("未经复议直接起诉", 1, 5, 1, 5, label="group:litigation_direct"),
        Square("复议后起诉", 1, 10, 1, 5, label="group:litigation_after_reconsideration"),
    ]
    return [Grid("remedies", tuple(squares), 3)]


def _remedies_part(report: Truth, table: FormTable, group: str) -> Grid:
    """One of the three parts of a reconsideration table that was split to fit the page."""
    columns = [column for column in table.columns if column.group == group]
    above = [columns[0].super_group_label]
    if columns[0].group_label not in above:
        above.append(columns[0].group_label)
    squares = [Square(text, at, 0, 1, len(columns), label=f"group:{group}") for at, text in enumerate(above)]
    for at, column in enumerate(columns):
        address = f"remedies.cases.{column.key}"
        squares.append(Square(column.label, len(above), at, label=f"column:{column.key}"))
        squares.append(Square(report.cells[address].text, len(above) + 1, at, address=address))
    return Grid(f"remedies_{group}", tuple(squares), len(above) + 1)
