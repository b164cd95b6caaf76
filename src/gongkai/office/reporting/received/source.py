"""A file as the reader saw it, so that a person can look at the place where a cell was read, whatever the format."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any

from gongkai.documents.model import Document, Flow, Heading, Paragraph, Table

Block = dict[str, Any]
"""`kind` (heading, paragraph, table, flow), `text` and `at` of words; `rows` of a table, each a list of cells."""

MOST_BLOCKS = 5_000
"""Of a file; a report has some hundred. What comes after them is left out of the view and said to be."""


def source_of(document: Document) -> list[Block]:
    """The blocks of a document in plain JSON. Every piece has its place in the words that the cells' places are in."""
    blocks = [_block(block) for block in document.blocks[:MOST_BLOCKS]]
    if len(document.blocks) > MOST_BLOCKS:
        left = len(document.blocks) - MOST_BLOCKS
        blocks.append({"kind": "paragraph", "text": f"（以下{left}段没有显示）", "at": ""})
    return blocks


def packed(blocks: list[Block] | None) -> bytes:
    """The blocks in few bytes; empty when there are none."""
    return zlib.compress(json.dumps(blocks, ensure_ascii=False).encode()) if blocks else b""


def unpacked(stored: bytes | memoryview) -> list[Block]:
    """The blocks again."""
    found: list[Block] = json.loads(zlib.decompress(bytes(stored))) if stored else []
    return found


def _block(block: Heading | Paragraph | Table | Flow) -> Block:
    if isinstance(block, Heading):
        return {"kind": "heading", "text": block.text, "at": str(block.at)}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "text": block.text, "at": str(block.at)}
    if isinstance(block, Flow):
        return {"kind": "flow", "rows": [[{"text": cell.text, "at": str(cell.at)} for cell in block.cells]]}
    return {"kind": "table", "rows": list(_rows(block)), "text": block.caption, "at": str(block.at)}


def _rows(table: Table) -> Iterator[list[Block]]:
    rows: dict[int, list[Block]] = {}
    for cell in sorted(table.cells, key=lambda cell: (cell.row, cell.column)):
        shown: Block = {"text": cell.text, "at": str(cell.at)}
        if cell.row_span > 1:
            shown["row_span"] = cell.row_span
        if cell.column_span > 1:
            shown["column_span"] = cell.column_span
        rows.setdefault(cell.row, []).append(shown)
    for row in range(table.row_count):
        yield rows.get(row, [])
