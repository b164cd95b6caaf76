"""Where a case stands, asked of the law core; and the one function that writes it into the derived columns."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import date, timedelta
from functools import lru_cache

from gongkai.office.casework.facts import facts, standing_rows
from gongkai.office.casework.models import Application, ApplicationEvent
from gongkai.regulation import application as law
from gongkai.regulation.deadlines import SAME_DAY_CONFIRMATION
from gongkai.regulation.workdays import Workdays, provisional_workdays

DERIVED = (
    "state",
    "receipt_on",
    "due_on",
    "expected_due_on",
    "waiting_until",
    "is_provisional",
    "alarm_on",
    "closed_on",
    "outcome",
    "archived_on",
    "decided_outcome",
    "counted_on",
    "counted_outcome",
    "handled_in",
    "is_late",
    "crosses_years",
    "calendar_mark",
    "derived_on",
)
CONFIRM_WITHIN = 1
"""Working days in which the office confirms an application of the internet or by fax: the law sets none, and says of the
plain letter that it is confirmed the day it comes. An application that waits longer raises an alarm, because nothing
else would ever make its clock run."""


def calendar() -> Workdays:
    """The calendar by which this office counts: every notice in the data, and provisional dates beyond."""
    return provisional_workdays()


@lru_cache(maxsize=8)
def mark(days: Workdays) -> str:
    """Tells calendars apart: two of the same notices have the same mark."""
    special = repr(sorted((day.isoformat(), kind.kind) for day, kind in days._special.items()))
    return hashlib.sha256(f"{days.known_until}{special}".encode()).hexdigest()[:16]


def standing(application: Application, *, on: date, days: Workdays | None = None) -> law.Standing:
    """A case on a day, by the events in the database."""
    return standing_of(list(application.events.all()), on=on, days=days)


def standing_of(rows: Sequence[ApplicationEvent], *, on: date, days: Workdays | None = None) -> law.Standing:
    """A case on a day, by rows that are already read."""
    return law.standing(facts(rows), days or calendar(), on)


def refresh(application: Application, *, on: date, days: Workdays | None = None) -> law.Standing:
    """Work the derived columns of a case out anew and write them; whoever adds an event calls this in its transaction."""
    rows = list(application.events.all())
    found = derive(application, rows, on=on, days=days)
    application.save(update_fields=list(DERIVED))
    return found


def derive(
    application: Application, rows: Sequence[ApplicationEvent], *, on: date, days: Workdays | None = None
) -> law.Standing:
    """Set the derived columns on an object, without writing them."""
    days = days or calendar()
    kept = standing_rows(rows)
    events = facts(rows)
    # A day may be asked that lies before an event entered for today: the case is then read as of its last event.
    on = max([on, *(event.on for event in events[:1])])
    found = law.standing(events, days, on)
    voided = next((row for row in kept if row.kind == "voided"), None)
    decided = [row.detail["outcome"] for row in kept if row.kind == "decided"]
    application.state = "voided" if voided else found.state
    application.receipt_on = found.receipt_on
    application.due_on = None if voided else found.due_on
    application.expected_due_on = None if voided else found.expected_due_on
    application.waiting_until = None if voided else found.waiting_until
    application.is_provisional = found.provisional
    application.closed_on = voided.on if voided else found.closed_on
    application.outcome = "" if voided else found.outcome or ""
    application.decided_outcome = decided[-1] if decided else ""
    application.archived_on = _archived_on(kept) if application.closed_on else None
    application.alarm_on = None if application.closed_on else _alarm(application, found, days)
    counted = None if voided or found.receipt_on is None else counted_end(events, found, days)
    if voided:
        # What was never an application is not counted, neither as received nor as handled.
        application.receipt_on = None
    application.counted_on, application.counted_outcome = counted or (None, "")
    received = application.receipt_on
    application.handled_in, application.is_late = _handled(application, found, days)
    application.crosses_years = bool(
        received
        and ((counted is None and application.closed_on is None) or (counted and counted[0].year > received.year))
    )
    application.calendar_mark, application.derived_on = mark(days), on
    return found


def _archived_on(kept: Sequence[ApplicationEvent]) -> date | None:
    """The day on which the file was put away; what opens the case again takes it out."""
    archived = None
    for row in kept:
        if row.kind == "archived":
            archived = row.on
        elif row.kind in ("reopened", "correction_received"):
            archived = None
    return archived


def _handled(application: Application, found: law.Standing, days: Workdays) -> tuple[int | None, bool]:
    """How many working days a case took from receipt to its end, waits included, and whether the reply came too late."""
    if application.counted_on is None or application.receipt_on is None:
        return None, False
    is_late = bool(found.closed_on and found.due_on and found.closed_on > found.due_on)
    return max(0, days.count(application.receipt_on, application.counted_on)), is_late


def counted_end(events: Sequence[law.Event], found: law.Standing, days: Workdays) -> tuple[date, str] | None:
    """The day and the outcome by which a case is counted in an annual report; None while it is not at an end.

    The end that stands at the close of a year is counted in that year. A case that is handled again after that (a late
    correction with a good reason, a decision that sets the reply aside) is not counted a second time: its first count
    stands in a report that has been published, and the case neither is new nor was carried over. See decision 0016.
    """
    for place, event in enumerate(events):
        if not isinstance(event, law.Reopened | law.CorrectionReceived) or event.on > found.on:
            continue
        before = law.standing(events[:place], days, event.on)
        if before.closed_on and before.closed_on.year < event.on.year:
            return before.closed_on, before.outcome or UNKNOWN
    return (found.closed_on, found.outcome or UNKNOWN) if found.closed_on else None


UNKNOWN = "not_government_information"
"""Where a record does not say the outcome, the case is counted among 其他."""


def _alarm(application: Application, found: law.Standing, days: Workdays) -> date:
    """The next day on which somebody has to look at a case: to confirm it, when a wait is over, when the reply is due."""
    if found.receipt_on is None:
        return confirm_by(application, days)
    wanted = [found.due_on, found.waiting_until and found.waiting_until + timedelta(days=1)]
    return min((day for day in wanted if day), default=found.on)


def confirm_by(application: Application, days: Workdays | None = None) -> date:
    """The last day on which an application is confirmed without an alarm."""
    if application.channel in SAME_DAY_CONFIRMATION:
        return application.submitted_on
    return (days or calendar()).add(application.submitted_on, CONFIRM_WITHIN)
