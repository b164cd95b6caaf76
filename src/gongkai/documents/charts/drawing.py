"""A drawing: shapes and words collected in order, given out as one SVG with its title and description."""

from __future__ import annotations

import re
from collections.abc import Sequence
from hashlib import sha256
from xml.sax.saxutils import escape, quoteattr

from gongkai.documents.charts.lettering import FONTS, LINE, SIZE, TITLE, wrapped

WIDTH = 440.0
"""Narrow enough that 14 units of type can be read on a phone, where the chart is as wide as the screen."""
MARGIN = 12.0

INK, GREY, HAIRLINE, PAPER = "#1f2933", "#52606d", "#cbd2d9", "#ffffff"
COLOURS = ("#1a4f8b", "#b85c00", "#1f7a6d", "#6b3fa0", "#b3261e", "#5f6b7a", "#8a7a00", "#a0347a")
"""The first is the accent of the site; each stands out from white by 3:1 or more."""

_HATCHES = ("", "M0 6L6 0", "M0 3H6", "M0 0L6 6", "M3 0V6", "M0 6L6 0M0 0L6 6", "M0 3H6M3 0V6", "M3 3h.01")
"""What is drawn in white over a colour, so that neighbours differ on a black-and-white print and for the colour-blind."""

_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NAME_TO_COME = "\0"
"""Stands in the shapes for the prefix of the drawing's ids, which is known when all shapes are; no text may hold it."""


class Drawing:
    """Shapes are drawn in the order they are added; the title stands on top, what follows begins below it at `top`."""

    def __init__(self, title: str) -> None:
        self.title = title
        self._shapes: list[str] = []
        self._hatched: set[int] = set()
        lines = wrapped(title, WIDTH - 2 * MARGIN, TITLE)
        for number, line in enumerate(lines):
            self.text(line, MARGIN, MARGIN + TITLE * (0.9 + LINE * number), size=TITLE)
        self.top = MARGIN + TITLE * LINE * len(lines) + 8

    def text(
        self,
        text: str,
        x: float,
        y: float,
        *,
        size: float = SIZE,
        anchor: str = "start",
        colour: str = INK,
        halo: bool = False,
    ) -> None:
        """One line of text; `y` is its base line. A halo keeps it readable where it crosses a line."""
        edge = f' stroke="{PAPER}" stroke-width="4" stroke-linejoin="round" paint-order="stroke"' if halo else ""
        placed = "" if anchor == "start" else f' text-anchor="{anchor}"'
        self._shapes.append(
            f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{placed}{edge}>{_words(text)}</text>'
        )

    def lines_of_text(
        self, lines: Sequence[str], x: float, y: float, *, size: float = SIZE, anchor: str = "start", colour: str = INK
    ) -> None:
        """Several lines, the first with its base line at `y`."""
        for number, line in enumerate(lines):
            self.text(line, x, y + number * size * LINE, size=size, anchor=anchor, colour=colour)

    def block(self, x: float, y: float, width: float, height: float, series: int = 0) -> None:
        """A filled rectangle in the colour and hatch of a series."""
        self._filled(f'<rect x="{x:.1f}" y="{y:.1f}" width="{max(width, 0):.1f}" height="{max(height, 0):.1f}"', series)

    def plate(self, x: float, y: float, width: float, height: float, colour: str = PAPER) -> None:
        """A plain piece: of paper under a number that stands on a hatch, or of a colour that is no series."""
        self._shapes.append(
            f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" rx="2" fill="{colour}"/>'
        )

    def area(self, path: str, series: int = 0, opacity: float = 1.0) -> None:
        """A filled outline; a pale one carries no hatch."""
        faint = "" if opacity == 1 else f' fill-opacity="{opacity:g}"'
        self._shapes.append(f'<path d="{path}" fill="{colour_of(series)}"{faint}/>')

    def line(self, x1: float, y1: float, x2: float, y2: float, colour: str = HAIRLINE) -> None:
        """A hairline: an axis, a step of a scale, a way from a label to its point."""
        self._shapes.append(f'<path d="M{x1:.1f} {y1:.1f}L{x2:.1f} {y2:.1f}" stroke="{colour}" fill="none"/>')

    def curve(self, path: str, series: int, dashes: str = "") -> None:
        """A line of data."""
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        self._shapes.append(
            f'<path d="{path}" stroke="{colour_of(series)}" stroke-width="2.5" stroke-linejoin="round"{dashed} fill="none"/>'
        )

    def marker(self, x: float, y: float, series: int) -> None:
        """A point of data, in the shape of its series."""
        shapes = (
            "M-4.5 0a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0z",
            "M-4.2-4.2h8.4v8.4h-8.4z",
            "M0-5.6L5.2 4h-10.4z",
            "M0-5.6L5.6 0L0 5.6L-5.6 0z",
        )
        path, colour = shapes[series % len(shapes)], colour_of(series)
        fill = colour if series < len(shapes) else PAPER
        self._shapes.append(
            f'<path transform="translate({x:.1f} {y:.1f})" d="{path}" fill="{fill}" stroke="{colour}" stroke-width="1.5"/>'
        )

    def key(self, entries: Sequence[tuple[int, str]], y: float) -> float:
        """What each colour stands for, one entry a line; the height below."""
        for series, text in entries:
            lines = wrapped(text, WIDTH - 2 * MARGIN - 22)
            self.block(MARGIN, y, 14, 14, series)
            self.lines_of_text(lines, MARGIN + 22, y + 12)
            y += SIZE * LINE * len(lines) + 4
        return y

    def render(self, height: float, description: str) -> str:
        """The drawing as SVG. Equal drawings are equal strings; two different ones on a page share no ids."""
        body = "".join(self._shapes)
        name = f"c{sha256(f'{self.title}|{description}|{body}'.encode()).hexdigest()[:10]}"
        hatches = "".join(
            f'<pattern id="{name}h{series}" width="6" height="6" patternUnits="userSpaceOnUse">'
            f'<rect width="6" height="6" fill="{colour_of(series)}"/>'
            f'<path d="{_HATCHES[series % len(_HATCHES)]}" stroke="{PAPER}" stroke-width="1.1" stroke-linecap="round" fill="none"/>'
            "</pattern>"
            for series in sorted(self._hatched)
        )
        return (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {height:.0f}" width="{WIDTH:g}" height="{height:.0f}"'
            f' role="img" aria-labelledby="{name}t {name}d" font-family={quoteattr(FONTS)}>'
            f'<title id="{name}t">{_words(self.title)}</title><desc id="{name}d">{_words(description)}</desc>'
            f"{f'<defs>{hatches}</defs>' if hatches else ''}"
            f'<rect width="{WIDTH:g}" height="{height:.0f}" fill="{PAPER}"/>{body.replace(_NAME_TO_COME, name)}</svg>'
        )

    def _filled(self, shape: str, series: int) -> None:
        fill = colour_of(series)
        if _HATCHES[series % len(_HATCHES)]:
            self._hatched.add(series)
            fill = f"url(#{_NAME_TO_COME}h{series})"
        self._shapes.append(f'{shape} fill="{fill}"/>')


def _words(text: str) -> str:
    """A text as XML, without the controls that XML can't hold."""
    return escape(_CONTROLS.sub("", text))


def colour_of(series: int) -> str:
    """The colour of the n-th series, counted from 0."""
    return COLOURS[series % len(COLOURS)]
