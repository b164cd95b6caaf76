"""Where an item stands on a day: derived from its record, never typed in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from gongkai.regulation.finding import Finding
from gongkai.regulation.law import law_on
from gongkai.regulation.review.events import (
    STEP_LABELS,
    VERBS,
    Returned,
    ReviewRecord,
    SecrecyReviewed,
    Step,
    Verb,
)
from gongkai.regulation.review.folding import progress_of
from gongkai.regulation.review.progress import Progress, StandingPass, State, VoidPass
from gongkai.regulation.review.rules import secrecy_objection, state_objection
from gongkai.regulation.review.words import CATALOGUE


@dataclass(frozen=True, slots=True)
class Standing:
    """Where an item stands.

    `passes` are those that count, `void` those that don't, each with its reason; `due_on` is the last day for the
    present step; `verbs` are what somebody may now do (who, `why_not` says); `secrecy` is the secrecy review of the
    present text; `published_hash` the content that is public, which a later edit leaves in place. `findings` are acts on
    record that the rules refuse, and a step that is late.
    """

    state: State
    next_step: Step | None
    content_hash: str | None
    authors: frozenset[str]
    passes: tuple[StandingPass, ...]
    void: tuple[VoidPass, ...]
    secrecy: SecrecyReviewed | None
    returned: Returned | None
    due_on: date | None
    verbs: tuple[Verb, ...]
    published_hash: str | None
    findings: tuple[Finding, ...]


def review_standing(record: ReviewRecord, on: date, add_working_days: Callable[[date, int], date]) -> Standing:
    """Where an item stands at the end of a day.

    Events after that day are not looked at. `add_working_days` is the working-day calendar.
    Errors: whatever the calendar raises for a year it doesn't know.
    Source: practice#three-reviews (periods of the steps).
    """
    progress = progress_of(event for event in record.events if event.at.date() <= on)
    due_on = _due_on(progress, add_working_days)
    return Standing(
        state=progress.state,
        next_step=progress.next_step,
        content_hash=progress.content_hash,
        authors=progress.authors,
        passes=progress.passes,
        void=progress.void,
        secrecy=progress.secrecy,
        returned=progress.returned,
        due_on=due_on,
        verbs=tuple(verb for verb in VERBS if _is_open(progress, verb)),
        published_hash=progress.published_hash,
        findings=(*progress.unlawful, *_lateness(progress, due_on, on)),
    )


def _is_open(progress: Progress, verb: Verb) -> bool:
    """May anybody do this now?"""
    if state_objection(progress, verb):
        return False
    if verb == "submit":
        return progress.content_hash is not None
    if verb in ("pass", "publish"):
        return not secrecy_objection(progress, final=verb == "publish" or progress.next_step == "final")
    return True


def _due_on(progress: Progress, add_working_days: Callable[[date, int], date]) -> date | None:
    if progress.next_step is None or progress.step_since is None:
        return None
    began = progress.step_since.date()
    period = law_on(began).parameter(f"{progress.next_step}_review_period", int).value
    return add_working_days(began, period)


def _lateness(progress: Progress, due_on: date | None, on: date) -> tuple[Finding, ...]:
    if due_on is None or progress.next_step is None or on <= due_on:
        return ()
    return (CATALOGUE.finding("REV-OVERDUE", step=STEP_LABELS[progress.next_step], due=due_on),)
