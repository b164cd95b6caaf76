"""Due dates of the law, one function each: from the day something happened to the last day of the period it starts.

Working days come from the calendar that is given; a provisional one gives provisional dates, and they say so.
"""

from __future__ import annotations

import calendar as months
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.regulation.deadlines.clock import Clock, CountedDay, Pause
from gongkai.regulation.law import LawMissing, law_on
from gongkai.regulation.workdays import Workdays

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class DueDate:
    """The last day of a period. `days` is its derivation, day by day; `source` the article that sets the period.

    `provisional` says that the date lies beyond the last notice on days off and may still move.
    """

    on: date
    provisional: bool
    source: str
    days: tuple[CountedDay, ...]


def reply_due(received_on: date, calendar: Workdays, *, extension: int = 0, pauses: tuple[Pause, ...] = ()) -> DueDate:
    """The last day to reply to an application received on a day; the extension in working days, consultations as pauses.

    Errors: CalendarMissing when the date lies outside the calendar; LawMissing before 2008-05-01.
    Source: ogi-2019 art. 33; ogi-2008 art. 24.
    >>> from gongkai.regulation.workdays import workdays
    >>> reply_due(date(2024, 4, 12), workdays()).on  # the make-up days around 1 May count
    datetime.date(2024, 5, 13)
    """
    period = law_on(received_on).parameter("reply_period", int)
    return _in_working_days(Clock(received_on, period.value + extension, pauses), period.source, calendar)


def correction_notice_due(received_on: date, calendar: Workdays) -> DueDate:
    """The last day to ask the applicant to complete an unclear application; after it the application counts as complete.

    Errors: CalendarMissing; LawMissing before 2019-05-15, when there was no such period.
    Source: ogi-2019 art. 30.
    >>> from gongkai.regulation.workdays import workdays
    >>> correction_notice_due(date(2020, 1, 21), workdays()).on
    datetime.date(2020, 2, 7)
    """
    return _of_parameter("correction_notice_period", received_on, received_on, calendar)


def third_party_opinion_due(letter_received_on: date, calendar: Workdays) -> DueDate:
    """The last day for a third party to state its opinion; when it is silent the agency decides by itself.

    Errors: CalendarMissing; LawMissing before 2019-05-15.
    Source: ogi-2019 art. 32.
    """
    return _of_parameter("third_party_opinion_period", letter_received_on, letter_received_on, calendar)


def agency_opinion_due(letter_received_on: date, calendar: Workdays) -> DueDate:
    """The last day for a co-producing agency to state its opinion; when it is silent it counts as agreeing to disclosure.

    Errors: CalendarMissing; LawMissing before 2019-05-15.
    Source: ogi-2019 art. 34.
    """
    return _of_parameter("agency_opinion_period", letter_received_on, letter_received_on, calendar)


def fee_payment_due(notice_received_on: date, calendar: Workdays) -> DueDate:
    """The last day to pay the information-processing fee; after it the application counts as given up.

    Errors: CalendarMissing; LawMissing before 2021-01-01.
    Source: fee-measure-2020 art. 6.
    """
    return _of_parameter("fee_payment_period", notice_received_on, notice_received_on, calendar)


def publication_due(formed_on: date, calendar: Workdays) -> DueDate:
    """The last day to publish information that must be public, from the day it is made or changed.

    Errors: CalendarMissing; LawMissing before 2008-05-01.
    Source: ogi-2019 art. 26; ogi-2008 art. 18.
    >>> from gongkai.regulation.workdays import workdays
    >>> publication_due(date(2024, 2, 6), workdays()).on
    datetime.date(2024, 3, 11)
    """
    return _of_parameter("proactive_disclosure_period", formed_on, formed_on, calendar)


def reconsideration_due(known_on: date, calendar: Workdays) -> DueDate:
    """The last day to apply for reconsideration, natural days; a last day of rest rolls on to the next working day.

    Errors: CalendarMissing. Source: reconsideration-2023 art. 20; reconsideration-1999 art. 9.
    >>> from gongkai.regulation.workdays import workdays
    >>> reconsideration_due(date(2024, 7, 24), workdays()).on
    datetime.date(2024, 9, 23)
    """
    return _in_natural_days("reconsideration_period", known_on, calendar)


def lawsuit_due(known_on: date, calendar: Workdays) -> DueDate:
    """The last day to sue without reconsideration, in months; where the month has no such day, its last.

    Errors: CalendarMissing. Source: litigation-2014 art. 46.
    >>> from gongkai.regulation.workdays import workdays
    >>> lawsuit_due(date(2023, 8, 31), workdays()).on
    datetime.date(2024, 2, 29)
    """
    period = law_on(known_on).parameter("direct_lawsuit_period", int)
    return _rolled(known_on, _months_later(known_on, period.value), period.source, calendar)


