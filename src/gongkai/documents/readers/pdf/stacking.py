"""Cells without lines around them: which pieces of text stand below each other closely enough to be one cell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from gongkai.documents.readers.pdf.glyphs import Box, Glyph, Ruling, bounding_box
from gongkai.documents.readers.pdf.lines import ENUMERATED, Line, cell_text, cut, is_numeric, segments

CELL_GAP = 0.35  # of the font size, between pieces of text that were written separately
NUMBER_GAP = 0.15  # of the font size, between two numbers that were written separately
SAME_ROW = 0.95  # of the font size: lines nearer than this can't be above each other in one cell
SLACK = 1.5  # points
_BEFORE_DIGITS = "+-−－—–."  # in one number
_WIDEST_LEADING = 1.75  # of the font size, from one line of a cell to the next
_SEPARATED_LEADING = 2.2  # the same where drawn lines separate the rows
_LOOSER = 1.12  # lines of one cell are set at one distance, give or take this


@dataclass(frozen=True, slots=True)
class Stack:
    """The pieces of text of one cell, from top to bottom."""

    pieces: tuple[Line, ...]

    @property
    def box(self) -> Box:
        return bounding_box(piece.box for piece in self.pieces)

    @property
    def left(self) -> float:
        return min(piece.left for piece in self.pieces)

    @property
    def right(self) -> float:
        return max(piece.right for piece in self.pieces)

    @property
    def top(self) -> float:
        """The baseline of the first line."""
        return self.pieces[0].baseline

    @property
    def bottom(self) -> float:
        """The baseline of the last line."""
        return self.pieces[-1].baseline

    @property
    def centre(self) -> float:
        """The height halfway between the first and the last baseline."""
        return (self.top + self.bottom) / 2

    @property
    def middle(self) -> float:
        """The x halfway between left and right."""
        return (self.left + self.right) / 2

    @property
    def size(self) -> float:
        return self.pieces[0].size

    @property
    def text(self) -> str:
        return cell_text([glyph for piece in self.pieces for glyph in piece.glyphs])

    def overlaps(self, other: Stack | Line) -> bool:
        """Whether one stands over the other."""
        return min(self.right, other.right) - max(self.left, other.left) > SLACK


@dataclass(frozen=True, slots=True)
class Spacing:
    """How the cells of one table are set: the distance of lines in a cell (0 when no cell has two), and drawn separators."""

    leading: float
    separators: tuple[Ruling, ...] = ()

    @classmethod
    def of(cls, pieces: Sequence[Line], rows: Sequence[float], separators: Sequence[Ruling]) -> Spacing:
        """Taken from a table's pieces of text and the baselines of its rows of numbers."""
        drawn = tuple(separators)
        gaps = [below - above for above, below in pairwise(rows)]
        if len(gaps) > 1 and all(any(above < r.at <= below for r in drawn) for above, below in pairwise(rows)):
            return cls(_SEPARATED_LEADING * max((piece.size for piece in pieces), default=0.0), drawn)
        nearest = min(_distances(pieces), default=0.0)
        return cls(0.0 if gaps and nearest > SAME_ROW * min(gaps) else nearest * _LOOSER, drawn)

    def apart(self, above: Line, below: Line) -> bool:
        """Whether a line is drawn between two pieces."""
        x = (max(above.left, below.left) + min(above.right, below.right)) / 2
        return any(above.baseline < r.at <= below.baseline and r.start <= x <= r.end for r in self.separators)


def _distances(pieces: Sequence[Line]) -> Iterable[float]:
    """The distances between pieces that stand right below each other and may be lines of one cell."""
    ordered = sorted(pieces, key=lambda piece: piece.baseline)
    for index, above in enumerate(ordered):
        for below in ordered[index + 1 :]:
            distance = below.baseline - above.baseline
            if distance > _WIDEST_LEADING * above.size:
                break
            if distance >= SAME_ROW * above.size and in_one_column(above, below):
                yield distance


def in_one_column(above: Line, below: Line) -> bool:
    """Whether two pieces are set flush with each other, or centred over each other."""
    flush = abs(above.left - below.left) < SLACK + 0.1 * below.size
    # A bracket at the end of a line takes half its width away, and the middle of the line with it.
    return flush or abs(_middle(above) - _middle(below)) < SLACK + 0.3 * below.size


def stacks(pieces: Iterable[Line], spacing: Spacing, anchors: Sequence[float] = ()) -> list[Stack]:
    """Pieces joined to cells. Two that stand around one of the `anchors`, the baselines of numbers, are halves of one label."""
    found: list[list[Line]] = []
    for piece in sorted(pieces, key=lambda piece: (piece.baseline, piece.left)):
        over = next((stack for stack in reversed(found) if _goes_on(stack[-1], piece, spacing, anchors)), None)
        if over is None:
            found.append([piece])
        else:
            over.append(piece)
    return [Stack(tuple(stack)) for stack in found]


def _goes_on(above: Line, below: Line, spacing: Spacing, anchors: Sequence[float]) -> bool:
    gap = below.baseline - above.baseline
    if not 0.35 * below.size < gap <= max(2 * SAME_ROW * below.size, spacing.leading):
        return False
    if ENUMERATED.match(below.text) or spacing.apart(above, below):
        return False
    near = SAME_ROW * below.size
    if any(0 < at - above.baseline < near and 0 < below.baseline - at < near for at in anchors):
        return above.left < below.right and below.left < above.right
    return gap <= spacing.leading and in_one_column(above, below)


def pieces_of(line: Line, bands: Sequence[tuple[float, float]] = (), gap: float = CELL_GAP) -> list[Line]:
    """The cells of a row, cut where text was written separately with a `gap` (a part of the font size) between.

    A number that begins in one of the `bands` where numbers stand is a cell of its own however near its label comes.
    """

    def apart(before: Glyph, after: Glyph) -> bool:
        if before.run == after.run:
            return False
        distance = after.left - before.right
        if before.text.isdigit() and after.text.isdigit():
            return distance > NUMBER_GAP * line.size
        begins = is_numeric(after.text) and not before.text.isdigit() and before.text not in _BEFORE_DIGITS
        in_band = begins and any(left - SLACK <= after.left <= right for left, right in bands)
        return in_band or distance > gap * line.size

    return [part for piece in segments(line) for part in cut(piece, apart)]


def _middle(piece: Line) -> float:
    return (piece.left + piece.right) / 2
