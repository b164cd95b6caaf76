"""A statutory table laid out for a terminal, or as a list where the terminal is too narrow for columns."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.cli.console import Console
from gongkai.cli.report.sayings import COLOURS, MARKS
from gongkai.cli.text import columns, left, right, wrapped

_GAP = 2
_MARK = 1
_COMFORTABLE_LABEL = 28
_NARROWEST_LABEL = 16
_HEADING_LINES = 3
_UNBROKEN = 6
"""Columns of the terminal; how many lines a heading may take before the label gives way, and up to what width never."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A cell as it is shown; `severity` is that of the gravest finding about it, empty when there is none."""

    text: str
    severity: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A row with its label; a header row has no cells."""

    label: str
    depth: int
    cells: tuple[Shown, ...]


@dataclass(frozen=True, slots=True)
class Grid:
    """One table: what stands above the labels, the column headings, and the rows."""

    corner: str
    headings: tuple[str, ...]
    rows: tuple[GridRow, ...]


def drawn(grid: Grid, console: Console) -> Iterator[str]:
    """The lines of a table, none wider than the console."""
    fitted = _fitted(grid, console.width)
    if fitted is None:
        yield from _listed(grid, console)
        return
    label_width, widths = fitted
    headings = [wrapped(heading, width) for heading, width in zip(grid.headings, widths, strict=True)]
    depth = max(len(lines) for lines in headings)
    for index in range(depth):
        words = [lines[index - depth + len(lines)] if index >= depth - len(lines) else "" for lines in headings]
        line = left(grid.corner if index == depth - 1 else "", label_width) + _aligned(words, widths)
        yield console.paint(line.rstrip(), "dim")
    yield console.paint("─" * (label_width + sum(width + _GAP + _MARK for width in widths)), "dim")
    for row in grid.rows:
        yield from _row_lines(row, label_width, widths, console)


def _fitted(grid: Grid, width: int) -> tuple[int, list[int]] | None:
    """The width of the labels and of each column; the headings are broken as little as the labels allow."""
    natural = max(columns(row.label) + 2 * row.depth for row in grid.rows)
    wanted = max(min(natural, _COMFORTABLE_LABEL), columns(grid.corner))
    for lines in range(1, _HEADING_LINES + 1):
        widths = [
            max(_narrowest(heading, lines), *(columns(row.cells[index].text) for row in grid.rows if row.cells))
            for index, heading in enumerate(grid.headings)
        ]
        left_over = width - sum(taken + _GAP + _MARK for taken in widths)
        if left_over >= wanted or (lines == _HEADING_LINES and left_over >= _NARROWEST_LABEL):
            return min(left_over, max(natural, columns(grid.corner))), widths
    return None


def _narrowest(text: str, lines: int) -> int:
    """The least width at which a text takes no more than so many lines, without cutting a word in two."""
    whole_words = max(columns(word) if word.isascii() else 2 for word in text.split()) if text else 0
    width = columns(text) if columns(text) <= _UNBROKEN else max(whole_words, -(-columns(text) // lines))
    while len(wrapped(text, width)) > lines:
        width += 1
    return width


def _row_lines(row: GridRow, label_width: int, widths: list[int], console: Console) -> Iterator[str]:
    indent = "  " * row.depth
    labels = wrapped(row.label, label_width - len(indent) if row.cells else console.width - len(indent))
    cells = "".join(
        " " * _GAP + _painted(shown, right(shown.text, width), console)
        for shown, width in zip(row.cells, widths, strict=False)
    )
    yield (left(indent + labels[0], label_width) + cells if cells else indent + labels[0]).rstrip()
    for label in labels[1:]:
        yield indent + label


def _painted(shown: Shown, text: str, console: Console) -> str:
    mark = MARKS.get(shown.severity, " ")
    return console.paint(text + mark, COLOURS.get(shown.severity, ""))


def _aligned(words: list[str], widths: list[int]) -> str:
    return "".join(" " * _GAP + right(word, width) + " " * _MARK for word, width in zip(words, widths, strict=True))


def _listed(grid: Grid, console: Console) -> Iterator[str]:
    """Each row as its label and, behind or beneath it, what is not an ordinary zero."""
    for row in grid.rows:
        indent = "  " * row.depth
        label = wrapped(row.label or grid.corner, console.width - len(indent))
        if not row.cells:
            yield from (indent + line for line in label)
            continue
        told = [
            f"{heading} {shown.text}{MARKS.get(shown.severity, '')}"
            for heading, shown in zip(grid.headings, row.cells, strict=True)
            if shown.severity or shown.text != "0"
        ]
        values = " · ".join(told) or console.say("均为 0", "all 0")
        gravest = next((s for s in MARKS if any(shown.severity == s for shown in row.cells)), "")
        colour = COLOURS.get(gravest, "dim" if not told else "")
        last = indent + label[-1]
        yield from (indent + line for line in label[:-1])
        if columns(last) + 2 + columns(values) <= console.width:
            yield f"{last}  {console.paint(values, colour)}"
            continue
        yield last
        for line in wrapped(values, console.width - len(indent) - 2):
            yield f"{indent}  {console.paint(line, colour)}"
