"""CSV: the document row by row, its tables as a spreadsheet would hold them; for programs that read nothing else.

UTF-8 with a byte order mark, without which Excel misreads Chinese. A cell that spans squares stands in the first of them.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator
from io import StringIO

from gongkai.documents.model import Document, Flow, Heading, Mark, Paragraph, Table
from gongkai.documents.writers import layout

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def render(document: Document) -> bytes:
    """The document as CSV; an empty row stands before and after each table."""
    written = StringIO()
    writer = csv.writer(written)
    for row in _rows(document):
        writer.writerow(map(_harmless, row))
    return ("\ufeff" + written.getvalue()).encode("utf-8")


def _rows(document: Document) -> Iterator[list[str]]:
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            yield [layout.one_line(block.text)]
        else:
            yield []
            yield from _table(layout.at_printable(layout.table_of(block) if isinstance(block, Flow) else block))
            yield []
    if document.mark:
        yield from _mark(document.mark)


def _table(table: Table) -> Iterator[list[str]]:
    if table.caption:
        yield [table.caption]
    for row in layout.rows(table):
        texts = [""] * table.column_count
        for cell in row:
            texts[cell.column] = layout.one_line(cell.text)
        yield texts


def _mark(mark: Mark) -> Iterator[list[str]]:
    yield []
    yield from ([layout.one_line(line)] for line in (*mark.lines, mark.address))


def _harmless(text: str) -> str:
    """A spreadsheet runs a text that begins like a formula; a number does no harm, an apostrophe makes others texts."""
    if text.startswith(_FORMULA_STARTS) and not text.removeprefix("-").replace(".", "", 1).isdigit():
        return f"'{text}"
    return text
