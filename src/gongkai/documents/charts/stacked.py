"""A bar a row, cut into parts: what a total is made of."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.documents.charts.drawing import GREY, MARGIN, WIDTH, Drawing
from gongkai.documents.charts.lettering import LINE, SIZE, SMALL, width, wrapped
from gongkai.documents.charts.numbers import printed, share
from gongkai.documents.model import Number

_THICKNESS = 30.0
_SEAM = 2.0
_HEADROOM = 12.0


def stacked(
    title: str, parts: Sequence[str], rows: Sequence[tuple[str, Sequence[Number | None]]], *, unit: str = ""
) -> str:
    """The composition of each row; bars are as long as their totals, the longest as wide as the chart.

    `parts` name the values of every row, in the same order and so in the same colour everywhere. Where there is one row
    the key under the chart says each part's value and share.
    Errors: ValueError when a row has another number of values than there are parts, or one below zero.
    """
    for label, values in rows:
        if len(values) != len(parts) or any(value is not None and value < 0 for value in values):
            raise ValueError(f"row {label!r} must have {len(parts)} values of at least 0")
    drawing = Drawing(title)
    totals = [sum(value for value in values if value is not None) for _, values in rows]
    room = WIDTH - 2 * MARGIN
    y = drawing.top
    for (label, values), total in zip(rows, totals, strict=True):
        lines = wrapped(f"{label} 共{printed(total, unit)}" if label else f"共{printed(total, unit)}", room)
        drawing.lines_of_text(lines, MARGIN, y + SIZE)
        y += SIZE * LINE * len(lines) + 4
        longest = float(max(totals) or 1)
        _bar(drawing, values, y, room * float(total) / longest)
        y += _THICKNESS + _HEADROOM
    if not rows:
        drawing.text("没有数据", MARGIN, y + SIZE, colour=GREY)
        y += SIZE * LINE
    y = drawing.key(_key(parts, rows, totals, unit), y + 4)
    return drawing.render(y + MARGIN - 4, _said(parts, rows, totals, unit))


def _bar(drawing: Drawing, values: Sequence[Number | None], y: float, length: float) -> None:
    """One cut bar; a part's number stands in it where there is room, else only in the key and the table."""
    total = float(sum(value for value in values if value is not None))
    if not total:
        drawing.line(MARGIN, y, MARGIN, y + _THICKNESS, GREY)
        return
    present = [(series, value) for series, value in enumerate(values) if value]
    visible = max(length - _SEAM * (len(present) - 1), 1.0)
    x = MARGIN
    for series, value in present:
        wide = max(visible * float(value) / total, 1.0)
        drawing.block(x, y, wide, _THICKNESS, series)
        text = printed(value)
        if width(text, SMALL) + 10 <= wide:
            _number(drawing, text, x + wide / 2, y + _THICKNESS / 2)
        x += wide + _SEAM


def _number(drawing: Drawing, text: str, x: float, y: float) -> None:
    """A number on a plate of paper, readable on every hatch."""
    half = width(text, SMALL) / 2 + 3
    drawing.plate(x - half, y - 9, 2 * half, 18)
    drawing.text(text, x, y + SMALL * 0.36, size=SMALL, anchor="middle")


def _key(
    parts: Sequence[str], rows: Sequence[tuple[str, Sequence[Number | None]]], totals: Sequence[Number], unit: str
) -> list[tuple[int, str]]:
    if len(rows) != 1:
        return list(enumerate(parts))
    values, total = rows[0][1], totals[0]
    return [
        (series, f"{part} {_with_share(value, total, unit)}")
        for series, (part, value) in enumerate(zip(parts, values, strict=True))
    ]


def _with_share(value: Number | None, total: Number, unit: str) -> str:
    return printed(value, unit) + (f"（{share(value, total)}）" if value is not None and total else "")


def _said(
    parts: Sequence[str], rows: Sequence[tuple[str, Sequence[Number | None]]], totals: Sequence[Number], unit: str
) -> str:
    told = []
    for (label, values), total in zip(rows, totals, strict=True):
        each = "，".join(f"{part} {_with_share(value, total, unit)}" for part, value in zip(parts, values, strict=True))
        told.append(f"{label}共{printed(total, unit)}：{each}")
    return f"构成图。{'；'.join(told) or '没有数据'}。"
