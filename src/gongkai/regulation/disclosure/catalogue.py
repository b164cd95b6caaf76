"""The catalogue's fixed parts as data: article 20's categories, the grass-roots fields, columns and channels.

Source: ogi-2019#20 (categories), grassroots-2019#fields (fields).
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True, slots=True)
class Category:
    """One of article 20's categories; `report_table` is the annual report's table for it in the `editions` that have one."""

    number: int
    key: str
    label: str
    label_en: str
    citation: str
    source: str
    report_table: str | None = None
    editions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Field:
    """A field of the grass-roots standards."""

    number: int
    key: str
    label: str
    label_en: str
    also_called: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a standard catalogue table; `group` is the heading over several columns, or empty."""

    key: str
    label: str
    group: str
    label_en: str
    kind: str
    is_always_present: bool


@dataclass(frozen=True, slots=True)
class Channel:
    """A way to publish that a catalogue row may tick; the list may grow locally."""

    key: str
    label: str
    label_en: str
    is_national: bool


@dataclass(frozen=True, slots=True)
class UnmeasuredLimit:
    """A time limit that is no number of days."""

    key: str
    label: str
    label_en: str


@cache
def categories() -> Mapping[str, Category]:
    """Article 20's fifteen categories by key, in the article's order.

    >>> categories()["fees"].citation
    '第二十条第（八）项'
    """
    return MappingProxyType({each["key"]: Category(**_frozen(each)) for each in _data("categories.toml")["category"]})


@cache
def fields() -> Mapping[str, Field]:
    """The 26 fields of the grass-roots standards by key."""
    return MappingProxyType({each["key"]: Field(**_frozen(each)) for each in _data("grassroots.toml")["field"]})


@cache
def columns() -> tuple[Column, ...]:
    """The columns of a standard catalogue table, from left to right."""
    return tuple(Column(**each) for each in _data("grassroots.toml")["column"])


@cache
def channels() -> Mapping[str, Channel]:
    """The channels by key."""
    return MappingProxyType({each["key"]: Channel(**each) for each in _data("grassroots.toml")["channel"]})


@cache
def unmeasured_limits() -> Mapping[str, UnmeasuredLimit]:
    """The time limits without a number (实时、及时、长期) by key."""
    return MappingProxyType(
        {each["key"]: UnmeasuredLimit(**each) for each in _data("grassroots.toml")["unmeasured_limit"]}
    )


def _data(name: str) -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


def _frozen(entry: Mapping[str, Any]) -> dict[str, Any]:
    return {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
