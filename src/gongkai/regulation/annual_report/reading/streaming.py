"""A document as a stream of table rows, with the prose that stands between them taken out.

Real tables give their rows; a flattened table (`Flow`, or one cell a paragraph) is cut into rows again (`flattened.py`).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from operator import attrgetter

from gongkai.documents.model import Block, Document, Flow, Heading, Paragraph, Position, Table
from gongkai.regulation.annual_report.reading.flattened import add_tokens
from gongkai.regulation.annual_report.reading.rows import Item, Prose, Row, Stream
from gongkai.regulation.annual_report.reading.telling import (
    LONGEST_LABEL,
    is_section_heading,
    is_value,
    known_label,
    may_be_a_cell,
    split_line,
    starts_a_table,
)
from gongkai.regulation.annual_report.reading.vocabulary import caption_of, is_corner

_START = attrgetter("start")


def stream_of(document: Document) -> Stream:
    """The rows of all statutory-looking tables and the prose between them, in reading order."""
    stream: Stream = []
    blocks = document.blocks
    index = 0
    while index < len(blocks):
        block = blocks[index]
        index += 1
        if isinstance(block, Heading):
            stream.append(Prose(block.text, block.at, block.level))
        elif isinstance(block, Table):
            _add_table(stream, block)
        elif isinstance(block, Flow) or starts_a_table(block.text):
            end = _end_of_flow(blocks, index - 1)
            tokens = [token for part in blocks[index - 1 : end] for token in _tokens(part)]
            index = end
            add_tokens(stream, tokens, ends_file=index == len(blocks))
        else:
            stream.append(Prose(block.text, block.at))
    return stream


def _end_of_flow(blocks: Sequence[Block], start: int) -> int:
    """Where the run of flattened cells that begins here ends: flows, and paragraphs that may be cells of the same table."""
    in_lines = isinstance(blocks[start], Paragraph)
    end = start + 1
    while end < len(blocks):
        block = blocks[end]
        if isinstance(block, Paragraph):
            pieces = split_line(block.text)
            belongs = may_be_a_cell(block.text) if in_lines else any(known_label(p) or is_value(p) for p in pieces)
            if not belongs or is_section_heading(block.text):
                return end
        elif not isinstance(block, Flow):
            return end
        end += 1
    return end


def _tokens(block: Block) -> Iterator[tuple[str, Position]]:
    if isinstance(block, Flow):
        for cell in block.cells:
            yield cell.text, cell.at
    elif isinstance(block, Paragraph):
        for piece in split_line(block.text):
            yield piece, block.at


def _add_table(stream: Stream, table: Table) -> None:
    if table.caption:
        stream.append(Row([Item(table.caption, table.at, 0, 1)]))
    # Nothing but figures: the rest of a table whose header a page break left behind.
    only_figures = len(table.cells) > 1 and all(is_value(cell.text) for cell in table.cells)
    if not only_figures and not any(known_label(cell.text) for cell in table.cells):
        for cell in table.cells:
            # A layout table: what is long enough to be a sentence is prose, the rest (metadata, buttons) is not.
            for line in cell.text.split("\n") if len(cell.text) > 8 else ():
                if line.strip():
                    stream.append(Prose(line.strip(), cell.at))
        return
    rows: list[list[Item]] = [[] for _ in range(table.row_count)]
    for cell in table.cells:
        start = cell.column
        end = start + cell.column_span
        rows[cell.row].append(Item(cell.text, cell.at, start, end))
        if cell.row_span > 1:
            for below in range(cell.row + 1, cell.row + cell.row_span):
                rows[below].append(Item(cell.text, cell.at, start, end, carried=True))
    width = table.column_count if table.aligned else 0
    above: list[Item] = []
    for items in rows:
        items.sort(key=_START)
        if width:
            items, above = _merged_again(items, above)
        heading = _heading_in(items)
        if heading:
            stream.append(Prose(heading.text, heading.at))
        elif len(items) == 1 and len(items[0].text) > LONGEST_LABEL and not is_corner(items[0].text):
            stream.append(Prose(items[0].text, items[0].at))
        else:
            stream.append(Row(items, width))


def _merged_again(items: list[Item], above: Sequence[Item]) -> tuple[list[Item], list[Item]]:
    """Labels that a converter repeated in every square of a merged cell, as the one cell they were.

    `above` are the labels of the row above. Returns the row, and its labels for the row below.
    """
    labels = [item for item in items if known_label(item.text)]
    if len(labels) > 1 and len({item.text for item in labels}) < len(labels):
        items = _without_repetition(items)
        labels = [item for item in items if known_label(item.text)]
    for item in labels:
        for other in above:
            if other.start == item.start and other.end == item.end and other.text == item.text:
                item.carried = item.carried or not caption_of(item.text)
    return items, labels


def _without_repetition(items: Sequence[Item]) -> list[Item]:
    merged: list[Item] = []
    for item in items:
        last = merged[-1] if merged else None
        if last and last.text == item.text and last.end == item.start and known_label(item.text):
            last.end = item.end
        else:
            merged.append(item)
    return merged


def _heading_in(items: Sequence[Item]) -> Item | None:
    """The section heading that stands alone in a row of a table that swallowed the whole report."""
    filled = (item for item in items if item.text.strip())
    first = next(filled, None)
    return first if first and is_section_heading(first.text) and next(filled, None) is None else None
