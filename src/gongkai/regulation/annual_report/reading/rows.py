"""A document as a stream of table rows, with the prose that stands between them taken out.

Real tables give their rows; a flattened table (`Flow`, or one cell a paragraph) is cut into rows again where a label
follows a value.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from gongkai.documents.model import NOWHERE, Block, Document, Flow, Heading, Paragraph, Position, Table
from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.annual_report.reading.cells import read_cell
from gongkai.regulation.annual_report.reading.vocabulary import (
    LITIGATION,
    REMEDY_GROUPS,
    REMEDY_LEAVES,
    art20_labels,
    caption_of,
    column_keys,
    is_corner,
    key_of,
    row_keys,
)

LONGEST_LABEL = 60
_PIECES_OF_A_LABEL = 6
_PAGE_LINE = re.compile(
    r"[-—–－]\s*\d{1,3}\s*[-—–－]|第\s*\d{1,3}\s*页(?:[，,/\s]*共\s*\d{1,3}\s*页)?|\d{1,3}\s*/\s*\d{1,3}\s*页?|Page\s+\d+(?:\s+of\s+\d+)?"
)
_UNIT_APART = re.compile(r"(\d)\s+(万元|亿元|元|件|项)(?=\s|$)")
_AMBIGUOUS = frozenset({"其他", "总计", "合计", "共计", "小计"})


@dataclass(slots=True)
class Item:
    """One cell in a row: its text and the grid columns [start, end) it covers; `carried` when it hangs down from above."""

    text: str
    at: Position
    start: int
    end: int
    carried: bool = False


@dataclass(slots=True)
class Row:
    """One row. `width` is the number of grid columns of its table, 0 when columns are only ranks.

    `ends_file` marks the row after which a text file breaks off; `used` is set by whoever recognises the row.
    """

    items: list[Item]
    width: int = 0
    ends_file: bool = False
    used: bool = False


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph or heading (level > 0) outside the tables."""

    text: str
    at: Position
    level: int = 0


Stream = list[Row | Prose]


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
        elif isinstance(block, Flow) or _starts_a_table(block.text):
            end = _end_of_flow(blocks, index - 1)
            tokens = [token for part in blocks[index - 1 : end] for token in _tokens(part)]
            index = end
            _add_tokens(stream, tokens, ends_file=index == len(blocks))
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
            belongs = _may_be_a_cell(block.text) if in_lines else any(known_label(p) or is_value(p) for p in pieces)
            if not belongs or _is_section_heading(block.text):
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
        end = cell.column + cell.column_span
        rows[cell.row].append(Item(cell.text, cell.at, cell.column, end))
        for below in range(cell.row + 1, cell.row + cell.row_span):
            rows[below].append(Item(cell.text, cell.at, cell.column, end, carried=True))
    width = table.column_count if table.aligned else 0
    above: list[Item] = []
    for number, items in enumerate(rows):
        items.sort(key=lambda item: item.start)
        if width:
            items = rows[number] = above = _merged_again(items, above)
        heading = _heading_in(items)
        if heading:
            stream.append(Prose(heading.text, heading.at))
        elif len(items) == 1 and len(items[0].text) > LONGEST_LABEL and not is_corner(items[0].text):
            stream.append(Prose(items[0].text, items[0].at))
        else:
            stream.append(Row(items, width))


def _merged_again(items: list[Item], above: Sequence[Item]) -> list[Item]:
    """Labels that a converter repeated in every square of a merged cell, as the one cell they were."""
    merged: list[Item] = []
    for item in items:
        last = merged[-1] if merged else None
        if last and last.text == item.text and last.end == item.start and known_label(item.text) and item.text.strip():
            last.end = item.end
        else:
            merged.append(item)
    hanging = {(item.start, item.end, item.text) for item in above}
    for item in merged:
        if (item.start, item.end, item.text) in hanging and known_label(item.text) and not caption_of(item.text):
            item.carried = True
    return merged


def _heading_in(items: Sequence[Item]) -> Item | None:
    """The section heading that stands alone in a row of a table that swallowed the whole report."""
    texts = [item for item in items if item.text.strip()]
    return texts[0] if len(texts) == 1 and _is_section_heading(texts[0].text) else None


