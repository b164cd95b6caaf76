"""An application as far as its events have been read: the facts that rules ask about, and nothing that can be derived."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Literal

from gongkai.regulation.application.events import Party
from gongkai.regulation.deadlines import Channel, Clock, Pause, Periods, periods_on
from gongkai.regulation.finding import Finding
from gongkai.regulation.workdays import Workdays

State = Literal[
    "registered",
    "under_review",
    "correction_requested",
    "third_party_consultation",
    "agency_consultation",
    "fee_noticed",
    "extended",
    "reopened",
    "replied",
    "closed_correction_overdue",
    "closed_fee_unpaid",
    "withdrawn",
]

Turn = Literal["submitted", "received", "correction_requested", "corrected", "fee_notified", "paid", "reopened"]
"""What starts, stops and restarts the clock."""

STARTS: frozenset[Turn] = frozenset({"received", "corrected", "paid", "reopened"})


@dataclass(frozen=True, slots=True)
class Consultation:
    """One request for an opinion. `due_on` is None where the law of the day sets no period."""

    id: str
    party: Party
    sent_on: date
    due_on: date | None
    answered_on: date | None = None

    def is_in_progress(self, day: date) -> bool:
        """Whether the opinion is still waited for at the end of a day."""
        return self.answered_on is None and (self.due_on is None or day <= self.due_on)

    def pause(self, today: date) -> Pause:
        """The days it takes off the clock: from the day after it was sent to the opinion, or to the day that fell due."""
        ends = [day for day in (self.answered_on, self.due_on) if day is not None]
        return Pause(self.sent_on, min(ends) if ends else max(today, self.sent_on))


@dataclass(frozen=True, slots=True)
class Waiting:
    """The applicant has to complete the application, or to pay. `due_on` is None when the agency set no day."""

    since: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Closing:
    """How and when it ended; `outcome` is None for a reply whose outcome the record does not say."""

    state: State
    on: date
    outcome: str | None


@dataclass(slots=True)
class Case:
    """The facts of one application while its events are read in order. `today` is the day reached so far."""

    calendar: Workdays
    channel: Channel
    submitted_on: date
    today: date
    receipt_on: date | None = None
    clock_start: date | None = None
    extension: int = 0
    is_extended: bool = False
    is_reopened: bool = False
    ordered: int | None = None
    consultations: dict[str, Consultation] = field(default_factory=dict)
    correction_asked_on: date | None = None
    correction_in_vain: bool = False
    correction: Waiting | None = None
    fee_asked_on: date | None = None
    fee_in_vain: bool = False
    fee: Waiting | None = None
    closing: Closing | None = None
    due_at_closing: date | None = None
    turns: list[tuple[date, Turn]] = field(default_factory=list)
    findings: list[Finding] = field(default_factory=list)

    @property
    def periods(self) -> Periods:
        """The periods of the law on the day of receipt, which govern the whole life of the application."""
        return periods_on(self.receipt_on or self.submitted_on)

    @property
    def is_halted(self) -> bool:
        """Whether there is no period running at all: not received yet, or waiting for a correction or a payment."""
        return self.clock_start is None or self.correction is not None or self.fee is not None

    def clock(self) -> Clock | None:
        """The period to reply as it stands, None before receipt."""
        if self.clock_start is None:
            return None
        pauses = tuple(consultation.pause(self.today) for consultation in self.consultations.values())
        return Clock(self.clock_start, self.ordered or self.periods.reply + self.extension, pauses)

    def projected_due(self) -> date | None:
        """The last day to reply if every open consultation takes its full time; None while there is no period at all."""
        clock = None if self.is_halted else self.clock()
        return clock.due(self.calendar) if clock else None

    def suspending(self, projected: date | None) -> Iterator[Consultation]:
        """The consultations under way that hold the clock; one sent after the period ran out holds nothing."""
        for consultation in self.consultations.values():
            if projected and consultation.sent_on <= projected and consultation.is_in_progress(self.today):
                yield consultation

    def due(self) -> date | None:
        """The last day to reply; None while the clock does not run."""
        projected = self.projected_due()
        return None if projected is None or any(self.suspending(projected)) else projected

    def is_past_due(self, day: date) -> bool:
        due = self.due()
        return due is not None and day > due

    def start(self, day: date, turn: Turn) -> None:
        """Begin the period to reply, or begin it anew: nothing of the time gone by is carried over."""
        self.clock_start = day
        self.turns.append((day, turn))

    def answer(self, id: str, day: date) -> None:
        self.consultations[id] = replace(self.consultations[id], answered_on=day)

    def lapse(self, day: date) -> None:
        """Close the case when by a day the applicant has let the time to complete it, or to pay, go by.

        Source: ogi-2019 art. 30; fee-measure-2020 art. 6.
        """
        if self.closing:
            return
        lapses = [
            Closing(state, self.calendar.add(waiting.due_on, 1), outcome)
            for waiting, state, outcome in self._lapsing()
            if waiting and waiting.due_on
        ]
        first = min(lapses, key=lambda closing: closing.on, default=None)
        if first and day >= first.on:
            self.closing = first

    def _lapsing(self) -> tuple[tuple[Waiting | None, State, str], ...]:
        return (
            (self.correction, "closed_correction_overdue", "correction_overdue"),
            (self.fee, "closed_fee_unpaid", "fee_unpaid"),
        )

    def state(self) -> State:
        """The state on `today`."""
        if self.closing:
            return self.closing.state
        if self.receipt_on is None:
            return "registered"
        if self.correction:
            return "correction_requested"
        if self.fee:
            return "fee_noticed"
        parties = {consultation.party for consultation in self.suspending(self.projected_due())}
        if parties:
            return "third_party_consultation" if "third_party" in parties else "agency_consultation"
        if self.is_reopened:
            return "reopened"
        return "extended" if self.is_extended else "under_review"
