"""The yardsticks of practice in `plausibility.toml`, read once, frozen and typed."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class LargeChange:
    """A change is large from `minimum` on (in the cell's unit) and from `factor` times on."""

    minimum: float
    factor: float


@dataclass(frozen=True, slots=True)
class Unchanged:
    """A repeated table is suspicious when the year's work in it adds up to `minimum_sum`; stocks don't count."""

    minimum_sum: int
    stock_columns: frozenset[str]


@dataclass(frozen=True, slots=True)
class OutlierLimits:
    """From how many reports on, how far from the median, and from which number on (by unit) an outlier is named."""

    minimum_reports: int
    threshold: float
    smallest_spread: float
    minimum: Mapping[str, float]


@dataclass(frozen=True, slots=True)
class Plausibility:
    """All yardsticks; `change` is by the unit of the cell."""

    unlikely_wan: int
    change: Mapping[str, LargeChange]
    unchanged: Unchanged
    outlier: OutlierLimits


@cache
def plausibility() -> Plausibility:
    """The yardsticks as they are in the data.

    >>> plausibility().outlier.minimum_reports
    8
    """
    data = tomllib.loads(files(__package__).joinpath("plausibility.toml").read_text("utf-8"))
    unchanged, outlier = data["unchanged"], data["outlier"]
    return Plausibility(
        unlikely_wan=data["amount"]["unlikely_wan"],
        change=MappingProxyType({unit: LargeChange(**entry) for unit, entry in data["change"].items()}),
        unchanged=Unchanged(unchanged["minimum_sum"], frozenset(unchanged["stock_columns"])),
        outlier=OutlierLimits(
            outlier["minimum_reports"],
            outlier["threshold"],
            outlier["smallest_spread"],
            MappingProxyType(outlier["minimum"]),
        ),
    )
