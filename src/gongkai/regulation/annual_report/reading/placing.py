"""Which columns the values of a row fall in: every reading that the row's shape allows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from gongkai.regulation.annual_report.reading.flattened import shares_line
from gongkai.regulation.annual_report.reading.headers import Header
from gongkai.regulation.annual_report.reading.rows import Item, Row
from gongkai.regulation.annual_report.reading.telling import is_value, known_label, names_row
from gongkai.regulation.annual_report.reading.vocabulary import key_of

# A row of figures in the 2019 edition and the heading of three in that of 2021.
_ROW_OR_GROUP = frozenset({"其他处理"})


@dataclass(frozen=True, slots=True)
class Placement:
    """One reading of a row: column key → the cell in it, None for a merged cell.

    `by` is `position` or `order`; `lead` is how many cells behind the label were passed over as filler.
    """

    cells: dict[str, Item | None]
    by: str
    lead: int = 0

    def says_as(self, other: Placement) -> bool:
        """Do both readings put the same texts in the columns of the form?"""
        if all(other.cells.get(column) is item for column, item in self.cells.items()):
            return True
        return self.texts() == other.texts()

    def texts(self) -> frozenset[tuple[str, str | None]]:
        """What the reading says: the text in each column of the form, None where a merged cell says nothing."""
        return frozenset(
            (column, item.text.strip() if item else None) for column, item in self.cells.items() if column[0] != "_"
        )


def labels_and_values(row: Row, header: Header | None) -> tuple[list[Item], list[Item]]:
    """The label cells of a row (those hanging down from above included) and the cells that may hold its values."""
    items = row.items
    if header and header.spans and header.width == row.width:
        first = header.first
        labels = [item for item in items if item.start < first and item.text.strip()]
        # A sound grid has its labels left of the first column of figures and nothing but labels there.
        if labels and not all(is_value(item.text) for item in labels):
            values = [item for item in items if item.start >= first and not item.carried]
            return [item for item in labels if not is_value(item.text)], values
    split = _end_of_labels(items, header)
    labels = [item for item in items[:split] if item.text.strip() and not is_value(item.text)]
    return labels, [item for item in items[split:] if not item.carried]


def _end_of_labels(items: Sequence[Item], header: Header | None) -> int:
    """How many cells stand before the first that may be a value, where no grid tells.

    Labels end with the last one that names a data row. A text that the form does not know still belongs to them when no
    value and no such label stands before it.
    """
    if header and header.kind == "remedies" and len(items) <= len(header.columns):
        return 0  # its one row has no label
    end = 0
    named = False
    for number, item in enumerate(items):
        if not item.text.strip() or is_value(item.text):
            continue
        if names_row(item.text) and key_of(item.text) not in _ROW_OR_GROUP:
            end, named = number + 1, True
        elif not named and (
            known_label(item.text) or not any(is_value(b.text) and not b.carried for b in items[:number])
        ):
            end = number + 1
    return end


def placements(row: Row, values: Sequence[Item], header: Header) -> list[Placement]:
    """Every way the values of a row fill the columns of its header; rival readings differ in some cell's text."""
    if header.width == row.width and _one_a_column(values, header):
        # Nearly every row of nearly every report: position and order say the same.
        return [Placement(dict(zip(header.columns, values, strict=True)), "position")]
    by_position = _by_position(row, values, header)
    by_order = _by_order(values, header, sound_grid=bool(header.spans) and header.width == row.width)
    if by_position is None:
        return by_order
    # Where the grid gives a whole reading, only an exact count can speak against it.
    if len(by_order) != 1 or by_order[0].says_as(by_position):
        return [by_position]
    return [by_position, *by_order]


def _one_a_column(values: Sequence[Item], header: Header) -> bool:
    return (
        len(values) == len(header.starts)
        and tuple([item.start for item in values]) == header.starts
        and tuple([item.end for item in values]) == header.ends
    )


def _by_position(row: Row, values: Sequence[Item], header: Header) -> Placement | None:
    if not header.spans or header.width != row.width or len(header.spans) != len(_named(header)):
        return None
    squares: list[list[Item]] = [[] for _ in range(row.width)]
    for item in row.items:
        for square in squares[item.start : item.end]:
            square.append(item)
    cells: dict[str, Item | None] = {}
    used: set[int] = set()
    for column, (start, end) in header.spans.items():
        covering = squares[start] if end - start == 1 else [item for square in squares[start:end] for item in square]
        if not covering:
            return None
        own = [item for item in covering if not item.carried and item.start >= start and item.end <= end]
        used.update([id(item) for item in covering])
        if len(own) < len(covering):
            cells[column] = None
            continue
        filled = [item for item in own if item.text.strip()] if len(own) > 1 else own
        if len({item.text for item in filled}) > 1:
            return None  # the same text over again is one merged cell that a converter repeated
        cells[column] = (filled or own)[0]
    outside = [item for item in values if id(item) not in used and item.text.strip() and not _is_aside(item, header)]
    return None if outside else Placement(cells, "position")


def _named(header: Header) -> list[str]:
    return [column for column in header.columns if column != "_unknown"]


def _is_aside(item: Item, header: Header) -> bool:
    """A cell in a column whose header is no column of the form (备注, 小计)."""
    return "_unknown" in header.columns and all(
        item.end <= start or end <= item.start for start, end in header.spans.values()
    )


def _by_order(values: Sequence[Item], header: Header, sound_grid: bool) -> list[Placement]:
    columns = [
        f"{column}{number}" if column.startswith("_") else column for number, column in enumerate(header.columns)
    ]
    count = len(columns)
    if not sound_grid and len(unfilled := _without_filler(values)) == count:
        values = unfilled
    filled = [item for item in values if item.text.strip()]
    if sound_grid and any(item.end - item.start > 1 for item in filled) and len(values) < count:
        return []
    if len(values) == count:
        return [Placement(dict(zip(columns, values, strict=True)), "order")]
    if len(filled) == count:
        return [Placement(dict(zip(columns, filled, strict=True)), "order", lead=_index(values, filled[0]))]
    found: list[Placement] = []
    if len(values) > count > len(filled):
        for start in range(len(values) - count + 1):
            window = values[start : start + count]
            placement = Placement(dict(zip(columns, window, strict=True)), "order", lead=start)
            holds_all = all(any(item is other for other in window) for item in filled)
            if holds_all and placement.texts() not in {other.texts() for other in found}:
                found.append(placement)
    return found


def _index(values: Sequence[Item], item: Item) -> int:
    return next(number for number, value in enumerate(values) if value is item)


def _without_filler(values: Sequence[Item]) -> Sequence[Item]:
    """The values without the blanks at the end that one line of several pipes stands for, where cells have own lines."""
    if not values or values[-1].text.strip() or len({item.at.line for item in values}) < 2:
        return values
    near = [item.at for item in values[-16:]]
    end = len(values)
    while end and not values[end - 1].text.strip() and shares_line(values[end - 1].at, near):
        end -= 1
    return values[:end]
