"""Numbers that stand far from those of comparable reports, by a measure that the outliers themselves can't bend.

Median and median absolute deviation on the logarithm: counts of public bodies differ by factors, not by amounts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from math import log
from statistics import median, median_low

from gongkai.regulation.annual_report.plausibility import OutlierLimits
from gongkai.regulation.annual_report.report import Number

# Makes the median absolute deviation of normally distributed values their standard deviation.
_MAD_TO_SIGMA = 1.4826


@dataclass(frozen=True, slots=True)
class Outlier:
    """The report of rank `report` and its value; `position` counts from the largest, 1 first, among `count` values.

    `median` is a value that some report really has (the lower of the middle two).
    """

    report: int
    value: Number
    median: Number
    position: int
    count: int


def outliers(values: Mapping[int, Number], unit: str, limits: OutlierLimits) -> Iterator[Outlier]:
    """The outliers among the values of one cell, by report; largest first.

    Zeros and negative values are no part of it. Nothing is said of fewer than `limits.minimum_reports` values.
    """
    ranked = sorted(((value, report) for report, value in values.items() if value > 0), key=lambda pair: -pair[0])
    if len(ranked) < limits.minimum_reports:
        return
    logs = [log(value) for value, _ in ranked]
    centre = median(logs)
    spread = max(_MAD_TO_SIGMA * median(abs(value - centre) for value in logs), limits.smallest_spread)
    middle = median_low(value for value, _ in ranked)
    for position, ((value, report), logarithm) in enumerate(zip(ranked, logs, strict=True), start=1):
        if abs(logarithm - centre) > limits.threshold * spread and max(value, middle) >= limits.minimum[unit]:
            yield Outlier(report, value, middle, position, len(ranked))
