"""What the rows of a document are made of."""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.documents.model import Position


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
