"""The State Council's notices on days off and make-up workdays, as dated data: one TOML file a year.

Source: the notices 国办发明电 named in each file; holidays-2024 art. 2 for the days that are the same every year.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.regulation.law import MonthDay


@dataclass(frozen=True, slots=True)
class Holiday:
    """One holiday of a notice: every day from `first` to `last` is off, `make_up_days` are worked for it."""

    name: str
    name_en: str
    first: date
    last: date
    make_up_days: tuple[date, ...]

    def days_off(self) -> tuple[date, ...]:
        return tuple(self.first + timedelta(days=step) for step in range((self.last - self.first).days + 1))


@dataclass(frozen=True, slots=True)
class Notice:
    """One notice: for which year, under which number, and since when anyone could know it.

    `certainty` is how well its dates are known: `high` where several readings agree.
    """

    year: int
    number: str
    title: str
    published: date
    certainty: str
    holidays: tuple[Holiday, ...]


@cache
def notices() -> tuple[Notice, ...]:
    """Every notice in the data, in the order of publication.

    >>> [notice.number for notice in notices() if notice.year == 2020]
    ['国办发明电〔2019〕16号', '国办发明电〔2020〕1号']
    """
    folder = files(__package__).joinpath("notices")
    found = [
        _notice(int(entry.name.removesuffix(".toml")), notice)
        for entry in folder.iterdir()
        if entry.name.endswith(".toml")
        for notice in tomllib.loads(entry.read_text("utf-8"))["notice"]
    ]
    return tuple(sorted(found, key=lambda notice: notice.published))


@cache
def fixed_days_off() -> frozenset[MonthDay]:
    """The statutory days off whose date is the same every year. Source: holidays-2024 art. 2."""
    table = tomllib.loads(files(__package__).joinpath("fixed_days.toml").read_text("utf-8"))
    return frozenset(MonthDay(**day) for day in table["days"])


def holidays_known_on(day: date | None) -> tuple[tuple[Notice, Holiday], ...]:
    """What governs each holiday once the notices published by a day are known (all of them when it is None).

    A later notice replaces what an earlier one for the same year said of a holiday of that name: days off and make-up
    days together, which is how the extension of Spring Festival 2020 took away a make-up Saturday.
    """
    governing: dict[tuple[int, str], tuple[Notice, Holiday]] = {}
    for notice in notices():
        if day is None or notice.published <= day:
            governing.update({(notice.year, holiday.name): (notice, holiday) for holiday in notice.holidays})
    return tuple(governing.values())


def _notice(year: int, entry: Mapping[str, Any]) -> Notice:
    return Notice(
        year=year,
        number=entry["number"],
        title=entry["title"],
        published=entry["published"],
        certainty=entry["certainty"],
        holidays=tuple(
            Holiday(
                holiday["name"],
                holiday["name_en"],
                holiday["from"],
                holiday["to"],
                tuple(holiday["make_up_days"]),
            )
            for holiday in entry["holiday"]
        ),
    )
