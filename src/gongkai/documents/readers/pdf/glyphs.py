"""Glyphs and rulings: what is drawn on a page, as plain data in displayed coordinates.

Units are points; x grows to the right and y downwards from the top left corner of the page as a reader sees it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

Box = tuple[float, float, float, float]  # left, top, right, bottom

UNKNOWN = "\ufffd"  # a glyph that was drawn but whose character the font doesn't tell


@dataclass(frozen=True, slots=True)
class Glyph:
    """One drawn character; `spaced` says that the file has a space character of its own before it.

    `run` tells which text-showing operation drew it. `turn` counts the quarter turns, clockwise, its top is away from up.
    """

    text: str
    left: float
    top: float
    right: float
    bottom: float
    baseline: float
    size: float
    run: int
    turn: int = 0
    spaced: bool = False

    @property
    def middle(self) -> tuple[float, float]:
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True, slots=True)
class Ruling:
    """A straight line drawn on the page: `at` is its y (horizontal) or x (vertical), from `start` to `end`."""

    horizontal: bool
    at: float
    start: float
    end: float


@dataclass(frozen=True, slots=True)
class Page:
    """What one page shows. `picture_share` is the part of its area under pictures, `hidden` counts glyphs nobody sees."""

    number: int
    width: float
    height: float
    glyphs: tuple[Glyph, ...]
    rulings: tuple[Ruling, ...]
    picture_share: float = 0.0
    outlines: int = 0
    hidden: int = 0


def drawn_once(glyphs: Iterable[Glyph]) -> list[Glyph]:
    """The glyphs without the second drawing of those drawn twice, a little apart, to look bold."""
    kept: list[Glyph] = []
    seen: dict[str, dict[int, list[Glyph]]] = defaultdict(lambda: defaultdict(list))
    for glyph in glyphs:
        apart = glyph.size * 0.2
        bucket = int(glyph.left / 4)
        lines = seen[glyph.text]
        twice = any(
            abs(other.left - glyph.left) < apart
            and abs(other.baseline - glyph.baseline) < apart
            and other.run != glyph.run  # the letters of one ligature share a box and are no repetition
            for near in (bucket - 1, bucket, bucket + 1)
            if near in lines
            for other in lines[near]
        )
        if not twice:
            kept.append(glyph)
            lines[bucket].append(glyph)
    return kept


def bounding_box(boxes: Iterable[Box]) -> Box:
    """The smallest box around all boxes, of which there must be one."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)
