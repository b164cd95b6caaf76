"""What came in against what became of it: new and carried over on the left, results and carried forward on the right."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.documents.charts.drawing import GREY, INK, MARGIN, WIDTH, Drawing
from gongkai.documents.charts.lettering import LINE, SIZE, width, wrapped
from gongkai.documents.charts.numbers import fitting, printed
from gongkai.documents.model import Number

_LEFT, _MIDDLE, _RIGHT = 96.0, 196.0, 290.0
_BLOCK = 12.0
_HEIGHT = 180.0
_GAP = 6.0

Stream = tuple[str, Number | None]


def flow(title: str, incoming: Sequence[Stream], outgoing: Sequence[Stream], *, unit: str = "") -> str:
    """Streams in on the left, streams out on the right, each as thick as its value; streams of 0 are named all the same.

    Where the two sides don't add up to the same the chart says so: it draws what was reported and evens nothing out.
    Errors: ValueError for a value below zero.
    """
    if any(value is not None and value < 0 for _, value in (*incoming, *outgoing)):
        raise ValueError("a stream has a value of at least 0")
    drawing = Drawing(title)
    total_in, total_out = _total(incoming), _total(outgoing)
    most = float(max(total_in, total_out)) or 1.0
    thickness = _HEIGHT / most
    left = _side(incoming, thickness, _LEFT - 8 - MARGIN / 2, unit)
    right = _side(outgoing, thickness, WIDTH - MARGIN - _RIGHT - _BLOCK - 8, unit)
    height = max(left[-1].bottom if left else 0, right[-1].bottom if right else 0, _HEIGHT)
    top = drawing.top + SIZE * LINE + 4
    middle = top + (height - most * thickness) / 2
    drawing.text(
        f"应办理 {fitting(total_in, 150, SIZE, unit)}", _MIDDLE + _BLOCK / 2, drawing.top + SIZE - 4, anchor="middle"
    )
    drawing.plate(_MIDDLE, middle, _BLOCK, float(max(total_in, total_out)) * thickness, GREY)
    _draw_left(drawing, left, top + (height - (left[-1].bottom if left else 0)) / 2, middle, unit)
    _draw_right(drawing, right, top + (height - (right[-1].bottom if right else 0)) / 2, middle, unit)
    y = top + height + MARGIN
    balance = _balance(total_in, total_out, unit)
    if balance:
        lines = wrapped(balance, WIDTH - 2 * MARGIN)
        drawing.lines_of_text(lines, MARGIN, y + SIZE, colour="#b3261e")
        y += SIZE * LINE * len(lines) + 4
    return drawing.render(y + MARGIN / 2, _said(incoming, outgoing, unit) + balance)


class _Placed:
    """A stream with the height its label needs and the thickness its value has."""

    __slots__ = ("bottom", "lines", "series", "thick", "top", "value")

    def __init__(self, stream: Stream, series: int, top: float, thickness: float, room: float, unit: str) -> None:
        label, value = stream
        self.value, self.series, self.top = value, series, top
        together = f"{label} {printed(value, unit)}"
        is_short = not value and width(together) <= room
        self.lines = (
            [together] if is_short else [*wrapped(label, room), *wrapped(fitting(value, room, SIZE, unit), room)]
        )
        self.thick = float(value or 0) * thickness
        self.bottom = top + max(self.thick, SIZE * LINE * len(self.lines))


def _side(streams: Sequence[Stream], thickness: float, room: float, unit: str) -> list[_Placed]:
    placed: list[_Placed] = []
    for series, stream in enumerate(streams):
        placed.append(_Placed(stream, series, placed[-1].bottom + _GAP if placed else 0.0, thickness, room, unit))
    return placed


def _draw_left(drawing: Drawing, streams: list[_Placed], top: float, middle: float, unit: str) -> None:
    for stream in streams:
        centre = top + (stream.top + stream.bottom) / 2
        _ribbon(drawing, stream, _LEFT + _BLOCK, centre, _MIDDLE, middle + stream.thick / 2)
        drawing.block(_LEFT, centre - stream.thick / 2, _BLOCK, stream.thick, stream.series)
        _label(drawing, stream, _LEFT - 8, centre, "end")
        middle += stream.thick


def _draw_right(drawing: Drawing, streams: list[_Placed], top: float, middle: float, unit: str) -> None:
    for stream in streams:
        centre = top + (stream.top + stream.bottom) / 2
        _ribbon(drawing, stream, _MIDDLE + _BLOCK, middle + stream.thick / 2, _RIGHT, centre)
        drawing.block(_RIGHT, centre - stream.thick / 2, _BLOCK, stream.thick, stream.series)
        _label(drawing, stream, _RIGHT + _BLOCK + 8, centre, "start")
        middle += stream.thick


def _ribbon(drawing: Drawing, stream: _Placed, x1: float, y1: float, x2: float, y2: float) -> None:
    if not stream.value:
        return
    half, bend = stream.thick / 2, (x1 + x2) / 2
    path = (
        f"M{x1:.1f} {y1 - half:.1f}C{bend:.1f} {y1 - half:.1f} {bend:.1f} {y2 - half:.1f} {x2:.1f} {y2 - half:.1f}"
        f"V{y2 + half:.1f}C{bend:.1f} {y2 + half:.1f} {bend:.1f} {y1 + half:.1f} {x1:.1f} {y1 + half:.1f}z"
    )
    drawing.area(path, stream.series, opacity=0.3)


def _label(drawing: Drawing, stream: _Placed, x: float, centre: float, anchor: str) -> None:
    first = centre - SIZE * LINE * len(stream.lines) / 2 + SIZE
    drawing.lines_of_text(stream.lines, x, first, anchor=anchor, colour=INK if stream.value else GREY)


def _total(streams: Sequence[Stream]) -> Number:
    return sum(value for _, value in streams if value is not None)


def _balance(total_in: Number, total_out: Number, unit: str) -> str:
    if total_in == total_out:
        return ""
    return f"两边不等：收到和结转合计{printed(total_in, unit)}，结果和结转下年合计{printed(total_out, unit)}。"


def _said(incoming: Sequence[Stream], outgoing: Sequence[Stream], unit: str) -> str:
    sides = [
        "，".join(f"{label} {printed(value, unit)}" for label, value in streams) for streams in (incoming, outgoing)
    ]
    return f"流向图。收到：{sides[0]}；去向：{sides[1]}。"
