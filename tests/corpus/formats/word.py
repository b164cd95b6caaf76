"""DOCX with real merged cells, written as Word writes them: gridSpan and vMerge."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import dataclass
from xml.sax.saxutils import escape

import docx
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from tests.corpus.layout import Grid, Line, Printed, Square

PAGE_TWIPS = 8600  # between the margins of the page
TABLE_HALF_POINTS = 18

Paragraphs = Callable[[Square], list[str]]


def one_paragraph(square: Square) -> list[str]:
    return square.text.split("\n")


def letters(square: Square) -> list[str]:
    """Line 28 in Word: a tall label with one letter a paragraph."""
    return list(square.text) if square.row_span > 2 and square.label.startswith("group:") else one_paragraph(square)


def empty_around(square: Square) -> list[str]:
    """Line 5 in Word: empty paragraphs before and after what is printed."""
    return ["", *one_paragraph(square), ""]


@dataclass(frozen=True, slots=True)
class Paper:
    """How the file is written: the paragraphs of a cell, headings as real styles or as text, tables inside a layout table."""

    paragraphs: Paragraphs = one_paragraph
    styled: bool = False
    nested: bool = False
    core_title: str = ""


def word(printed: Printed, paper: Paper | None = None) -> bytes:
    """The report as a DOCX file."""
    paper = paper or Paper()
    document = docx.Document()
    document.core_properties.title = paper.core_title
    body = document.element.body
    end = body.sectPr
    for block in printed.blocks:
        if isinstance(block, Grid):
            element = _table(block, paper.paragraphs)
            end.addprevious(parse_xml(_nested(element) if paper.nested else element))
            end.addprevious(parse_xml(f"<w:p {nsdecls('w')}/>"))
        else:
            end.addprevious(parse_xml(_line(block, paper.styled)))
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _line(line: Line, styled: bool) -> str:
    if line.kind == "break":
        return f'<w:p {nsdecls("w")}><w:r><w:br w:type="page"/></w:r></w:p>'
    style = {"title": "Title", "heading": "Heading1", "topic": "Heading2"}.get(line.kind, "") if styled else ""
    properties = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    middle = len(line.text) // 2  # Word cuts a paragraph into runs anywhere
    return f"<w:p {nsdecls('w')}>{properties}{_run(line.text[:middle])}{_run(line.text[middle:])}</w:p>"


def _run(text: str, half_points: int = 24) -> str:
    size = f'<w:rPr><w:sz w:val="{half_points}"/></w:rPr>'
    return f'<w:r>{size}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""


def _table(grid: Grid, paragraphs: Paragraphs) -> str:
    widths = grid.widths()
    columns = "".join(f'<w:gridCol w:w="{int(PAGE_TWIPS * width / sum(widths))}"/>' for width in widths)
    covering = grid.covering()
    rows = []
    for row in range(grid.row_count):
        cells = []
        column = 0
        while column < grid.column_count:
            square = covering[row, column]
            cells.append(_cell(square, row, paragraphs))
            column = square.column + square.column_span
        rows.append(f"<w:tr>{''.join(cells)}</w:tr>")
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:w="0" w:type="auto"/>'
        '<w:tblCellMar><w:left w:w="20" w:type="dxa"/><w:right w:w="20" w:type="dxa"/></w:tblCellMar></w:tblPr>'
        f"<w:tblGrid>{columns}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def _cell(square: Square, row: int, paragraphs: Paragraphs) -> str:
    span = f'<w:gridSpan w:val="{square.column_span}"/>' if square.column_span > 1 else ""
    merge = ""
    if square.row_span > 1:
        merge = '<w:vMerge w:val="restart"/>' if row == square.row else "<w:vMerge/>"
    texts = paragraphs(square) if row == square.row else [""]
    body = "".join(f"<w:p>{_run(text, TABLE_HALF_POINTS)}</w:p>" for text in texts)
    return f"<w:tc><w:tcPr>{span}{merge}</w:tcPr>{body}</w:tc>"


def _nested(table: str) -> str:
    """A table inside the one cell of a layout table."""
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="0" w:type="auto"/></w:tblPr><w:tblGrid><w:gridCol w:w="9000"/></w:tblGrid>'
        f"<w:tr><w:tc><w:tcPr/>{table}<w:p/></w:tc></w:tr></w:tbl>"
    )
