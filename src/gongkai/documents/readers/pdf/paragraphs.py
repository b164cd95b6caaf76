"""From lines to paragraphs: which line goes on with the one before it, over page breaks too.

A paragraph ends where its last line leaves room that the next line's first word would have filled. It begins with an
indent, a change of size, a wide gap or a number of its own.
"""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median

from gongkai.documents.readers.pdf.glyphs import Box, bounding_box
from gongkai.documents.readers.pdf.lines import ENUMERATED, Line, join

_PROVISION = re.compile(r"\s*[（(]\s*[一二三四五六七八九十\d]+\s*[）)]\s*[项款条目种类]")  # no number of a paragraph
_SENTENCE_END = re.compile(r"[。！？；：.!?;:]\s*[”’）)]?$")
_UNBREAKABLE = re.compile(r"[A-Za-z0-9@./:_%#&=+\-]+|.")
_HEADING_SCALE = 1.15  # larger than the body by this, a line is a heading
_FULL = 0.93  # of the widest line
_FEW_LINES = 3
_LARGEST_LEADING = 2.2  # of the font size; a file of few lines may have none that follow each other


@dataclass(frozen=True, slots=True)
class Placed:
    """A line with the page and the text column (of pages with several) it stands in."""

    line: Line
    page: int
    column: int = 0


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph or heading: `scale` is its font size as a multiple of the body's."""

    text: str
    page: int
    box: Box
    scale: float
    centred: bool

    @property
    def is_heading(self) -> bool:
        """Whether it is set so large that it must be a heading."""
        return self.scale >= _HEADING_SCALE and len(self.text) <= 80


@dataclass(frozen=True, slots=True)
class Measure:
    """How the body text is set: margins of each text column, font size and distance between lines, and whether any
    paragraph has more than one line."""

    margins: dict[int, tuple[float, float]]
    size: float
    leading: float
    wraps: bool

    @classmethod
    def of(cls, lines: Sequence[Placed], tables: Sequence[Box] = ()) -> Measure:
        """Taken from all lines of running text in the file. Tables are as wide as the text; where no line is, they tell the
        margins."""
        size = _usual_size([placed.line for placed in lines])
        margins = {}
        for column in {placed.column for placed in lines}:
            body = [p.line for p in lines if p.column == column and abs(p.line.size - size) < 0.15 * size]
            body = body or [p.line for p in lines if p.column == column]
            widest = max(line.right - line.left for line in body)
            wide = [line for line in body if line.right - line.left > 0.7 * widest]
            rights = sorted(line.right for line in wide)
            margins[column] = min(line.left for line in wide), rights[math.ceil(0.8 * (len(rights) - 1))]
        gaps = [
            below.line.baseline - above.line.baseline
            for above, below in pairwise(lines)
            if above.page == below.page and above.column == below.column
        ]
        leading = median([gap for gap in gaps if gap > 0] or [1.5 * size])
        widest = max(placed.line.right - placed.line.left for placed in lines)
        full = [placed.line for placed in lines if placed.line.right - placed.line.left > _FULL * widest]
        wraps = len(lines) < _FEW_LINES or not all(_SENTENCE_END.search(line.text) for line in full)
        if not wraps and len(margins) == 1:
            margins = {column: _widened(margin, tables) for column, margin in margins.items()}
        return cls(margins, size, min(leading, _LARGEST_LEADING * size), wraps)

    def room_after(self, placed: Placed) -> float:
        """Points left of the line after its last glyph."""
        return self.margins[placed.column][1] - placed.line.right

    def indent(self, placed: Placed) -> float:
        """Points between the margin and the first glyph."""
        return placed.line.left - self.margins[placed.column][0]

    def is_full(self, placed: Placed) -> bool:
        """Whether the line leaves next to no room on either side."""
        return max(self.indent(placed), self.room_after(placed)) < 2 * placed.line.size

    def is_centred(self, placed: Placed) -> bool:
        """Whether the line leaves the same room on both sides, and some."""
        before, after = self.indent(placed), self.room_after(placed)
        return before > 1.2 * placed.line.size and abs(before - after) < 1.2 * placed.line.size


def _widened(margin: tuple[float, float], tables: Sequence[Box]) -> tuple[float, float]:
    lefts, rights = [box[0] for box in tables], [box[2] for box in tables]
    return min([margin[0], *lefts]), max([margin[1], *rights])


def _usual_size(lines: Sequence[Line]) -> float:
    weights: dict[float, int] = {}
    for line in lines:
        size = max(round(line.size * 2) / 2, 0.5)
        weights[size] = weights.get(size, 0) + len(line.glyphs)
    return max(weights, key=lambda size: weights[size])


def paragraphs(lines: Sequence[Placed], measure: Measure) -> list[Block]:
    """Consecutive lines of running text as paragraphs."""
    groups: list[list[Placed]] = []
    for placed in lines:
        if groups and _goes_on(groups[-1], placed, measure):
            groups[-1].append(placed)
        else:
            groups.append([placed])
    return [_block(group, measure) for group in groups]


def _block(group: list[Placed], measure: Measure) -> Block:
    text = ""
    for placed in group:
        text = join(text, placed.line.text.strip())
    first = group[0]
    return Block(
        text=text,
        page=first.page,
        box=bounding_box(p.line.box for p in group if (p.page, p.column) == (first.page, first.column)),
        scale=first.line.size / measure.size,
        centred=measure.is_centred(first),
    )


def _goes_on(group: list[Placed], placed: Placed, measure: Measure) -> bool:
    before, line = group[-1], placed.line
    if abs(before.line.size - line.size) > 0.1 * max(before.line.size, line.size):
        return False
    same_column = (before.page, before.column) == (placed.page, placed.column)
    gap = line.baseline - before.line.baseline
    heading = line.size >= _HEADING_SCALE * measure.size
    widest = _LARGEST_LEADING * line.size if heading else 1.7 * max(measure.leading, line.size)
    if same_column and not 0 < gap <= widest:
        return False
    if heading:  # a title on two lines is one title
        return same_column and measure.is_centred(placed) and (measure.is_centred(before) or measure.is_full(before))
    if measure.is_centred(placed):
        return False
    if measure.room_after(before) > max(2.2 * line.size, _first_word_width(line) + 0.6 * line.size):
        return False
    ended = _SENTENCE_END.search(before.line.text) is not None
    if ended and not measure.wraps:
        return False
    if ENUMERATED.match(line.text) and (ended or _begins_paragraph(before, placed, measure)):
        return False
    if measure.indent(placed) > 1.2 * line.size:
        hangs = abs(line.left - before.line.left) < 0.5 * line.size
        return hangs and not ended
    return True


def _begins_paragraph(before: Placed, placed: Placed, measure: Measure) -> bool:
    """Whether a numbered line after one without a full stop is a paragraph: a heading stands before it, or an indent. A
    provision's number may begin a line too."""
    if _PROVISION.match(placed.line.text):
        return False
    heading = ENUMERATED.match(before.line.text) is not None and not measure.is_full(before)
    return heading or measure.indent(placed) > 1.2 * placed.line.size or not measure.wraps


def _first_word_width(line: Line) -> float:
    word = _UNBREAKABLE.match(line.text)
    count = min(len(word[0]) if word else 1, len(line.glyphs))
    return line.glyphs[count - 1].right - line.left
