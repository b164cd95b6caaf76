"""Where an application stands on a day: its state, its clock with the derivation, what may be done next, what went wrong."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from gongkai.regulation.application.case import STARTS, Case, Consultation, State, Turn
from gongkai.regulation.application.events import Event
from gongkai.regulation.application.reading import read
from gongkai.regulation.application.verbs import VERBS, Verb, found, why_not
from gongkai.regulation.deadlines import Channel, CountedDay
from gongkai.regulation.finding import Finding
from gongkai.regulation.workdays import Workdays


@dataclass(frozen=True, slots=True)
class Step:
    """One line of a derivation: a calendar day that was counted or not, or an event that stopped or restarted the clock.

    `counted_day` is None for an event; `turn` is what stopped the clock, or what started it on its first day.
    """

    on: date
    counted_day: CountedDay | None = None
    turn: Turn | None = None

    @property
    def number(self) -> int | None:
        """The place of the day among the counted ones, None when it was not counted."""
        return self.counted_day.number if self.counted_day else None


@dataclass(frozen=True, slots=True)
class Standing:
    """An application on a day; everything here is derived from its events.

    `due_on` is the last day to reply, None while the clock does not run (before receipt, while the applicant has to
    complete or to pay, during a consultation, after a withdrawal or a closing); after a reply it is the day that was due
    then. While a consultation holds the clock `expected_due_on` is the date if the opinion never comes, and
    `waiting_until` the last day of whatever is waited for. `provisional`: a date lies beyond the last notice on days off.
    `outcome` is a key of the table of outcomes.
    """

    on: date
    state: State
    channel: Channel
    receipt_on: date | None
    due_on: date | None
    expected_due_on: date | None
    waiting_until: date | None
    provisional: bool
    closed_on: date | None
    outcome: str | None
    findings: tuple[Finding, ...]
    _case: Case = field(repr=False, compare=False)

    @property
    def is_open(self) -> bool:
        return self.closed_on is None

    @property
    def days_left(self) -> int | None:
        """Working days from this day to the due date: 0 on the last day, negative once it is past; None without one."""
        if self.due_on is None or not self.is_open:
            return None
        return self._case.calendar.count(self.on, self.due_on)

    @property
    def lawful_next(self) -> tuple[Verb, ...]:
        """What the law allows to be done on this day."""
        return tuple(verb for verb in VERBS if self.why_not(verb) is None)

    def why_not(self, verb: Verb) -> Finding | None:
        """Why something may not be done on this day; None when it may. Errors: ValueError for a verb there is none of."""
        if verb not in VERBS:
            raise ValueError(f"no verb {verb!r}; there are {', '.join(VERBS)}")
        return why_not(self._case, verb, self.on)

    def consultation(self, id: str) -> Consultation | None:
        """A request for an opinion with its last day, by the `id` of its event; None before it was sent."""
        return self._case.consultations.get(id)

    def derivation(self) -> tuple[Step, ...]:
        """How the due date comes about: the events that moved the clock, then every calendar day of the period.

        While the clock stands still the days end with this one, or with the event that stopped it.
        """
        return tuple(_steps(self._case, self))


def standing(events: Sequence[Event], calendar: Workdays, on: date) -> Standing:
    """Where an application stands on a day, by what had happened up to then.

    The law is that of the day of receipt. With `provisional_workdays()` dates beyond the last notice are marked
    provisional; with `workdays()` they raise.
    Errors: HistoryBroken for events that are no history; CalendarMissing outside the calendar; LawMissing before
    2008-05-01.
    >>> from gongkai.regulation.application.events import Confirmed, Submitted
    >>> from gongkai.regulation.workdays import workdays
    >>> events = Submitted(date(2023, 6, 17), "online"), Confirmed(date(2023, 6, 19))
    >>> found = standing(events, workdays(), date(2023, 6, 20))
    >>> found.state, found.receipt_on.isoformat(), found.due_on.isoformat(), found.days_left
    ('under_review', '2023-06-19', '2023-07-18', 19)
    """
    case = read(events, calendar, on)
    closing = case.closing
    due, expected = (case.due_at_closing, None) if closing else _due_dates(case)
    waiting_until = None if closing else _waiting_until(case, expected)
    dates = [day for day in (due, expected, waiting_until) if day]
    return Standing(
        on=on,
        state=case.state(),
        channel=case.channel,
        receipt_on=case.receipt_on,
        due_on=due,
        expected_due_on=expected,
        waiting_until=waiting_until,
        provisional=bool(dates) and calendar.is_assumed(max(dates)),
        closed_on=closing.on if closing else None,
        outcome=closing.outcome if closing else None,
        findings=(*case.findings, *_findings_today(case, due)),
        _case=case,
    )


def _due_dates(case: Case) -> tuple[date | None, date | None]:
    """The due date while the clock runs, or the expected one while a consultation holds it."""
    projected = case.projected_due()
    return (None, projected) if any(case.suspending(projected)) else (projected, None)


def _waiting_until(case: Case, expected: date | None) -> date | None:
    if case.correction or case.fee:
        waits = [waiting.due_on for waiting in (case.correction, case.fee) if waiting and waiting.due_on]
        return min(waits, default=None)
    ends = [consultation.due_on for consultation in case.suspending(expected)]
    return max((end for end in ends if end), default=None)


def _findings_today(case: Case, due: date | None) -> Iterator[Finding]:
    """What is wrong with an open case because of the day it is."""
    if case.closing:
        return
    if case.receipt_on is None and case.today > case.submitted_on:
        yield found("CONFIRM-WAITING", case.today, submitted=case.submitted_on)
    if due and case.today > due:
        yield found("REPLY-OVERDUE", case.today, due=due, days=case.calendar.count(due, case.today))


def _steps(case: Case, result: Standing) -> Iterator[Step]:
    starts = [place for place, (_, turn) in enumerate(case.turns) if turn in STARTS]
    last_start = starts[-1] if starts else len(case.turns)
    for day, turn in case.turns[:last_start]:
        yield Step(day, turn=turn)
    clock = case.clock()
    if clock is None:
        return
    for counted in clock.days(case.calendar, _stopped_on(case, result)):
        yield Step(counted.on, counted, case.turns[last_start][1] if counted.kind == "start" else None)
    for day, turn in case.turns[last_start + 1 :]:
        yield Step(day, turn=turn)


def _stopped_on(case: Case, result: Standing) -> date | None:
    """The day on which the days end when there is no due date to lead to."""
    if result.due_on:
        return None
    halts = [waiting.since for waiting in (case.correction, case.fee) if waiting]
    return min([*halts, case.closing.on if case.closing else result.on])
