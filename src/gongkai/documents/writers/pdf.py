"""PDF through typst: A4 in the layout of official documents, tagged and checked against PDF/UA-1.

Why typst, and what it can't do: docs/decisions/0003-pdf-writer.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from threading import Lock
from typing import Any

import pylopdf_fonts_zh_cn
import typst

from gongkai.documents.model import Document, Figure, Flow, Heading, Paragraph, Table, TableCell
from gongkai.documents.writers import drawings, layout, marks

STANDARDS: list[typst.PDFStandard] = ["ua-1"]
TITLE_EMS = 19
"""Characters of 22 pt on a line of 156 mm, less one for the margin of error of Latin letters."""
HIGHEST_WHOLE_GROUP = 12
"""Rows; a label beside more of them may be cut by the foot of a page."""
LONGEST_WHOLE_TEXT = 300
"""Characters; a longer text may go on overleaf, because a cell higher than a page would run out of it."""
TABLE_SIZE, SMALL_TABLE_SIZE = 10.5, 9.0
TEXT_WIDTH_MM, CELL_INSET_MM, MM_A_POINT = 156.0, 0.9, 0.3528
LEAST_WIDTH = 0.55
"""Of its usual width: what a column keeps when it gives room to one with long numbers."""
WIDEST_DIGIT = 0.56
"""Of the type size: no digit or small Latin letter of the fonts at hand is wider."""

_UNBREAKABLE = re.compile(r"[0-9A-Za-z.,%+\-]{4,}")

_ONE_AT_A_TIME = Lock()  # a compiler that two threads use at once raises "Already borrowed"
_CHARACTERS_ALONE = b"""
#set document(title: "-")
#set text(font: ("Noto Serif SC", "Noto Sans SC", "DejaVu Sans Mono"), fallback: false)
#sys.inputs.text
"""


class MissingCharacters(ValueError):
    """Characters that none of the fonts at hand can draw; they would leave boxes or holes in the printed report."""

    def __init__(self, characters: str) -> None:
        self.characters = characters
        named = "、".join(f"“{character}”（U+{ord(character):04X}）" for character in characters)
        super().__init__(
            f"PDF 无法写出：所带字体没有下列字符 {named}。请改写这些字符，或改存 DOCX、HTML（由打开它的电脑提供字体）。"
        )


def render(document: Document) -> bytes:
    """The document as a PDF without a creation date, so that equal documents give equal bytes.

    Errors: MissingCharacters.
    """
    content: dict[str, Any] = {"title": layout.title_of(document) or "无标题", "blocks": list(_blocks(document))}
    content |= {"pitch": layout.line_pitch(document), "letter": layout.is_letter(document)}
    if document.mark:
        lines = [layout.one_line(line) for line in (*document.mark.lines, document.mark.address)]
        content["mark"] = {"lines": lines, "code": marks.svg(document.mark).decode(), "label": marks.LABEL}
    data = json.dumps(content)
    try:
        return _compiled(_template(), document=data)
    except typst.TypstError:
        missing = _missing(_characters(document))
        if missing:
            raise MissingCharacters(missing) from None
        raise


def _blocks(document: Document) -> Iterator[dict[str, Any]]:
    level = 0
    for place, (block, sticky) in enumerate(
        zip(document.blocks, layout.leads_to_closing(document.blocks), strict=True)
    ):
        if isinstance(block, Heading):
            # PDF/UA allows no gap in the levels; how a heading looks follows the level it was given.
            level = min(max(block.level, 1), level + 1)
            text = layout.printable(block.text)
            lines = layout.heading_lines(text, TITLE_EMS)
            yield {"kind": "heading", "level": level, "style": block.level, "text": text, "lines": lines}
        elif isinstance(block, Paragraph):
            text = layout.printable(block.text)
            yield {"kind": "paragraph", "layout": block.layout, "sticky": sticky, "text": text}
        else:
            table = layout.at_printable(layout.table_of(block) if isinstance(block, Flow) else block)
            if table.cells:
                yield _table(table)
        for figure in drawings.figures_behind(document, place):
            yield _figure(figure)


def _figure(figure: Figure) -> dict[str, Any]:
    drawn = drawings.picture(figure, TEXT_WIDTH_MM)
    return {"kind": "figure", "picture": list(drawn.png), "words": drawn.words, "width": drawn.width_mm}


def _table(table: Table) -> dict[str, Any]:
    header_rows = layout.header_row_count(table)
    size = SMALL_TABLE_SIZE if table.column_count > layout.MANY_COLUMNS else TABLE_SIZE
    widths = _widths_mm(table, size)
    cells = [
        {
            "row": cell.row,
            "column": cell.column,
            "row_span": cell.row_span,
            "column_span": cell.column_span,
            "text": cell.text,
            "centred": layout.is_centred(cell, header_rows),
            "upright": layout.stands_upright(cell),
            "breakable": cell.row_span > HIGHEST_WHOLE_GROUP or len(cell.text) > LONGEST_WHOLE_TEXT,
            "scale": _scale(cell, widths, size),
        }
        for row in layout.rows(table)
        for cell in row
    ]
    return {
        "kind": "table",
        "caption": table.caption,
        "shares": widths,
        "size": size,
        "header_rows": header_rows,
        "row_count": table.row_count,
        "cells": cells,
    }


def _needed_mm(cell: TableCell, size: float) -> float:
    """The width that a cell's longest number needs: a number is never broken, and never runs into the next cell."""
    longest = max((len(run) for run in _UNBREAKABLE.findall(cell.text)), default=0)
    return longest * WIDEST_DIGIT * size * MM_A_POINT + 2 * CELL_INSET_MM if longest else 0.0


