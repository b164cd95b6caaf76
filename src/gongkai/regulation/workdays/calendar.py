"""Working days of the State Council's calendar: is a day worked, how many lie between, which is the n-th after."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Literal

from gongkai.regulation.law import MonthDay
from gongkai.regulation.workdays.notices import fixed_days_off, holidays_known_on

DayKind = Literal["working_day", "make_up_day", "weekend", "holiday", "assumed_working_day", "fixed_holiday"]

_SATURDAY = 5
_YEARS_ASSUMED = 10
"""How far beyond the last notice a provisional calendar reaches: an open case is never that far from its due date."""


class CalendarMissing(LookupError):
    """A day lies in a year whose notice is not in the data. Nothing is guessed: load the notice, or ask provisionally."""

    def __init__(self, year: int) -> None:
        super().__init__(
            f"the State Council's notice on days off in {year} is not in the data (workdays/notices/{year}.toml)"
        )
        self.year = year


@dataclass(frozen=True, slots=True)
class Day:
    """What a day is, and why: the holiday it belongs to and the number of the notice that says so."""

    kind: DayKind
    holiday: str = ""
    holiday_en: str = ""
    notice: str = ""

    @property
    def is_worked(self) -> bool:
        return self.kind in ("working_day", "make_up_day", "assumed_working_day")


@dataclass(frozen=True, slots=True, eq=False)
class Workdays:
    """A calendar from the first day of `first_year` to the last of `last_year`, the notices being known up to `known_until`.

    Made by `workdays()`. Every question is a table look-up: `_worked` lists the working days, `_passed` says for each day
    of the calendar how many of them have gone by at its end.
    """

    first_year: int
    last_year: int
    known_until: date
    _special: Mapping[date, Day]
    _worked: tuple[date, ...]
    _passed: tuple[int, ...]
    _origin: int

    def is_working_day(self, day: date) -> bool:
        """Whether a day is worked. Errors: CalendarMissing outside the calendar.

        >>> workdays().is_working_day(date(2020, 1, 19)), workdays().is_working_day(date(2024, 2, 9))
        (True, True)
        """
        passed = self._gone_by(day)
        return passed > 0 and self._worked[passed - 1] == day

    def add(self, start: date, working_days: int) -> date:
        """The n-th working day after a day, which itself is never counted.

        Errors: CalendarMissing when that day lies outside the calendar; ValueError when n is not positive.
        >>> workdays().add(date(2024, 4, 12), 20)
        datetime.date(2024, 5, 13)
        """
        if working_days < 1:
            raise ValueError(f"a period has at least one working day, not {working_days}")
        place = self._gone_by(start) + working_days - 1
        if place >= len(self._worked):
            raise CalendarMissing(self.last_year + 1)
        return self._worked[place]

    def count(self, after: date, until: date) -> int:
        """How many working days lie after one day and not after the other; negative when they are the other way round.

        Errors: CalendarMissing outside the calendar.
        >>> workdays().count(date(2021, 3, 8), date(2021, 3, 24))
        12
        """
        return self._gone_by(until) - self._gone_by(after)

    def on_or_after(self, day: date) -> date:
        """The day itself when it is worked, else the next one that is. Errors: CalendarMissing outside the calendar.

        >>> workdays().on_or_after(date(2024, 10, 4))
        datetime.date(2024, 10, 8)
        """
        return day if self.is_working_day(day) else self.add(day, 1)

    def is_assumed(self, day: date) -> bool:
        """Whether a day lies beyond the last notice, so that whatever is counted there is provisional."""
        return day > self.known_until

    def describe(self, day: date) -> Day:
        """What a day is and which notice says so. Errors: CalendarMissing outside the calendar.

        >>> workdays().describe(date(2020, 2, 1)).notice
        '国办发明电〔2020〕1号'
        """
        self._gone_by(day)
        return self._special.get(day) or _ordinary(day, self.is_assumed(day))

    def provisional(self) -> Workdays:
        """The same calendar, reaching on into years without a notice: Monday to Friday less the fixed statutory days.

        Such a year has more working days than its notice will leave, so a provisional date is mostly early; where make-up
        days come first it can be late (docs/workday-counting.md). Whoever shows a date asks `is_assumed` and says so.
        >>> workdays().provisional().add(date(2026, 12, 10), 20)
        datetime.date(2027, 1, 8)
        """
        return _table(self.first_year, self.known_until.year + _YEARS_ASSUMED, self.known_until, self._special)

    def _gone_by(self, day: date) -> int:
        """How many working days of the calendar have gone by at the end of a day."""
        place = day.toordinal() - self._origin
        if not 0 <= place < len(self._passed):
            raise CalendarMissing(day.year)
        return self._passed[place]


@cache
def workdays(known_on: date | None = None) -> Workdays:
    """The calendar from the first year in the data to the last, as known on a day: later notices are left out.

    Errors: CalendarMissing when no notice had been published by then.
    >>> workdays(known_on=date(2020, 1, 10)).add(date(2020, 1, 10), 20)
    datetime.date(2020, 2, 12)
    >>> workdays().add(date(2020, 1, 10), 20)
    datetime.date(2020, 2, 14)
    """
    special: dict[date, Day] = {}
    years = set()
    for notice, holiday in holidays_known_on(known_on):
        years.add(notice.year)
        names = (holiday.name, holiday.name_en, notice.number)
        special.update((day, Day("holiday", *names)) for day in holiday.days_off())
        special.update((day, Day("make_up_day", *names)) for day in holiday.make_up_days)
    if not years:
        raise CalendarMissing((known_on or date.min).year)
    for year in range(min(years), max(years)):
        if year not in years:
            raise CalendarMissing(year)
    return _table(min(years), max(years), date(max(years), 12, 31), special)


@cache
def provisional_workdays() -> Workdays:
    """The provisional calendar of everything in the data; see `Workdays.provisional`."""
    return workdays().provisional()


def _table(first_year: int, last_year: int, known_until: date, special: Mapping[date, Day]) -> Workdays:
    first, worked, passed = date(first_year, 1, 1), [], []
    for step in range((date(last_year, 12, 31) - first).days + 1):
        day = first + timedelta(days=step)
        if (special.get(day) or _ordinary(day, day > known_until)).is_worked:
            worked.append(day)
        passed.append(len(worked))
    return Workdays(
        first_year, last_year, known_until, special, tuple(worked), tuple(passed), _origin=first.toordinal()
    )


def _ordinary(day: date, assumed: bool) -> Day:
    """A day that no notice names. Source: rest-days-1995 art. 7 (Saturday and Sunday are days of rest)."""
    if day.weekday() >= _SATURDAY:
        return Day("weekend")
    if not assumed:
        return Day("working_day")
    return Day("fixed_holiday") if MonthDay(day.month, day.day) in fixed_days_off() else Day("assumed_working_day")
