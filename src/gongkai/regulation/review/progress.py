"""How far an item has come: what its events so far amount to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from gongkai.regulation.finding import Finding
from gongkai.regulation.review.events import STEPS, Delegated, Passed, Returned, SecrecyReviewed, Step

State = Literal["draft", "in_review", "returned", "approved", "published"]


@dataclass(frozen=True, slots=True)
class StandingPass:
    """A pass that counts. `people` are all whom it speaks for: who acted, and on whose behalf."""

    step: Step
    by: str
    at: datetime
    content_hash: str
    people: frozenset[str]


@dataclass(frozen=True, slots=True)
class VoidPass:
    """A pass that does not count (any more), and why."""

    step: Step
    by: str
    at: datetime
    content_hash: str
    reason: Finding


@dataclass(frozen=True, slots=True)
class Progress:
    """What the events so far amount to. `step_since` is when the present step began."""

    state: State = "draft"
    content_hash: str | None = None
    authors: frozenset[str] = frozenset()
    passes: tuple[StandingPass, ...] = ()
    void: tuple[VoidPass, ...] = ()
    secrecy: SecrecyReviewed | None = None
    delegations: tuple[Delegated, ...] = ()
    step_since: datetime | None = None
    returned: Returned | None = None
    published_hash: str | None = None
    unlawful: tuple[Finding, ...] = ()

    @property
    def next_step(self) -> Step | None:
        """The step that is waited for, None outside review and after the final pass."""
        return STEPS[len(self.passes)] if self.state == "in_review" else None


def acting_for(progress: Progress, event: Passed | Returned) -> frozenset[str]:
    """Everybody an act at a step speaks for: the person, and whoever delegated that step to the person on that day."""
    people = {event.by}
    covering = [each for each in progress.delegations if each.covers(event.step, event.at.date())]
    while more := {each.delegator for each in covering if each.delegate in people} - people:
        people |= more
    return frozenset(people)
