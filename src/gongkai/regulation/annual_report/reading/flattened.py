"""A table that lost its rows, cut into rows again: a row begins where a label follows a value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.documents.model import Position
from gongkai.regulation.annual_report.reading.rows import Item, Prose, Row, Stream
from gongkai.regulation.annual_report.reading.telling import (
    AMBIGUOUS,
    LONGEST_LABEL,
    is_header_label,
    is_page_line,
    is_section_heading,
    is_value,
    known_label,
    names_row,
)
from gongkai.regulation.annual_report.reading.vocabulary import REMEDY_GROUPS, REMEDY_LEAVES, caption_of, key_of

_PIECES_OF_A_LABEL = 6


def add_tokens(stream: Stream, tokens: Sequence[tuple[str, Position]], ends_file: bool) -> None:
    """Add the rows of some flattened cells to a stream, and as prose the headings and sentences that stand among them."""
    segment: list[tuple[str, Position]] = []
    for text, at in tokens:
        if is_page_line(text):
            continue
        if is_section_heading(text) or (len(text) > LONGEST_LABEL and not known_label(text)):
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
        header = not value and is_header_label(text, in_header)
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
    return at.line is not None and [other.line for other in near].count(at.line) > 1


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
        elif known_label(piece) and key_of(piece) not in AMBIGUOUS:
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