def _widths_mm(table: Table, size: float) -> list[float]:
    """Column widths in millimetres: columns of long numbers take what they need from columns that can give it."""
    shares = layout.column_shares(table)
    widths = [share / sum(shares) * TEXT_WIDTH_MM for share in shares]
    needed = [0.0] * len(widths)
    for cell in table.cells:
        if cell.column_span == 1:
            needed[cell.column] = max(needed[cell.column], _needed_mm(cell, size))
    lacking = [max(0.0, need - width) for need, width in zip(needed, widths, strict=True)]
    to_give = [max(0.0, width - max(need, LEAST_WIDTH * width)) for need, width in zip(needed, widths, strict=True)]
    moved = min(sum(lacking), sum(to_give))
    if not moved:
        return widths
    return [
        width + lack * moved / sum(lacking) - give * moved / sum(to_give)
        for width, lack, give in zip(widths, lacking, to_give, strict=True)
    ]


def _scale(cell: TableCell, widths: Sequence[float], size: float) -> float:
    """What a cell's type must be shrunk by where its number does not fit even so."""
    needed = _needed_mm(cell, size) - 2 * CELL_INSET_MM
    room = sum(widths[cell.column : cell.column + cell.column_span]) - 2 * CELL_INSET_MM
    return min(1.0, room / needed) if needed > 0 else 1.0


@cache
def _compiler() -> typst.Compiler:
    """One compiler for all documents: it keeps the fonts, and whatever two documents have in common, in memory.

    The machine's own fonts are left out, so that a report looks the same wherever it is made; of the fonts that come
    with typst one is used, for signs such as ☑ that the Chinese fonts lack.
    """
    folder = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)


@cache
def _template() -> bytes:
    return files(__package__).joinpath("pdf.typ").read_bytes()


def _compiled(source: bytes, **inputs: str) -> bytes:
    with _ONE_AT_A_TIME:
        compiled = _compiler().compile(source, format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS)
    if not isinstance(compiled, bytes):
        raise TypeError("typst gave no bytes for a PDF")
    return compiled


def _characters(document: Document) -> str:
    """Every character of the document once, in the order of its code."""
    texts = [document.title]
    for block in document.blocks:
        if isinstance(block, Heading | Paragraph):
            texts.append(block.text)
        else:
            texts.extend(cell.text for cell in block.cells)
            texts.append(block.caption if isinstance(block, Table) else "")
    if document.mark:
        texts.extend((*document.mark.lines, document.mark.address))
    return "".join(sorted(set(layout.printable("".join(texts)))))


def _missing(characters: str) -> str:
    """Which of the characters can't be drawn, found by halving: a text fails when one of its characters is missing."""
    try:
        _compiled(_CHARACTERS_ALONE, text=characters)
    except typst.TypstError:
        if len(characters) == 1:
            return characters
        middle = len(characters) // 2
        return _missing(characters[:middle]) + _missing(characters[middle:])
    return ""
