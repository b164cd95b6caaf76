"""The figures of a document as pictures of dots, for the formats that are printed.

A drawing itself would put its words on the page, where whoever reads the file, our own reader too, takes them for the text.
"""

from __future__ import annotations

from dataclasses import dataclass

from gongkai.documents.model import Document, Figure
from gongkai.documents.writers import layout


@dataclass(frozen=True, slots=True)
class Picture:
    """A PNG with its size on paper, and what it shows in words."""

    png: bytes
    width_mm: float
    height_mm: float
    words: str


def figures_behind(document: Document, place: int) -> list[Figure]:
    """The figures that stand behind a block, in their order."""
    return [figure for figure in document.figures if figure.after == place]


def picture(figure: Figure, widest_mm: float) -> Picture:
    """A figure as wide as it was drawn, or as the text is if that is less."""
    # Not above: drawing loads a typesetter, which a document without figures does without.
    from gongkai.documents import charts

    png = charts.png(figure.drawing)
    dots_across, dots_down = (int.from_bytes(png[start : start + 4], "big") for start in (16, 20))
    width = min(dots_across * 25.4 / charts.DOTS_PER_INCH, widest_mm)
    return Picture(png, width, width * dots_down / dots_across, layout.one_line(figure.words))
