"""Numbers as a chart prints them, and scales that begin at zero with round steps."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from gongkai.documents.charts.lettering import width
from gongkai.documents.model import Number

UNKNOWN = "无数据"
"""What stands where a value is None: never 0, and never a gap that says nothing."""

_UNITS = ((10**12, "万亿"), (10**8, "亿"), (10**4, "万"))
_MOST_STEPS = 5


def printed(value: Number | None, unit: str = "") -> str:
    """A value in full, with thousands separators.

    >>> printed(126048, "件"), printed(Decimal("9.460"), "万元"), printed(None)
    ('126,048件', '9.46万元', '无数据')
    """
    return UNKNOWN if value is None else f"{_trimmed(Decimal(value))}{unit}"


def rounded(value: Number) -> str:
    """A value in the largest unit it reaches, to two places, and said to be rounded.

    >>> rounded(2 * 10**15 + 1)
    '约2,000万亿'
    """
    exact = Decimal(value)
    size, unit = next(((size, unit) for size, unit in _UNITS if abs(exact) >= size), (1, ""))
    return f"约{_trimmed((exact / size).quantize(Decimal('0.01')))}{unit}"


def fitting(value: Number | None, room: float, size: float, unit: str = "") -> str:
    """A value in full, or rounded where a number that long would leave its room."""
    full = printed(value, unit)
    return full if value is None or width(full, size) <= room else f"{rounded(value)}{unit}"


def share(value: Number, total: Number) -> str:
    """A part of a total in percent; what is there but rounds to nothing is said to be less than 0.1 %.

    >>> share(1, 3), share(2, 2), share(0, 9), share(1, 10000)
    ('33.3%', '100%', '0%', '不足0.1%')
    """
    percent = Decimal(value) * 100 / Decimal(total)
    if 0 < percent < Decimal("0.1"):
        return "不足0.1%"
    shown = min(percent, Decimal("99.9")) if value != total else percent
    return f"{_trimmed(shown.quantize(Decimal('0.1')))}%"


@dataclass(frozen=True, slots=True)
class Scale:
    """An axis from `low` to `high` (one of them may be 0, both are multiples of `step`), drawn from `start` to `end`."""

    low: Decimal
    high: Decimal
    step: Decimal
    start: float
    end: float

    def at(self, value: Number) -> float:
        """Where a value stands on the drawing."""
        return self.start + float((Decimal(value) - self.low) / (self.high - self.low)) * (self.end - self.start)

    def ticks(self) -> list[tuple[float, str]]:
        """Each round step with its place and its name, in 万, 亿 or 万亿 where all of them are."""
        values = [self.low + self.step * number for number in range(int((self.high - self.low) / self.step) + 1)]
        size, unit = next(
            ((size, unit) for size, unit in _UNITS if self.step * 10 >= size and self._reaches(size)), (1, "")
        )
        return [(self.at(value), _trimmed(value / size) + (unit if value else "")) for value in values]

    def _reaches(self, size: int) -> bool:
        return max(abs(self.low), abs(self.high)) >= size


def scale(values: Sequence[Number | None], start: float, end: float) -> Scale:
    """The scale for some values: zero is on it, its steps are 1, 2 or 5 times a power of ten.

    Counts come in whole steps: nobody has half an application.
    """
    known = [Decimal(value) for value in values if value is not None]
    low, high = min([Decimal(0), *known]), max([Decimal(0), *known])
    if low == high:
        high = Decimal(1)
    step = _round_step((high - low) / _MOST_STEPS)
    if all(value == int(value) for value in known):
        step = max(step, Decimal(1))
    return Scale(
        (low / step).to_integral_value(ROUND_FLOOR) * step,
        (high / step).to_integral_value(ROUND_CEILING) * step,
        step,
        start,
        end,
    )


def _round_step(least: Decimal) -> Decimal:
    power = Decimal(10) ** least.adjusted()
    return next(step for step in (power, 2 * power, 5 * power, 10 * power) if step >= least)


def _trimmed(value: Decimal) -> str:
    text = f"{value:,f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
