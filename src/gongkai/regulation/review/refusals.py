"""Whether somebody may do something now: the question a button asks before it is shown and an action before it acts."""

from __future__ import annotations

from datetime import date, datetime, time

from gongkai.regulation.finding import Finding
from gongkai.regulation.review.events import (
    Edited,
    Passed,
    Published,
    Returned,
    ReviewEvent,
    ReviewRecord,
    SecrecyReviewed,
    Step,
    Submitted,
    Verb,
    Withdrawn,
)
from gongkai.regulation.review.folding import progress_of
from gongkai.regulation.review.rules import objection_to

_UNASKED = "not asked yet"


def why_not(
    record: ReviewRecord, verb: Verb, *, step: Step | None = None, person: str, content_hash: str, on: date
) -> Finding | None:
    """Why a person may not do something with an item on a day; None when the person may.

    `content_hash` is that of the content as it is now; `step` is asked for with `pass` and `return`. Whether the person
    holds the role of that step is the office's own rule and is asked there.
    Errors: ValueError for a pass or return without its step, and for a day before the record's last event: what is
    allowed is decided at the end of the record, not in its middle.
    Source: practice#three-reviews, ogi-2019#17.
    >>> drafted = ReviewRecord((Edited("张起草", datetime(2024, 4, 12, 9), "a1"),))
    >>> why_not(drafted, "publish", person="张起草", content_hash="a1", on=date(2024, 4, 12)).code
    'REV-UNFINISHED'
    """
    if record.events and record.events[-1].at.date() > on:
        raise ValueError(f"the record goes on to {record.events[-1].at.date()}, after {on}")
    return objection_to(progress_of(record.events), _attempt(verb, step, person, content_hash, on))


def _attempt(verb: Verb, step: Step | None, person: str, content_hash: str, on: date) -> ReviewEvent:
    """The event that would be recorded; reasons and bases are asked for when it is really done."""
    at = datetime.combine(on, time.min)
    if verb in ("pass", "return") and step is None:
        raise ValueError(f"{verb} needs the step it is about")
    match verb, step:
        case "edit", _:
            return Edited(person, at, content_hash)
        case "submit", _:
            return Submitted(person, at, content_hash)
        case "review_secrecy", _:
            return SecrecyReviewed(person, at, content_hash, _UNASKED, "referred")
        case "pass", ("first" | "second" | "final") as asked:
            return Passed(asked, person, at, content_hash)
        case "return", ("first" | "second" | "final") as asked:
            return Returned(asked, person, at, _UNASKED)
        case "withdraw", _:
            return Withdrawn(person, at, _UNASKED)
        case "publish", _:
            return Published(person, at, content_hash)
    raise ValueError(f"no verb {verb!r}")
