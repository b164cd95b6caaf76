"""From glyphs to lines of text: which glyphs stand on one line, and where between them a space was meant.

Chinese is set without spaces, but justification stretches a line by widening the gaps between glyphs, and producers put
space characters into such gaps. So a gap counts as a space between Latin words, and between Chinese characters only when
the author's own space character stands in an unstretched line or the gap is wide enough to be a column.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from gongkai.documents.readers.pdf.glyphs import Box, Glyph, bounding_box

WIDE_GAP = (
    1.5  # of the font size: beyond this, and beyond the line's usual gaps, two pieces of text stand in two columns
)
NUMBER_GAP = 0.4  # of the font size, between two numbers

_WORD = re.compile(r"[A-Za-z0-9@./:_%#&=+\-–]")
ENUMERATED = re.compile(
    r"\s*(?:[一二三四五六七八九十]+\s*、|[（(]\s*[一二三四五六七八九十\d]+\s*[）)]|\d{1,2}\s*[.．、])"
)
"""How a numbered paragraph or label begins."""

_NUMERIC = re.compile(r"[无\\\d\s.,，%％/+\-－—–〇○]*")


@dataclass(frozen=True, slots=True)
class Line:
    """Glyphs that stand on one line, from left to right."""

    glyphs: tuple[Glyph, ...]
    box: Box
    baseline: float
    size: float

    @property
    def text(self) -> str:
        return spell(self.glyphs)

    @property
    def left(self) -> float:
        return self.box[0]

    @property
    def right(self) -> float:
        return self.box[2]


def line_of(glyphs: Sequence[Glyph]) -> Line:
    """The line of these glyphs, which are in order already."""
    return Line(
        glyphs=tuple(glyphs),
        box=bounding_box((glyph.left, glyph.top, glyph.right, glyph.bottom) for glyph in glyphs),
        baseline=median(glyph.baseline for glyph in glyphs),
        size=median(glyph.size for glyph in glyphs),
    )


def moved(line: Line, down: float) -> Line:
    """The line as if it stood lower."""
    return line_of(
        [
            replace(glyph, top=glyph.top + down, bottom=glyph.bottom + down, baseline=glyph.baseline + down)
            for glyph in line.glyphs
        ]
    )


def lines_of(glyphs: Iterable[Glyph]) -> list[Line]:
    """The glyphs as lines from top to bottom. A raised or lowered glyph (a footnote sign) stays on its line."""
    rows: list[list[Glyph]] = []
    reach = 0.0
    for glyph in sorted(glyphs, key=lambda glyph: glyph.baseline):
        if rows and glyph.baseline - reach <= 0.35 * min(glyph.size, rows[-1][-1].size):
            rows[-1].append(glyph)
        else:
            rows.append([glyph])
            reach = glyph.baseline
    return [line_of(sorted(row, key=lambda glyph: (glyph.left, glyph.run))) for row in rows]


def segments(line: Line) -> list[Line]:
    """The line cut at its wide gaps: the cells of a row in a table without vertical lines. Two numbers are two cells at a
    much smaller gap."""
    threshold = max(WIDE_GAP, 2.5 * _usual_gap(line.glyphs)) * line.size

    def apart(before: Glyph, after: Glyph) -> bool:
        gap = after.left - before.right
        return gap > threshold or (gap > NUMBER_GAP * line.size and is_numeric(before.text + after.text))

    return cut(line, apart)


def cut(line: Line, apart: Callable[[Glyph, Glyph], bool]) -> list[Line]:
    """The line cut between all neighbours that stand apart."""
    pieces: list[list[Glyph]] = [[line.glyphs[0]]]
    for before, after in pairwise(line.glyphs):
        if apart(before, after):
            pieces.append([])
        pieces[-1].append(after)
    return [line_of(piece) for piece in pieces]


def spell(glyphs: Sequence[Glyph]) -> str:
    """The text of the glyphs of one line."""
    if not glyphs:
        return ""
    usual = _usual_gap(glyphs)
    stretched = usual > 0.15
    parts = [glyphs[0].text]
    for before, after in pairwise(glyphs):
        gap = (after.left - before.right) / max(before.size, after.size, 1.0)
        if _space_between(before, after, gap, usual, stretched):
            parts.append(" ")
        parts.append(after.text)
    return "".join(parts)


def _space_between(before: Glyph, after: Glyph, gap: float, usual: float, stretched: bool) -> bool:
    if gap > WIDE_GAP + usual:
        return True
    if _WORD.match(before.text) and _WORD.match(after.text):
        point = before.text in ".," or after.text in ".,"  # set wide by fonts made for Chinese
        return gap > (0.4 if point else 0.15) + (usual if stretched else 0.0) or (after.spaced and not stretched)
    return after.spaced and not stretched


def _usual_gap(glyphs: Sequence[Glyph]) -> float:
    """The median gap between neighbours, as a part of the font size."""
    gaps = [max(0.0, after.left - before.right) / max(after.size, 1.0) for before, after in pairwise(glyphs)]
    return median(gaps) if len(gaps) > 2 else 0.0


def is_numeric(text: str) -> bool:
    """Whether the text is a number, a dash or another mark that stands in a number's place."""
    return _NUMERIC.fullmatch(text) is not None


