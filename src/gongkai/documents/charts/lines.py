"""Values over the years: one line a series, its name at its end."""

from __future__ import annotations

from collections.abc import Sequence

from gongkai.documents.charts.drawing import GREY, HAIRLINE, INK, MARGIN, WIDTH, Drawing, colour_of
from gongkai.documents.charts.lettering import LINE, SMALL, width, wrapped
from gongkai.documents.charts.numbers import Scale, fitting, printed, scale
from gongkai.documents.model import Number

_HEIGHT = 190.0
_NAME_ROOM = 112.0
_DASHES = ("", "8 4", "2 4", "10 4 2 4")

Series = tuple[str, Sequence[Number | None]]


def lines(title: str, periods: Sequence[str], series: Sequence[Series], *, unit: str = "") -> str:
    """A line for each series over the periods; a period without a value breaks the line, for nothing is known of it.

    The axis begins at zero. A single line carries the value of each of its points.
    Errors: ValueError when a series has another number of values than there are periods.
    """
    for name, values in series:
        if len(values) != len(periods):
            raise ValueError(f"series {name!r} must have {len(periods)} values")
    drawing = Drawing(title)
    numbers = [value for _, values in series for value in values]
    top = drawing.top + SMALL + 12  # room for the number over a point at the very top
    if unit:
        drawing.text(f"单位：{unit}", MARGIN, drawing.top + SMALL, size=SMALL, colour=GREY)
        top += SMALL * LINE
    bottom = top + _HEIGHT
    axis = scale(numbers, bottom, top)
    left = MARGIN + max(width(name, SMALL) for _, name in axis.ticks()) + 6
    alone = len(series) == 1
    right = WIDTH - MARGIN - (_end_room(series) if alone else _NAME_ROOM)
    _frame(drawing, axis, left, right)
    places = _places(len(periods), left, right)
    _period_names(drawing, periods, places, bottom)
    for number, (_, values) in enumerate(series):
        _curve(drawing, axis, places, values, number)
    if alone:
        _values(drawing, axis, places, series[0][1])
    else:
        _names(drawing, axis, places[-1] if places else left, series, (top, bottom))
    height = bottom + SMALL * LINE + MARGIN
    if not any(value is not None for value in numbers):
        drawing.text("没有数据", (left + right) / 2, (top + bottom) / 2, anchor="middle", colour=GREY, halo=True)
    return drawing.render(height, _said(periods, series, unit))


def _end_room(series: Sequence[Series]) -> float:
    """Half of the widest value of a single line, for the number over its last point."""
    return max([width(printed(value), SMALL) / 2 for value in series[0][1]], default=0.0)


def _places(count: int, left: float, right: float) -> list[float]:
    inset = 18.0
    if count == 1:
        return [(left + right) / 2]
    return [left + inset + number * (right - left - 2 * inset) / (count - 1) for number in range(count)]


def _frame(drawing: Drawing, axis: Scale, left: float, right: float) -> None:
    for y, name in axis.ticks():
        drawing.line(left, y, right, y, INK if y == axis.at(0) else HAIRLINE)
        drawing.text(name, left - 6, y + SMALL * 0.36, size=SMALL, anchor="end", colour=GREY)


def _period_names(drawing: Drawing, periods: Sequence[str], places: Sequence[float], bottom: float) -> None:
    """The names that fit, the last one in any case: it is the year the reader looks for."""
    free_until = WIDTH
    for period, x in reversed(list(zip(periods, places, strict=True))):
        half = width(period, SMALL) / 2
        if x + half <= free_until:
            drawing.text(period, x, bottom + SMALL * LINE, size=SMALL, anchor="middle", colour=GREY)
            free_until = x - half - 6


def _curve(
    drawing: Drawing, axis: Scale, places: Sequence[float], values: Sequence[Number | None], number: int
) -> None:
    path, pen = "", "M"
    for x, value in zip(places, values, strict=True):
        if value is None:
            pen = "M"
        else:
            path += f"{pen}{x:.1f} {axis.at(value):.1f}"
            pen = "L"
    if path:
        drawing.curve(path, number, _DASHES[number % len(_DASHES)])
    for x, value in zip(places, values, strict=True):
        if value is not None:
            drawing.marker(x, axis.at(value), number)


def _values(drawing: Drawing, axis: Scale, places: Sequence[float], values: Sequence[Number | None]) -> None:
    """The value over each point; where two would touch the earlier one gives way, for the table has it too."""
    free_until = WIDTH
    for x, value in reversed(list(zip(places, values, strict=True))):
        half = width(printed(value), SMALL) / 2
        if x + half <= free_until:
            y = axis.at(0 if value is None else value) - 10
            drawing.text(
                printed(value), x, y, size=SMALL, anchor="middle", colour=INK if value is not None else GREY, halo=True
            )
            free_until = x - half - 4


def _names(drawing: Drawing, axis: Scale, x: float, series: Sequence[Series], bounds: tuple[float, float]) -> None:
    """The name and last value of each line beside its end, moved apart where lines end close together."""
    labels = []
    for number, (name, values) in enumerate(series):
        last = next((value for value in reversed(values) if value is not None), None)
        texts = wrapped(f"{name} {fitting(last, _NAME_ROOM - 10, SMALL)}", _NAME_ROOM - 10, SMALL)
        labels.append((axis.at(last or 0), number, texts))
    labels.sort()
    heights = [SMALL * LINE * len(texts) + 3 for _, _, texts in labels]
    tops = _apart(
        [wanted - height / 2 for (wanted, _, _), height in zip(labels, heights, strict=True)], heights, bounds
    )
    for (wanted, number, texts), top, height in zip(labels, tops, heights, strict=True):
        if any(value is not None for value in series[number][1]):
            drawing.line(x + 7, wanted, x + 18, top + height / 2, colour_of(number))
        drawing.lines_of_text(texts, x + 22, top + SMALL, size=SMALL, colour=colour_of(number))


def _apart(wanted: list[float], heights: list[float], bounds: tuple[float, float]) -> list[float]:
    """Tops of labels as near to where they want to be as they can stand without touching, from the top down, then up."""
    tops = list(wanted)
    for number in range(1, len(tops)):
        tops[number] = max(tops[number], tops[number - 1] + heights[number - 1])
    overhang = max(0.0, tops[-1] + heights[-1] - bounds[1]) if tops else 0.0
    if overhang:
        tops[-1] -= overhang
    for number in range(len(tops) - 2, -1, -1):
        tops[number] = min(tops[number], tops[number + 1] - heights[number])
    return tops


def _said(periods: Sequence[str], series: Sequence[Series], unit: str) -> str:
    told = [
        f"{name}："
        + "，".join(f"{period} {printed(value, unit)}" for period, value in zip(periods, values, strict=True))
        for name, values in series
    ]
    return f"折线图。{'；'.join(told) or '没有数据'}。"
