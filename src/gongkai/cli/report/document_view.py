"""A document on a terminal: the comparisons and collections that the law core hands over as documents."""

from __future__ import annotations

from collections.abc import Iterator

from gongkai.cli.console import Console
from gongkai.cli.report.grid import Grid, GridRow, Shown, drawn
from gongkai.cli.text import wrapped
from gongkai.documents.model import Document, Heading, Paragraph, Table


def document_lines(document: Document, console: Console) -> Iterator[str]:
    """The lines of a document of headings, paragraphs and tables with one row of headings and labels in front."""
    for block in document.blocks:
        if isinstance(block, Heading):
            yield ""
            yield console.paint(block.text, "bold")
        elif isinstance(block, Paragraph):
            yield from wrapped(block.text, console.width)
        elif isinstance(block, Table):
            yield ""
            yield console.paint(block.caption, "bold")
            yield from drawn(_grid(block), console)


def _grid(table: Table) -> Grid:
    texts = {(cell.row, cell.column): cell.text for cell in table.cells}
    rows, columns = range(1, table.row_count), range(1, table.column_count)
    return Grid(
        corner=texts.get((0, 0), ""),
        headings=tuple(texts.get((0, column), "") for column in columns),
        rows=tuple(
            GridRow(texts.get((row, 0), ""), 0, tuple(Shown(texts.get((row, column), "")) for column in columns))
            for row in rows
        ),
    )
