"""The day of receipt, from which every period of an application runs: by the channel it came through."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from typing import Literal, get_args

from gongkai.regulation.law import law_on

Channel = Literal["in_person", "oral", "post_signed", "post_unsigned", "online", "fax"]

CHANNELS: tuple[Channel, ...] = get_args(Channel)

SAME_DAY_CONFIRMATION: frozenset[Channel] = frozenset({"post_unsigned"})
"""Channels whose confirmation the law wants on the day the letter comes. Source: ogi-2019 art. 31(2)."""


def receipt_on(channel: Channel, submitted_on: date, confirmed_on: date | None) -> date | None:
    """The day of receipt; None while a channel that needs the confirmation of both sides waits for it.

    `submitted_on` is the day the application reaches the agency: handed in, signed for, arrived, sent online. The law is
    that of this day.
    Errors: LawMissing before 2008-05-01.
    Source: ogi-2019 art. 31; ogi-2008 art. 24.
    >>> receipt_on("online", date(2023, 6, 17), date(2023, 6, 19))
    datetime.date(2023, 6, 19)
    >>> receipt_on("post_signed", date(2019, 9, 10), None)
    datetime.date(2019, 9, 10)
    """
    return confirmed_on if needs_confirmation(channel, submitted_on) else submitted_on


@lru_cache(maxsize=32768)
def needs_confirmation(channel: Channel, submitted_on: date) -> bool:
    """Whether receipt waits until both sides have confirmed it.

    >>> needs_confirmation("fax", date(2019, 5, 14)), needs_confirmation("fax", date(2019, 5, 15))
    (False, True)
    """
    return law_on(submitted_on).parameter(f"receipt_{channel}", str).value == "confirmation"
