"""Dated parameters: the numbers and dates of the law, each with the day it begins to govern and its source."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Generic, Literal, TypeVar, overload

from gongkai.regulation.law.citation import LawMissing
from gongkai.regulation.law.tariff import Tariff, tariff

Unit = Literal[
    "month_day",
    "edition",
    "yes_no",
    "working_day",
    "natural_day",
    "hour",
    "month",
    "year",
    "receipt_event",
    "reconsideration_body",
    "tariff",
]


@dataclass(frozen=True, slots=True, order=True)
class MonthDay:
    """A day of every year."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        """That day in a year.

        >>> MonthDay(1, 31).in_year(2024)
        datetime.date(2024, 1, 31)
        """
        return date(year, self.month, self.day)


Value = MonthDay | str | bool | int | Tariff
V = TypeVar("V", bound=Value)
V_co = TypeVar("V_co", bound=Value, covariant=True)

KINDS: Mapping[Unit, type[Value]] = MappingProxyType(
    {
        "month_day": MonthDay,
        "edition": str,
        "yes_no": bool,
        "working_day": int,
        "natural_day": int,
        "hour": int,
        "month": int,
        "year": int,
        "receipt_event": str,
        "reconsideration_body": str,
        "tariff": Tariff,
    }
)
"""The Python type of a value by its unit."""


@dataclass(frozen=True, slots=True)
class Parameter(Generic[V_co]):
    """One value of a parameter: what governs from the day `since` until the next value begins.

    `asked_on` says with which day the law has to be asked for this parameter.
    """

    key: str
    label: str
    label_en: str
    value: V_co
    unit: Unit
    since: date
    source: str
    asked_on: str


@dataclass(frozen=True, slots=True)
class Law:
    """The law as it stands on a day."""

    day: date

    @overload
    def parameter(self, key: str) -> Parameter[Value]: ...
    @overload
    def parameter(self, key: str, kind: type[V]) -> Parameter[V]: ...
    def parameter(self, key: str, kind: type[V] | None = None) -> Parameter[V] | Parameter[Value]:
        """The parameter as it stands on this law's day; with `kind` its value is known to have that type.

        Errors: LawMissing for an unknown key and for a day before the first value; TypeError when the value is not of
        that kind.
        >>> law_on(date(2020, 1, 1)).parameter("department_report_deadline", MonthDay).value.in_year(2020)
        datetime.date(2020, 1, 31)
        >>> law_on(date(2020, 12, 31)).parameter("report_form_edition").value
        '2019'
        """
        values = parameters().get(key)
        if values is None:
            raise LawMissing(f"no parameter {key!r} in the law data")
        governing = [value for value in values if value.since <= self.day]
        if not governing:
            raise LawMissing(f"{key!r} has no value on {self.day}: the first one begins on {values[0].since}")
        if kind is not None and not isinstance(governing[-1].value, kind):
            raise TypeError(f"{key!r} is a {governing[-1].unit}, not a {kind.__name__}")
        return governing[-1]


def law_on(day: date) -> Law:
    """The law as it stood, stands or will stand on a day, as far as the data knows it.

    >>> law_on(date(2019, 1, 1)).parameter("department_report_deadline").source
    'ogi-2008#31'
    """
    return Law(day)


@cache
def parameters() -> Mapping[str, tuple[Parameter[Value], ...]]:
    """Every parameter by key, with its values in ascending order of the day they begin to govern."""
    found: dict[str, tuple[Parameter[Value], ...]] = {}
    for entry in sorted(files(__package__).iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            table = tomllib.loads(entry.read_text("utf-8"))
            found.update((key, tuple(_values(key, described))) for key, described in table.items())
    return MappingProxyType(found)


def _values(key: str, entry: Mapping[str, Any]) -> Iterator[Parameter[Value]]:
    for dated in entry["values"]:
        yield Parameter(
            key=key,
            label=entry["label"],
            label_en=entry["label_en"],
            value=_typed(entry["unit"], dated["value"]),
            unit=entry["unit"],
            since=dated["from"],
            source=dated["source"],
            asked_on=entry["asked_on"],
        )


def _typed(unit: Unit, value: Any) -> Value:
    """The value of a TOML entry as the type of its unit."""
    if unit == "month_day":
        return MonthDay(**value)
    return tariff(value) if unit == "tariff" else value
