"""Cutting a grid between two rows, as a page break does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from tests.corpus.layout import Grid, Square

# What a label that stood over the break shows above and below it.
CutLabel = Callable[[str], tuple[str, str]]


def repeated(text: str) -> tuple[str, str]:
    return text, text


def halved(text: str) -> tuple[str, str]:
    """（四）无 above, 法提供 below."""
    middle = (len(text) + 1) // 2
    return text[:middle], text[middle:]


def only_above(text: str) -> tuple[str, str]:
    return text, ""


def split(grid: Grid, at: int, label: CutLabel) -> tuple[Grid, Grid]:
    """The grid above and below row `at`; labels that span it are cut in two."""
    above: list[Square] = []
    below: list[Square] = []
    for square in grid.squares:
        end = square.row + square.row_span
        if end <= at:
            above.append(square)
        elif square.row >= at:
            below.append(replace(square, row=square.row - at))
        else:
            first, second = label(square.text)
            above.append(replace(square, text=first, row_span=at - square.row))
            below.append(replace(square, text=second, row=0, row_span=end - at))
    return replace(grid, squares=tuple(above)), Grid(f"{grid.key}_below", tuple(below))


def header_of(grid: Grid) -> Grid:
    """The header rows alone, to be printed again."""
    rows = grid.header_rows
    return Grid(f"{grid.key}_header", tuple(square for square in grid.squares if square.row < rows), rows)
