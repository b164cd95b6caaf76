"""Plain text: the ways in which a published table is flattened when a page is copied or converted (lines 18 to 25)."""

from __future__ import annotations

from collections.abc import Callable

from tests.corpus.layout import Grid, Line, Printed

TableText = Callable[[Grid], str]


def text(printed: Printed, table: TableText) -> str:
    """The report as lines, each table flattened in one way."""
    parts = [
        table(block) if isinstance(block, Grid) else block.text for block in printed.blocks if not _is_break(block)
    ]
    return "\n".join(parts) + "\n"


def _is_break(block: object) -> bool:
    return isinstance(block, Line) and block.kind == "break"


def cells_with_fillers(grid: Grid) -> str:
    """Line 18: `cell |` a line, and the places that a row lacks for the width of the table as a run of pipes."""
    lines = []
    for row in grid.rows():
        lines += [f"{square.text} |".lstrip() for square in row]
        missing = grid.column_count - len(row)
        if missing:
            lines.append("|" * missing)
    return "\n".join(lines)


def rows_with_pipes(grid: Grid) -> str:
    """Line 19: one row a line, its own cells parted by ` | `."""
    return "\n".join(" | ".join(square.text for square in row) for row in grid.rows() if row)


def rows_in_pipes(grid: Grid) -> str:
    """Line 19 with a pipe at both ends and merged places kept empty, as converters of web pages write it."""
    return "\n".join("| " + " | ".join(cells) + " |" for cells in _places(grid))


def one_cell_a_line(grid: Grid) -> str:
    """Line 20: one cell a line with blank lines between."""
    return "\n" + "\n\n".join(square.text for row in grid.rows() for square in row) + "\n"


def pipes_alone(grid: Grid) -> str:
    """Line 21: the pipe on its own line."""
    return "\n".join("\n|\n".join(square.text for square in row) for row in grid.rows() if row)


def tabs(grid: Grid) -> str:
    """Line 25: tab-separated, merged places empty, as a table is copied out of a spreadsheet."""
    return "\n".join("\t".join(cells) for cells in _places(grid))


def ragged_tabs(grid: Grid) -> str:
    """Line 25: tab-separated with each row's own cells only, as a table is copied out of a browser."""
    return "\n".join("\t".join(square.text for square in row) for row in grid.rows() if row)


def markdown(grid: Grid) -> str:
    """Line 25: a Markdown table, merged places empty."""
    return _markdown(_places(grid))


def markdown_repeated(grid: Grid) -> str:
    """Line 25: a Markdown table where a converter has repeated a merged cell's text in each of its places."""
    covering = grid.covering()
    places = [[covering[row, column].text for column in range(grid.column_count)] for row in range(grid.row_count)]
    return _markdown(places)


def markdown_headings(printed: Printed, table: TableText) -> str:
    """A Markdown file: titles marked with #, tables by `table`."""
    marks = {"title": "# ", "heading": "## ", "topic": "### "}
    parts = []
    for block in printed.blocks:
        if isinstance(block, Grid):
            parts.append(table(block))
        elif not _is_break(block):
            parts.append(marks.get(block.kind, "") + block.text)
    return "\n\n".join(parts) + "\n"


def _markdown(rows: list[list[str]]) -> str:
    first, *rest = ["| " + " | ".join(cell.replace("\n", "<br>") for cell in cells) + " |" for cells in rows]
    return "\n".join([first, "|" + " --- |" * len(rows[0]), *rest])


def _places(grid: Grid) -> list[list[str]]:
    """Every place of the grid: a square's text at its top left, nothing in the places it covers."""
    rows = [[""] * grid.column_count for _ in range(grid.row_count)]
    for square in grid.squares:
        rows[square.row][square.column] = square.text
    return rows
