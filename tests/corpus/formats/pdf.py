"""PDF: set by typst in the manners of Word and of print shops, and as a scan without a text layer."""

from __future__ import annotations

import io
import json
from dataclasses import asdict, dataclass, field
from functools import cache
from pathlib import Path

import pypdfium2
import typst
from pylopdf_fonts_zh_cn import sans_path, serif_path

from tests.corpus.layout import Block, Grid, Printed

TEMPLATE = Path(__file__).with_name("report.typ")


@dataclass(frozen=True, slots=True)
class Press:
    """How a report is set. In `footer`, %p is the page and %n the number of pages; `tall` labels run down their cell."""

    ruled: bool = True
    landscape: bool = False
    footer: str = "- %p -"
    font: str = "Noto Serif SC"
    size: float = 12
    table_size: float = 9
    inset: float = 4
    labels: str = "left"
    tall: str = "wrapped"
    repeat_header: bool = False
    beside: bool = False
    turned: int = field(default=0, metadata={"unit": "degrees of the page's /Rotate"})


PLAIN = Press()


@cache
def _compiler() -> typst.Compiler:
    fonts = sorted({str(Path(sans_path()).parent), str(Path(serif_path()).parent)})
    return typst.Compiler(TEMPLATE, font_paths=fonts, ignore_system_fonts=True)


def pdf(printed: Printed, press: Press = PLAIN, beside: Printed | None = None) -> bytes:
    """The report as a PDF with a text layer; `beside` sets a second report in a second column."""
    data = {
        "how": asdict(press) | {"beside": beside is not None},
        "blocks": [_block(block) for block in printed.blocks],
        "others": [_block(block) for block in beside.blocks] if beside else [],
    }
    made = _compiler().compile(
        format="pdf", sys_inputs={"data": json.dumps(data, ensure_ascii=False)}, timestamp=0, pdf_tags=False
    )
    assert isinstance(made, bytes)
    return _turned(made, press.turned) if press.turned else made


def _block(block: Block) -> dict[str, object]:
    if not isinstance(block, Grid):
        return {"kind": block.kind, "text": block.text}
    cells = [
        {
            "t": square.text,
            "x": square.column,
            "y": square.row,
            "rs": square.row_span,
            "cs": square.column_span,
            "label": square.is_label,
            "tall": square.is_label and square.row_span > 3,
        }
        for square in block.squares
    ]
    return {"kind": "grid", "cells": cells, "head": block.header_rows, "widths": block.widths()}


def _turned(data: bytes, degrees: int) -> bytes:
    """The file with its pages turned by their /Rotate entry, as a sheet-fed scanner or a printer driver leaves them."""
    document = pypdfium2.PdfDocument(data)
    for page in document:
        page.set_rotation(degrees)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def scan(data: bytes) -> bytes:
    """Line 34: the pages of a PDF as pictures, without a text layer."""
    document = pypdfium2.PdfDocument(data)
    pictures = [page.render(scale=1).to_pil().convert("L") for page in document]
    file = io.BytesIO()
    pictures[0].save(file, "PDF", save_all=True, append_images=pictures[1:])
    return file.getvalue()
