"""Every day as a day of receipt, by every channel and with every turn a case can take: the due date is the one that a
brute-force count finds which walks the calendar day by day and asks another package whether a day is worked."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

import pytest

from gongkai.regulation.application import (
    Confirmed,
    ConsultationAnswered,
    ConsultationSent,
    CorrectionReceived,
    CorrectionRequested,
    Event,
    Extended,
    FeeNotified,
    FeePaid,
    Submitted,
    standing,
)
from gongkai.regulation.deadlines import CHANNELS, Channel
from gongkai.regulation.workdays import provisional_workdays, workdays
from tests.regulation.application.histories import ONE_DAY, counted_by_hand

FIRST_DAY = date(2019, 5, 15)
FEES_FROM = date(2021, 1, 1)
LONG_AFTER = timedelta(days=150)
CONFIRMED_CHANNELS = ("post_unsigned", "online", "fax")
CALENDAR = provisional_workdays()
hand = cache(counted_by_hand)


@dataclass(frozen=True)
class Expected:
    """What a turn comes to: from when, how many working days, less which pauses."""

    start: date
    working_days: int = 20
    pauses: tuple[tuple[date, date], ...] = ()


def after(day: date, days: int) -> date:
    return day + timedelta(days=days)


def sent(day: date, name: str = "a", party: str = "third_party", received: date | None = None) -> Event:
    return ConsultationSent(day, party, name, received)


def nothing(day: date) -> tuple[list[Event], Expected]:
    return [], Expected(day)


def correction(day: date) -> tuple[list[Event], Expected]:
    return [CorrectionRequested(after(day, 3)), CorrectionReceived(after(day, 9))], Expected(after(day, 9))


def consultation(day: date) -> tuple[list[Event], Expected]:
    events = [sent(after(day, 2), received=after(day, 3)), ConsultationAnswered(after(day, 12), "a")]
    return events, Expected(day, pauses=((after(day, 2), after(day, 12)),))


def silence(day: date) -> tuple[list[Event], Expected]:
    """Nobody answers: the pause ends 15 working days after the letter was received."""
    until = hand(after(day, 5), 15)
    return [sent(after(day, 2), party="agency", received=after(day, 5))], Expected(
        day, pauses=((after(day, 2), until),)
    )


def overlapping(day: date) -> tuple[list[Event], Expected]:
    events = [
        sent(after(day, 2)),
        sent(after(day, 8), "b"),
        ConsultationAnswered(after(day, 14), "a"),
        ConsultationAnswered(after(day, 20), "b"),
    ]
    return events, Expected(day, pauses=((after(day, 2), after(day, 14)), (after(day, 8), after(day, 20))))


def nested(day: date) -> tuple[list[Event], Expected]:
    events = [
        sent(after(day, 1)),
        sent(after(day, 5), "b", "agency"),
        ConsultationAnswered(after(day, 9), "b"),
        ConsultationAnswered(after(day, 13), "a"),
    ]
    return events, Expected(day, pauses=((after(day, 1), after(day, 13)), (after(day, 5), after(day, 9))))


def extension(day: date) -> tuple[list[Event], Expected]:
    return [Extended(after(day, 11), 20)], Expected(day, 40)


def shorter_extension(day: date) -> tuple[list[Event], Expected]:
    return [Extended(after(day, 11), 8)], Expected(day, 28)


def consultation_on_the_last_day(day: date) -> tuple[list[Event], Expected]:
    last = hand(day, 20)
    events = [sent(last), ConsultationAnswered(after(last, 6), "a")]
    return events, Expected(day, pauses=((last, after(last, 6)),))


def correction_and_extension(day: date) -> tuple[list[Event], Expected]:
    return [*correction(day)[0], Extended(after(day, 15), 20)], Expected(after(day, 9), 40)


def extension_while_consulting(day: date) -> tuple[list[Event], Expected]:
    events = [sent(after(day, 2)), Extended(after(day, 6), 10), ConsultationAnswered(after(day, 12), "a")]
    return events, Expected(day, 30, ((after(day, 2), after(day, 12)),))


def consultation_across_a_correction(day: date) -> tuple[list[Event], Expected]:
    events = [
        sent(after(day, 1)),
        CorrectionRequested(after(day, 3)),
        CorrectionReceived(after(day, 9)),
        sent(after(day, 11), "b"),
        ConsultationAnswered(after(day, 14), "a"),
        ConsultationAnswered(after(day, 18), "b"),
    ]
    return events, Expected(after(day, 9), pauses=((after(day, 1), after(day, 14)), (after(day, 11), after(day, 18))))


def everything(day: date) -> tuple[list[Event], Expected]:
    events = [*consultation_across_a_correction(day)[0], Extended(after(day, 20), 20)]
    return events, Expected(after(day, 9), 40, consultation_across_a_correction(day)[1].pauses)


def fee(day: date) -> tuple[list[Event], Expected]:
    if day < FEES_FROM:
        return nothing(day)
    return [FeeNotified(after(day, 6), after(day, 7)), FeePaid(after(day, 16))], Expected(after(day, 16))


TURNS: tuple[Callable[[date], tuple[list[Event], Expected]], ...] = (
    nothing,
    correction,
    consultation,
    silence,
    overlapping,
    nested,
    extension,
    shorter_extension,
    consultation_on_the_last_day,
    correction_and_extension,
    extension_while_consulting,
    consultation_across_a_correction,
    everything,
    fee,
)


def beginning(day: date, channel: Channel) -> list[Event]:
    if channel in CONFIRMED_CHANNELS:
        return [Submitted(max(day - ONE_DAY, FIRST_DAY), channel), Confirmed(day)]
    return [Submitted(day, channel)]


def differences(days: Iterator[date]) -> Iterator[str]:
    for day in days:
        for turn in TURNS:
            try:
                events, expected = turn(day)
                due = hand(expected.start, expected.working_days, expected.pauses)
            except NotImplementedError:
                due = None
            if due is None:
                continue
            for channel in CHANNELS:
                found = standing([*beginning(day, channel), *events], CALENDAR, day + LONG_AFTER)
                if (found.receipt_on, found.due_on, found.provisional) != (day, due, False):
                    yield f"{turn.__name__} {channel} {day}: {found.due_on}, by hand {due}"


def receipt_days(step: int = 1) -> Iterator[date]:
    day = FIRST_DAY
    while day <= workdays().known_until:
        yield day
        day += step * ONE_DAY


def test_the_due_date_of_sampled_days_is_that_of_a_count_by_hand() -> None:
    # 29 is prime to the week, so that in eight years every weekday and every holiday has its turn.
    assert list(differences(receipt_days(step=29))) == []


@pytest.mark.slow
def test_the_due_date_of_every_day_is_that_of_a_count_by_hand() -> None:
    assert list(differences(receipt_days())) == []


def test_a_due_date_in_a_year_without_a_notice_is_provisional() -> None:
    for day in (date(2026, 12, 4), date(2026, 12, 31)):
        assert standing([Submitted(day, "in_person")], CALENDAR, day).provisional
    assert not standing([Submitted(date(2026, 12, 3), "in_person")], CALENDAR, date(2026, 12, 3)).provisional
