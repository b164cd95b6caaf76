"""Working days as the State Council arranges them: yearly notices as data, and counting in constant time."""

from gongkai.regulation.workdays.calendar import (
    CalendarMissing,
    Day,
    DayKind,
    Workdays,
    provisional_workdays,
    workdays,
)
from gongkai.regulation.workdays.notices import Holiday, Notice, notices

__all__ = [
    "CalendarMissing",
    "Day",
    "DayKind",
    "Holiday",
    "Notice",
    "Workdays",
    "notices",
    "provisional_workdays",
    "workdays",
]