def join(before: str, after: str) -> str:
    """Two lines of one paragraph as one text: a space between Latin words and before a Latin bracket, none beside a Chinese
    character or within an address."""
    if not before or not after:
        return before + after
    if before.endswith("-") and before[-2:-1].isalpha() and after[0].isalpha():
        return before + after
    if before[-1].isascii() and before[-1].isalnum() and after[0] in "([{":
        return f"{before} {after}"
    address = "://" in before.rsplit(" ", 1)[-1] or "@" in before.rsplit(" ", 1)[-1]
    latin = before[-1].isascii() and after[0].isascii() and before[-1] not in "([" and after[0] not in ",.;:)]"
    return f"{before} {after}" if latin and not address else before + after


def cell_text(glyphs: Sequence[Glyph], width: float = 0.0) -> str:
    """The text of a table cell `width` points wide, on one line.

    Text written downwards, whether by a vertical font or one character a line, is read downwards. A number that fills the
    cell and goes on in the next line is one number; elsewhere a line break between two digits stays, because one number or
    two can't be told apart.
    """
    glyphs = _turned_upright(glyphs)
    if _runs_downwards(glyphs):
        return "".join(glyph.text for glyph in glyphs)
    text = ""
    full = False
    for line in lines_of(glyphs):
        piece = line.text
        if text and text[-1].isdigit() and piece[0].isdigit():
            text += piece if full else f"\n{piece}"
        else:
            text = join(text, piece)
        full = fills(line, width)
    return text


def fills(line: Line, width: float) -> bool:
    """Whether one more glyph would not have fitted in a cell of this width, the usual padding kept."""
    return width - (line.right - line.left) < 1.5 * (line.glyphs[-1].right - line.glyphs[-1].left) + line.size


def _runs_downwards(glyphs: Sequence[Glyph]) -> bool:
    """Whether most glyphs stand right below the one written before them."""
    below = beside = 0
    for before, after in pairwise(glyphs):
        same_column = abs(after.middle[0] - before.middle[0]) < 0.3 * before.size
        if same_column and 0 < after.middle[1] - before.middle[1] < 2.5 * before.size:
            below += 1
        elif abs(after.baseline - before.baseline) < 0.3 * before.size:
            beside += 1
    return below > 1 and below > beside


def _turned_upright(glyphs: Sequence[Glyph]) -> Sequence[Glyph]:
    """The glyphs as if the cell had been turned until most of its text is upright."""
    turns = [glyph.turn for glyph in glyphs]
    turn = max(set(turns), key=turns.count) if turns else 0
    if turn == 0:
        return glyphs
    return [_turn_back(glyph, turn) for glyph in glyphs]


def _turn_back(glyph: Glyph, turn: int) -> Glyph:
    left, top, right, bottom = glyph.left, glyph.top, glyph.right, glyph.bottom
    box = {
        1: (top, -right, bottom, -left),
        2: (-right, -bottom, -left, -top),
        3: (-bottom, left, -top, right),
    }[turn]
    return Glyph(glyph.text, *box, baseline=box[3], size=glyph.size, run=glyph.run, spaced=glyph.spaced)
