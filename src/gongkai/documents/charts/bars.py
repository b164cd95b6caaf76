"""One bar a label: amounts side by side."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.documents.charts.drawing import GREY, HAIRLINE, INK, MARGIN, WIDTH, Drawing
from gongkai.documents.charts.lettering import LINE, SIZE, SMALL, width, wrapped
from gongkai.documents.charts.numbers import Scale, printed, scale
from gongkai.documents.model import Number

_THICKNESS = 18.0
_GAP = 14.0


def bars(title: str, values: Sequence[tuple[str, Number | None]], *, unit: str = "") -> str:
    """Horizontal bars from zero, each under its label and with its value at the end; None is said to be unknown.

    Labels stand above the bars, so that they may be as long as the terms of the form are.
    """
    drawing = Drawing(title)
    numbers = [value for _, value in values]
    room = max([width(printed(value, unit)) for value in numbers], default=0.0) + 8
    below_zero = any(value is not None and value < 0 for value in numbers)
    axis = scale(numbers, MARGIN + (room if below_zero else 0), WIDTH - MARGIN - room)
    labels = [wrapped(label, WIDTH - 2 * MARGIN) for label, _ in values]
    bottom = drawing.top + sum(SIZE * LINE * len(label) + _THICKNESS + _GAP for label in labels)
    y = drawing.top
    for label, value in zip(labels, numbers, strict=True):
        drawing.lines_of_text(label, MARGIN, y + SIZE)
        y += SIZE * LINE * len(label) + 2
        for x, _ in axis.ticks():
            drawing.line(x, y - 3, x, y + _THICKNESS + 3, INK if x == axis.at(0) else HAIRLINE)
        _bar(drawing, axis, value, y, unit)
        y += _THICKNESS + _GAP - 2
    if values:
        _names(drawing, axis, bottom - 6)
    else:
        drawing.text("没有数据", MARGIN, bottom + SIZE, colour=GREY)
    said = "；".join(f"{label} {printed(value, unit)}" for label, value in values)
    return drawing.render(bottom + SMALL + MARGIN + 4, f"条形图。{said or '没有数据'}。")


def _bar(drawing: Drawing, axis: Scale, value: Number | None, y: float, unit: str) -> None:
    zero = axis.at(0)
    base = y + _THICKNESS / 2 + SIZE * 0.36
    if value is None:
        drawing.text(printed(None), zero + 6, base, colour=GREY, halo=True)
        return
    end = axis.at(value)
    drawing.block(min(zero, end), y, max(abs(end - zero), 1.0 if value else 0.0), _THICKNESS)
    if value < 0:
        drawing.text(printed(value, unit), end - 6, base, anchor="end", halo=True)
    else:
        drawing.text(printed(value, unit), end + 6, base, halo=True)


def _names(drawing: Drawing, axis: Scale, bottom: float) -> None:
    """The steps of the scale under the bars, those that fit."""
    free_from = -WIDTH
    for x, name in axis.ticks():
        half = width(name, SMALL) / 2
        x_text = min(max(x, MARGIN + half), WIDTH - MARGIN - half)
        if x_text - half >= free_from:
            drawing.text(name, x_text, bottom + SMALL + 2, size=SMALL, anchor="middle", colour=GREY)
            free_from = x_text + half + 6