def _add_tokens(stream: Stream, tokens: Sequence[tuple[str, Position]], ends_file: bool) -> None:
    segment: list[tuple[str, Position]] = []
    for text, at in tokens:
        if _is_page_line(text):
            continue
        if _is_section_heading(text) or (len(text) > LONGEST_LABEL and not known_label(text)):
            stream += _rows_of(_joined_labels(segment))
            segment = []
            stream.append(Prose(text, at))
        else:
            segment.append((text, at))
    rows = list(_rows_of(_joined_labels(segment)))
    if rows and ends_file:
        rows[-1].ends_file = True
    stream += rows


def _rows_of(tokens: Sequence[tuple[str, Position]]) -> Iterator[Row]:
    """Tokens cut into rows: labels, then values; header labels make a row of their own."""
    items: list[Item] = []
    in_header = has_value = False
    for number, (text, at) in enumerate(tokens):
        value = is_value(text)
        blank = not text.strip()
        header = not value and _is_header_label(text, in_header)
        if value:
            if in_header and blank and not _begins_unlabelled_row(items, tokens, number):
                continue  # filler between header labels
            begins = in_header
        else:
            begins = has_value or header != in_header or bool(caption_of(text))
        if begins and items:
            yield Row(items)
            items, has_value = [], False
        in_header = header and not value
        has_value = has_value or value
        items.append(Item(text, at, len(items), len(items) + 1))
    if items:
        yield Row(items)


def _begins_unlabelled_row(header: Sequence[Item], tokens: Sequence[tuple[str, Position]], number: int) -> bool:
    """Is this blank the first value of 行政复议、行政诉讼, whose row has no label? Then it has a line of its own."""
    leaves = sum(key_of(item.text) in REMEDY_LEAVES for item in header)
    if not leaves or leaves % 5 or key_of(header[-1].text) not in REMEDY_LEAVES:
        return False
    if any(key_of(text) in REMEDY_LEAVES or key_of(text) in REMEDY_GROUPS for text, _ in tokens[number : number + 16]):
        return False
    return not shares_line(tokens[number][1], [at for _, at in tokens[max(0, number - 1) : number + 2]])


def shares_line(at: Position, near: Sequence[Position]) -> bool:
    """Does another cell stand on the line of this one? Then it is one of several pipes, filler more than a cell."""
    return sum(other.line == at.line for other in near if at.line is not None) > 1


def _joined_labels(tokens: Sequence[tuple[str, Position]]) -> list[tuple[str, Position]]:
    """Labels that were broken over several cells or lines put together again, where together they are a known label.

    Numbers may stand between the halves of a wrapped label, as text taken from a page has them: they go behind it.
    """
    joined: list[tuple[str, Position]] = []
    index = 0
    while index < len(tokens):
        text, at = tokens[index]
        taken, values = 1, 0
        if text and not is_value(text):
            taken = _pieces_of_label(tokens, index)
            if taken == 1 and not known_label(text):
                taken, values = _pieces_around_values(tokens, index)
            pieces = [piece for piece, _ in tokens[index : index + taken + values] if not is_value(piece)]
            text = "".join(pieces)
        joined.append((text, at))
        if values:
            joined += [token for token in tokens[index : index + taken + values] if is_value(token[0])]
        index += taken + values
    return joined


def _pieces_of_label(tokens: Sequence[tuple[str, Position]], index: int) -> int:
    """How many tokens from here make one known label."""
    text = tokens[index][0]
    whole, taken = text, 1
    for count in range(2, _PIECES_OF_A_LABEL + 1):
        if index + count > len(tokens):
            break
        piece = tokens[index + count - 1][0]
        if not piece or is_value(piece):
            break
        whole += piece
        if known_label(whole) and not (known_label(text) and known_label(piece)):
            taken = count
        elif known_label(piece) and key_of(piece) not in _AMBIGUOUS:
            break
    return taken


def _pieces_around_values(tokens: Sequence[tuple[str, Position]], index: int) -> tuple[int, int]:
    """(label pieces, values between them) from here when the pieces on both sides make the label of a row; (1, 0) if not."""
    end = index
    while end < len(tokens) and end - index < _PIECES_OF_A_LABEL and _is_piece(tokens[end][0]):
        end += 1
    values = end
    while values < len(tokens) and is_value(tokens[values][0]):
        values += 1
    before = "".join(text for text, _ in tokens[index:end])
    after = ""
    for count, (piece, _) in enumerate(tokens[values : values + _PIECES_OF_A_LABEL], 1):
        if values == end or not _is_piece(piece):
            break
        after += piece
        if names_row(before + after):
            return end - index + count, values - end
    return 1, 0


