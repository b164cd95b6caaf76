"""A report as it is printed: lines and grids with the spans of the statutory form, before any file format."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from tests.corpus.truth import Expected


@dataclass(frozen=True, slots=True)
class Line:
    """A line of words; `kind` is `title`, `heading` (the six sections), `topic`, `caption`, `text` or `break` (a new page)."""

    text: str
    kind: str = "text"


@dataclass(frozen=True, slots=True)
class Square:
    """One printed cell. `address` names the cell of the form it shows; `label` says which label it is (`row:granted`)."""

    text: str
    row: int
    column: int
    row_span: int = 1
    column_span: int = 1
    address: str = ""
    label: str = ""

    @property
    def is_label(self) -> bool:
        return not self.address


@dataclass(frozen=True, slots=True)
class Grid:
    """A printed table. `header_rows` are repeated where a page breaks; `seam` is a row before which a page may break."""

    key: str
    squares: tuple[Square, ...]
    header_rows: int = 0

    @property
    def row_count(self) -> int:
        return max(square.row + square.row_span for square in self.squares)

    @property
    def column_count(self) -> int:
        return max(square.column + square.column_span for square in self.squares)

    def rows(self) -> list[list[Square]]:
        """Each row's own squares (those that start in it), from left to right."""
        rows: list[list[Square]] = [[] for _ in range(self.row_count)]
        for square in sorted(self.squares, key=lambda square: (square.row, square.column)):
            rows[square.row].append(square)
        return rows

    def covering(self) -> dict[tuple[int, int], Square]:
        """The square that covers each place of the grid."""
        return {
            (row, column): square
            for square in self.squares
            for row in range(square.row, square.row + square.row_span)
            for column in range(square.column, square.column + square.column_span)
        }

    def widths(self) -> list[float]:
        """Relative column widths: a label column is as wide as authors make it, numbers share the rest."""
        first = min((square.column for square in self.squares if square.address), default=0)
        labels = [1.1, 1.9, 4.6] if first == 3 else [3.0] if first == 1 else [2.0] * first
        return labels + [1.0 if self.column_count > 6 else 2.0] * (self.column_count - first)

    def relabelled(self, change: Callable[[Square], Square]) -> Grid:
        return replace(self, squares=tuple(change(square) for square in self.squares))


Block = Line | Grid


@dataclass(frozen=True, slots=True)
class Printed:
    """A report ready for a format, with what a careful person reads in it.

    `agencies` are the names the text supports (None among them when it may be left open); `must_refuse` says that
    there is nothing in the file that could be read without guessing.
    """

    blocks: tuple[Block, ...]
    expected: Mapping[str, Expected]
    agencies: frozenset[str | None]
    years: frozenset[int | None]
    must_refuse: bool = False

    def grids(self) -> Iterator[Grid]:
        return (block for block in self.blocks if isinstance(block, Grid))

    def squares(self) -> Iterator[Square]:
        return (square for grid in self.grids() for square in grid.squares)

    def each_square(self, change: Callable[[Square], Square]) -> Printed:
        """The same report with every square of every table changed."""
        return self.each_grid(lambda grid: [grid.relabelled(change)])

    def each_grid(self, change: Callable[[Grid], Iterable[Block]]) -> Printed:
        """The same report with every table replaced by what it becomes."""
        blocks: list[Block] = []
        for block in self.blocks:
            blocks.extend(change(block) if isinstance(block, Grid) else [block])
        return replace(self, blocks=tuple(blocks))

    def each_line(self, change: Callable[[Line], Line | None]) -> Printed:
        """The same report with every line changed, or left out where the change gives None."""
        blocks = [block if isinstance(block, Grid) else change(block) for block in self.blocks]
        return replace(self, blocks=tuple(block for block in blocks if block is not None))

    def with_cells(self, cells: Mapping[str, Expected]) -> Printed:
        """The same report with other things printed in some cells."""

        def change(square: Square) -> Square:
            return replace(square, text=cells[square.address].text) if square.address in cells else square

        return replace(self.each_square(change), expected={**self.expected, **cells})

    def unsure_of(self, addresses: Iterable[str]) -> Printed:
        """The same report where some cells may as well be called unreadable."""
        doubtful = {address: self.expected[address].unsure() for address in addresses}
        return replace(self, expected={**self.expected, **doubtful})

    def without(self, addresses: Iterable[str], expected: Expected) -> Printed:
        """The same report where some cells are no longer in the file."""
        return replace(self, expected={**self.expected, **dict.fromkeys(addresses, expected)})