def lawsuit_after_reconsideration_due(decision_received_on: date, calendar: Workdays) -> DueDate:
    """The last day to sue after a reconsideration decision was received, natural days, rolled on from a day of rest.

    Errors: CalendarMissing. Source: litigation-2014 art. 45.
    """
    return _in_natural_days("lawsuit_after_reconsideration_period", decision_received_on, calendar)


def reconsideration_answer_due(copy_received_on: date, calendar: Workdays) -> DueDate:
    """The last day for the agency to answer in reconsideration: working days since 2024-01-01, natural days before.

    Errors: CalendarMissing. Source: reconsideration-2023 art. 48, 88; reconsideration-1999 art. 23.
    >>> from gongkai.regulation.workdays import workdays
    >>> reconsideration_answer_due(date(2024, 4, 26), workdays()).on, reconsideration_answer_due(date(2023, 4, 26), workdays()).on
    (datetime.date(2024, 5, 13), datetime.date(2023, 5, 6))
    """
    try:
        return _of_parameter("reconsideration_answer_working_period", copy_received_on, copy_received_on, calendar)
    except LawMissing:  # the older law, whose ten days are natural ones
        return _in_natural_days("reconsideration_answer_period", copy_received_on, calendar)


def lawsuit_answer_due(copy_received_on: date, calendar: Workdays) -> DueDate:
    """The last day for the agency to hand in its evidence and its answer to a court, natural days.

    Errors: CalendarMissing. Source: litigation-2014 art. 67.
    >>> from gongkai.regulation.workdays import workdays
    >>> lawsuit_answer_due(date(2024, 4, 12), workdays()).on
    datetime.date(2024, 4, 28)
    """
    return _in_natural_days("lawsuit_answer_period", copy_received_on, calendar)


def appeal_answer_due(copy_received_on: date, calendar: Workdays) -> DueDate:
    """The last day for the agency to answer the other side's appeal in the second instance, natural days.

    Errors: CalendarMissing; LawMissing before 2000-03-10. Source: litigation-rules-2018 art. 108; litigation-rules-2000 art. 66.
    >>> from gongkai.regulation.workdays import workdays
    >>> appeal_answer_due(date(2024, 9, 18), workdays()).on  # 3 October is a day of rest
    datetime.date(2024, 10, 8)
    """
    return _in_natural_days("appeal_answer_period", copy_received_on, calendar)


def retrial_opinion_due(copy_received_on: date, calendar: Workdays) -> DueDate:
    """The last day for the agency to state its opinion on the other side's application for retrial, natural days.

    Errors: CalendarMissing; LawMissing before 2018-02-08. Source: litigation-rules-2018 art. 111.
    """
    return _in_natural_days("retrial_opinion_period", copy_received_on, calendar)


def decision_consultation_until(opened_on: date) -> date:
    """The earliest day a public consultation on a major decision may close without a published reason; natural days.

    It is a minimum, not a last day, so it does not roll on from a day of rest.
    Errors: LawMissing before 2019-09-01. Source: major-decisions-2019 art. 15.
    >>> decision_consultation_until(date(2020, 11, 2))
    datetime.date(2020, 12, 2)
    """
    return opened_on + timedelta(days=law_on(opened_on).parameter("decision_consultation_period", int).value)


def _of_parameter(key: str, asked_on: date, start: date, calendar: Workdays) -> DueDate:
    period = law_on(asked_on).parameter(key, int)
    return _in_working_days(Clock(start, period.value), period.source, calendar)


def _in_working_days(clock: Clock, source: str, calendar: Workdays) -> DueDate:
    due = clock.due(calendar)
    return DueDate(due, calendar.is_assumed(due), source, tuple(clock.days(calendar)))


def _in_natural_days(key: str, start: date, calendar: Workdays) -> DueDate:
    period = law_on(start).parameter(key, int)
    return _rolled(start, start + timedelta(days=period.value), period.source, calendar)


def _rolled(start: date, last: date, source: str, calendar: Workdays) -> DueDate:
    due = calendar.on_or_after(last)
    return DueDate(due, calendar.is_assumed(due), source, tuple(_natural_days(start, last, due)))


def _natural_days(start: date, last: date, due: date) -> Iterator[CountedDay]:
    yield CountedDay(start, None, "start")
    for number in range(1, (last - start).days + 1):
        yield CountedDay(start + number * _ONE_DAY, number, "natural_day")
    for step in range(1, (due - last).days + 1):
        yield CountedDay(last + step * _ONE_DAY, None, "rolled")


def _months_later(day: date, count: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + count, 12)
    return date(year, month + 1, min(day.day, months.monthrange(year, month + 1)[1]))
