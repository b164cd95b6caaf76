"""Workbooks: cells with their places, hidden sheets, rows and columns included, numbers as people write them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from posixpath import basename

from lxml import etree

from gongkai.documents.proof.pieces import Piece, Text, inside, joined

_S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"


def pieces(parts: Mapping[str, bytes], where: str) -> Iterator[Piece]:
    """The cells of every sheet, each row as one text, so that a name in two cells is found too."""
    strings = _shared(parts)
    sheets = _sheets(parts)
    for name, content in parts.items():
        if not name.startswith("xl/worksheets/") or not name.endswith(".xml"):
            continue
        root = _root(content)
        if root is None:
            continue
        called = sheets.get(basename(name), f"工作表（{name}）")
        everything: list[str] = []
        for row in root.iter(f"{_S}row"):
            cells = [_cell(cell, strings) for cell in row.iter(f"{_S}c")]
            everything.append("".join(cells))
            yield Text(inside(where, f"{called}第{row.get('r', '?')}行"), joined(["".join(cells), *cells]))
        yield Text(inside(where, called), "\n".join(everything), is_main=True)


def _cell(cell: etree._Element, strings: list[str]) -> str:
    value = cell.findtext(f"{_S}v") or ""
    match cell.get("t"):
        case "s":
            return strings[int(value)] if value.isdigit() and int(value) < len(strings) else ""
        case "inlineStr":
            return "".join(cell.itertext())
        case "str" | "b" | "e":
            return value
        case _:
            return _number(value)


def _number(value: str) -> str:
    """A stored number as people write it: `1.3800001234E10` is 13800001234."""
    try:
        number = Decimal(value)
    except InvalidOperation:
        return value
    return f"{number:f}" if number.is_finite() and abs(number.adjusted()) < 40 else value


def _shared(parts: Mapping[str, bytes]) -> list[str]:
    root = _root(parts.get("xl/sharedStrings.xml", b""))
    return [] if root is None else ["".join(item.itertext()) for item in root.iter(f"{_S}si")]


def _sheets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """What the sheets are called, by the name of their file; hidden ones say so."""
    book = _root(parts.get("xl/workbook.xml", b""))
    links = _root(parts.get("xl/_rels/workbook.xml.rels", b""))
    if book is None or links is None:
        return {}
    files = {link.get("Id"): basename(link.get("Target") or "") for link in links}
    return {
        files.get(sheet.get(_R), ""): f"工作表“{sheet.get('name')}”"
        + ("（隐藏）" if sheet.get("state", "visible") != "visible" else "")
        for sheet in book.iter(f"{_S}sheet")
    }


def _root(content: bytes) -> etree._Element | None:
    try:
        return etree.fromstring(content, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except (etree.XMLSyntaxError, ValueError):
        return None
