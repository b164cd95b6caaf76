"""Plain text: what a person reads in any editor and this product reads back, with the marks of Markdown.

A heading, a caption or a paragraph is one line, headings and captions with a `#` for each level. A row of a table is
one line, `| 甲 | 乙 |`, with a cell's text at its first square and nothing in the other squares it covers; a bar in a
cell is written `\\|`.
"""

from __future__ import annotations

from gongkai.documents.model import Document, Flow, Heading, Paragraph, Table
from gongkai.documents.writers import layout

DEEPEST_HEADING = 6


def render(document: Document) -> bytes:
    """The document as UTF-8 text, its blocks set apart by empty lines."""
    texts = []
    level = 0
    for block in document.blocks:
        if isinstance(block, Heading):
            level = block.level
            texts.append(_heading(block.text, level))
        elif isinstance(block, Paragraph):
            texts.append(_line(block.text))
        elif isinstance(block, Table):
            # Markdown has no captions; as a heading it can't be taken for a row of the table above or below.
            texts.append(_heading(block.caption, level + 1))
            texts.append(_rows(block) if block.cells else "")
        else:
            texts.append(_flow(block))
    if document.mark:
        texts.append("\n".join(["-" * 40, *map(_line, document.mark.lines), document.mark.address]))
    return "".join(f"{text}\n\n" for text in texts if text).encode("utf-8")


def _heading(text: str, level: int) -> str:
    return f"{'#' * min(max(level, 1), DEEPEST_HEADING)} {_line(text)}" if text else ""


def _line(text: str) -> str:
    return layout.one_line(text).strip()


def _cell(text: str) -> str:
    return _line(text).replace("|", "\\|")


def _rows(table: Table) -> str:
    """The rows, with the line of dashes that in Markdown makes them a table below the first."""
    lines = []
    width = table.column_count
    for row in layout.rows(table):
        squares = [""] * width
        for cell in row:
            squares[cell.column] = _cell(cell.text)
        lines.append(f"| {' | '.join(squares)} |")
    lines.insert(1, "|" + " --- |" * width)
    return "\n".join(lines)


def _flow(flow: Flow) -> str:
    """A cell a line, each closed by a bar, as pages copied to plain text have it."""
    return "\n".join(f"{_cell(cell.text)} |" for cell in flow.cells)
