"""What can happen to an application: dated facts, in the order they happened. Nothing else is ever stored of its state.

`on` is the day of the fact. The kind of an event, as files and ledgers name it, is its class name in snake case.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Literal, get_args

from gongkai.regulation.deadlines import Channel

Party = Literal["third_party", "agency"]


@dataclass(frozen=True, slots=True)
class Submitted:
    """The application reached the agency: handed in, signed for, arrived, or sent online. Always the first event."""

    on: date
    channel: Channel


@dataclass(frozen=True, slots=True)
class Confirmed:
    """Agency and applicant confirmed to each other that the application is there. Source: ogi-2019 art. 31."""

    on: date


@dataclass(frozen=True, slots=True)
class CorrectionRequested:
    """The applicant was asked to complete an unclear application.

    `working_days` is the reasonable period the agency set, None when it set none; it runs from the day the applicant
    received the notice (`received_on`, by default the day it was sent). Source: ogi-2019 art. 30.
    """

    on: date
    working_days: int | None = None
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class CorrectionReceived:
    """The completed application arrived. `justified`: the agency accepts a good reason for its coming late."""

    on: date
    justified: bool = False


@dataclass(frozen=True, slots=True)
class ConsultationSent:
    """A third party, or an agency that made the information too, was asked for its opinion.

    `received_on` is the day it received the letter, from which its time runs (by default the day it was sent).
    Source: ogi-2019 art. 32, 34.
    """

    on: date
    party: Party
    id: str = ""
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class ConsultationAnswered:
    """The opinion asked for under that id arrived."""

    on: date
    id: str = ""


@dataclass(frozen=True, slots=True)
class Extended:
    """The applicant was told that the reply will take so many working days longer.

    `reason` is what the applicant was told, None when the record does not say; `approved` that the head of the
    disclosure office agreed. Source: ogi-2019 art. 33.
    """

    on: date
    working_days: int
    reason: str | None = None
    approved: bool = True


@dataclass(frozen=True, slots=True)
class FeeNotified:
    """A fee notice was sent; the time to pay runs from the day it was received (by default the day it was sent).

    Source: fee-measure-2020 art. 6.
    """

    on: date
    received_on: date | None = None


@dataclass(frozen=True, slots=True)
class FeePaid:
    """The applicant paid the fee. Source: fee-measure-2020 art. 7."""

    on: date


@dataclass(frozen=True, slots=True)
class Replied:
    """The reply was served: posted, or signed for when handed over. `outcome` is a key of the table of outcomes."""

    on: date
    outcome: str | None = None


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """The applicant took the application back."""

    on: date


@dataclass(frozen=True, slots=True)
class Reopened:
    """A reconsideration decision or a judgment set the reply, or the closing, aside: the application is handled again.

    `working_days` is the period the decision orders, None when it orders the statutory one. It runs from this day, on which
    the agency received the decision. Source: reconsideration-2023 art. 64; litigation-2014 art. 70.
    """

    on: date
    working_days: int | None = None


Event = (
    Submitted
    | Confirmed
    | CorrectionRequested
    | CorrectionReceived
    | ConsultationSent
    | ConsultationAnswered
    | Extended
    | FeeNotified
    | FeePaid
    | Replied
    | Withdrawn
    | Reopened
)


def _kind(event: type[Event]) -> str:
    return re.sub(r"(?<!^)(?=[A-Z])", "_", event.__name__).lower()


EVENTS: Mapping[str, type[Event]] = MappingProxyType({_kind(event): event for event in get_args(Event)})
"""Every kind of event by its name.

>>> list(EVENTS)[:3]
['submitted', 'confirmed', 'correction_requested']
"""

KINDS: Mapping[type[Event], str] = MappingProxyType({event: kind for kind, event in EVENTS.items()})