def _is_piece(text: str) -> bool:
    return bool(text) and not is_value(text) and not known_label(text)


@lru_cache(maxsize=8192)
def is_value(text: str) -> bool:
    """Is this a cell of figures: a number, a mark, or nothing?"""
    return read_cell(text).state != "unreadable" or read_cell(text, in_wan=True).state != "unreadable"


@lru_cache(maxsize=8192)
def known_label(text: str) -> bool:
    """Is this a word of the form: a caption, a header, a row or a group label?"""
    if len(text) > 2 * LONGEST_LABEL:
        return False
    if caption_of(text) or is_corner(text):
        return True
    key = key_of(text)
    return (
        key in row_keys()
        or key in column_keys()
        or key in art20_labels()
        or key in REMEDY_LEAVES
        or key in REMEDY_GROUPS
        or key == LITIGATION
    )


@lru_cache(maxsize=8192)
def names_row(text: str) -> bool:
    """Is this the exact label of a row of figures (其他处理 counts as one: in the 2019 edition it is)?"""
    return key_of(text) in _row_labels()


@lru_cache(maxsize=1)
def _row_labels() -> frozenset[str]:
    data = {row.key for edition in EDITIONS for table in form(edition).tables for row in table.data_rows}
    return frozenset(label for label, rows in row_keys().items() if any(row in data for _, row in rows))


def _is_header_label(text: str, in_header: bool) -> bool:
    """Does this belong to a header? 其他 and 总计 name rows too: they are columns only inside a header."""
    if is_corner(text):
        return True
    key = key_of(text)
    if key in _AMBIGUOUS:
        return in_header
    return (
        key in column_keys()
        or key in art20_labels()
        or key in REMEDY_LEAVES
        or key in REMEDY_GROUPS
        or key == LITIGATION
    )


@lru_cache(maxsize=8192)
def _starts_a_table(text: str) -> bool:
    if len(text) > 2 * LONGEST_LABEL or text.endswith(("。", ".", "：", ":")):
        return False
    if caption_of(text) or is_corner(text):
        return True
    return any(_is_header_label(piece, in_header=False) for piece in split_line(text))


@lru_cache(maxsize=8192)
def _may_be_a_cell(text: str) -> bool:
    if _is_section_heading(text) or "。" in text[:-1]:
        return False
    return len(text) <= LONGEST_LABEL or known_label(text)


@lru_cache(maxsize=4096)
def _is_section_heading(text: str) -> bool:
    """A section heading of the report standing alone. The applications table is captioned like section three."""
    if len(text) > LONGEST_LABEL:
        return False
    return key_of(text) in _section_labels()


@lru_cache(maxsize=1)
def _section_labels() -> frozenset[str]:
    sections = form("2021").sections
    return frozenset(key_of(label) for section in sections for label in (section.label, *section.label_variants))


def _is_page_line(text: str) -> bool:
    """Is this a page number printed between the rows (- 3 -, 第3页), and no value?"""
    return len(text) < 20 and _PAGE_LINE.fullmatch(text.strip()) is not None


@lru_cache(maxsize=8192)
def split_line(text: str) -> tuple[str, ...]:
    """A line of text as cells: a known label with the values behind it, or several known labels; else the line itself.

    >>> split_line("二、上年结转政府信息公开申请数量 0 0 0 0 0 0 0")[1:]
    ('0', '0', '0', '0', '0', '0', '0')
    """
    pieces = _UNIT_APART.sub(r"\1\2", text).split()
    if len(pieces) < 2 or known_label(text) or _is_page_line(text):
        return (text,)
    count = 0
    while count < len(pieces) and is_value(pieces[-1 - count]):
        count += 1
    if count == len(pieces):
        return tuple(pieces)
    label = " ".join(pieces[: len(pieces) - count])
    if count and (count > 2 or known_label(label)):
        return (label, *pieces[len(pieces) - count :])
    if all(known_label(piece) for piece in pieces):
        return tuple(pieces)
    return (text,)


def place(at: Position) -> str:
    """A position in words, `` when it is unknown."""
    return "" if at is NOWHERE else str(at)
