"""A period in working days that may stand still: its last day, and how every day on the way was counted.

Source: ogi-2019 art. 33 (the time of consultations is not counted).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from gongkai.regulation.workdays import DayKind, Workdays

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Pause:
    """Working days after one day, up to and with another, that are not counted: a consultation."""

    after: date
    until: date

    def covers(self, day: date) -> bool:
        return self.after < day <= self.until


@dataclass(frozen=True, slots=True)
class CountedDay:
    """One calendar day of a period. `number` is its place among the counted ones, None for a day that is not counted.

    `kind` says why: what the day is in the calendar, that the clock paused, that the period starts here (and this day is
    not counted), or that the last natural day rolled on. `holiday`, `holiday_en` and `notice` name what a day off or a
    make-up day rests on.
    """

    on: date
    number: int | None
    kind: DayKind | Literal["start", "paused", "natural_day", "rolled"]
    holiday: str = ""
    holiday_en: str = ""
    notice: str = ""

    @property
    def is_counted(self) -> bool:
        return self.number is not None


@dataclass(frozen=True, slots=True)
class Clock:
    """A period of `working_days` after `start`, less the pauses.

    Day 1 is the first working day after the start. Overlapping and nested pauses count once: what is left out is the
    union of their days. A pause that begins after the period has run out comes too late to stop it; one that begins on
    its last day still does.
    """

    start: date
    working_days: int
    pauses: tuple[Pause, ...] = ()

    def due(self, calendar: Workdays) -> date:
        """The last day of the period. Errors: CalendarMissing when it lies outside the calendar.

        >>> from gongkai.regulation.workdays import workdays
        >>> overlapping = Pause(date(2021, 5, 10), date(2021, 5, 24)), Pause(date(2021, 5, 14), date(2021, 5, 31))
        >>> Clock(date(2021, 5, 6), 20, overlapping).due(workdays())
        datetime.date(2021, 6, 24)
        """
        due = calendar.add(self.start, self.working_days)
        if not self.pauses:
            return due
        # In the order they begin, each pause is judged by a due date that the earlier ones have already moved.
        paused, covered_until = 0, self.start
        for pause in sorted(self.pauses, key=lambda pause: pause.after):
            if pause.after > due:
                break
            beginning = max(pause.after, covered_until)
            if pause.until > beginning:
                paused += calendar.count(beginning, pause.until)
                covered_until = pause.until
                due = calendar.add(self.start, self.working_days + paused)
        return due

    def days(self, calendar: Workdays, until: date | None = None) -> Iterator[CountedDay]:
        """Every calendar day from the start to the due date (or to an earlier day), with what was counted and why.

        Errors: CalendarMissing when the due date lies outside the calendar.
        """
        due = self.due(calendar)
        effective = [pause for pause in self.pauses if pause.after <= due]
        yield CountedDay(self.start, None, "start")
        day, number = self.start, 0
        while day < min(due, until or due):
            day += _ONE_DAY
            kind = calendar.describe(day)
            named = (kind.holiday, kind.holiday_en, kind.notice)
            if not kind.is_worked:
                yield CountedDay(day, None, kind.kind, *named)
            elif any(pause.covers(day) for pause in effective):
                yield CountedDay(day, None, "paused")
            else:
                number += 1
                yield CountedDay(day, number, kind.kind, *named)
