"""Messages from the public (留言): the office's own promise, the rule, and the line beyond which a website fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.regulation.law import LawMissing, law_on, parameters

AddWorkingDays = Callable[[date, int], date]


@dataclass(frozen=True, slots=True)
class MessageClocks:
    """The last days to answer a message: as promised, as ruled, and before the whole website fails its inspection.

    A rule that did not exist yet has no day.
    """

    promised_by: date
    ruled_by: date | None
    veto_after: date | None


def message_clocks(received_on: date, promised_working_days: int, add_working_days: AddWorkingDays) -> MessageClocks:
    """The three clocks of a message received on a day; the first working day is the one after receipt.

    Source: website-content-2014#messages, website-indicators-2019#messages; the promise is the office's own.
    >>> from gongkai.regulation.workdays import workdays
    >>> message_clocks(date(2020, 4, 29), 3, workdays().add).promised_by
    datetime.date(2020, 5, 7)
    """
    rule, veto = _value(received_on, "message_reply_period"), _value(received_on, "message_veto_period")
    return MessageClocks(
        add_working_days(received_on, promised_working_days),
        add_working_days(received_on, rule) if rule is not None else None,
        _months_after(received_on, veto) if veto is not None else None,
    )


def answer_periods(on: date) -> tuple[int, int]:
    """Within how many working days a message is answered, usually and where it is complicated.

    An office may promise less, not more than the second. Of a day before there was a rule, those of the first rule.
    Source: website-content-2014#messages.
    >>> answer_periods(date(2020, 4, 29)), answer_periods(date(2010, 1, 1))
    ((7, 15), (7, 15))
    """
    rule = law_on(max(on, parameters()["message_reply_period"][0].since))
    return rule.parameter("message_reply_period", int).value, rule.parameter("message_longest_period", int).value


def _value(on: date, key: str) -> int | None:
    try:
        return law_on(on).parameter(key, int).value
    except LawMissing:
        return None


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in range(day.day, 27, -1):
        try:
            return date(year, month + 1, last)
        except ValueError:
            continue
    return date(year, month + 1, min(day.day, 28))
