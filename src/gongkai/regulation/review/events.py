"""What happens to an item on its way to publication, as dated facts.

People are named by whatever identifies one human being in the office; two accounts of one person are one name. A
content hash stands for everything that will be published: title, text, metadata and attachments.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from typing import Literal

Step = Literal["first", "second", "final"]
Decision = Literal["may_disclose", "may_not_disclose", "referred"]
Verb = Literal["edit", "submit", "review_secrecy", "pass", "return", "withdraw", "publish"]

STEPS: tuple[Step, ...] = ("first", "second", "final")
STEP_LABELS: dict[Step, str] = {"first": "初审", "second": "复审", "final": "终审"}
VERBS: tuple[Verb, ...] = ("edit", "submit", "review_secrecy", "pass", "return", "withdraw", "publish")


def _require(event: object, **fields: str) -> None:
    """A fact without its particulars is not a fact: who, which text, why."""
    for name, value in fields.items():
        if not value.strip():
            raise ValueError(f"{type(event).__name__} needs {name}")


@dataclass(frozen=True, slots=True)
class Edited:
    """Somebody wrote or changed the text; the first one drafts it."""

    by: str
    at: datetime
    content_hash: str

    def __post_init__(self) -> None:
        _require(self, by=self.by, content_hash=self.content_hash)


@dataclass(frozen=True, slots=True)
class Submitted:
    """An author handed the text in for review. Whoever hands it in stands for it as its author."""

    by: str
    at: datetime
    content_hash: str

    def __post_init__(self) -> None:
        _require(self, by=self.by, content_hash=self.content_hash)


@dataclass(frozen=True, slots=True)
class SecrecyReviewed:
    """The secrecy review (保密审查) of one text: what it rests on and what it decided.

    `referred` means that the reviewer could not decide and the competent department or the secrecy bureau was asked.
    """

    by: str
    at: datetime
    content_hash: str
    basis: str
    decision: Decision

    def __post_init__(self) -> None:
        _require(self, by=self.by, content_hash=self.content_hash, basis=self.basis)


@dataclass(frozen=True, slots=True)
class Passed:
    """A reviewer passed a step, for exactly this content."""

    step: Step
    by: str
    at: datetime
    content_hash: str

    def __post_init__(self) -> None:
        _require(self, by=self.by, content_hash=self.content_hash)


@dataclass(frozen=True, slots=True)
class Returned:
    """A reviewer sent the text back to its author, with the reason."""

    step: Step
    by: str
    at: datetime
    reason: str

    def __post_init__(self) -> None:
        _require(self, by=self.by, reason=self.reason)


@dataclass(frozen=True, slots=True)
class Withdrawn:
    """An author took the text back from review (撤回送审), with the reason."""

    by: str
    at: datetime
    reason: str

    def __post_init__(self) -> None:
        _require(self, by=self.by, reason=self.reason)


@dataclass(frozen=True, slots=True)
class Delegated:
    """A reviewer on leave has somebody else act at a step, from one day to another, both included."""

    delegator: str
    delegate: str
    step: Step
    from_date: date
    to_date: date
    reason: str
    at: datetime

    def __post_init__(self) -> None:
        _require(self, delegator=self.delegator, delegate=self.delegate, reason=self.reason)
        if self.delegator == self.delegate:
            raise ValueError("a reviewer can't delegate to himself")
        if self.to_date < self.from_date:
            raise ValueError(f"a delegation can't end ({self.to_date}) before it begins ({self.from_date})")

    def covers(self, step: Step, day: date) -> bool:
        """Does it hold for this step on this day?"""
        return self.step == step and self.from_date <= day <= self.to_date


@dataclass(frozen=True, slots=True)
class Published:
    """The text went public."""

    by: str
    at: datetime
    content_hash: str

    def __post_init__(self) -> None:
        _require(self, by=self.by, content_hash=self.content_hash)


ReviewEvent = Edited | Submitted | SecrecyReviewed | Passed | Returned | Withdrawn | Delegated | Published


@dataclass(frozen=True, slots=True)
class ReviewRecord:
    """All that happened to one item, oldest first, with every delegation that concerns its reviewers.

    Errors: ValueError when the events are not in the order of time; a record that can be rearranged proves nothing.
    """

    events: tuple[ReviewEvent, ...] = ()

    def __post_init__(self) -> None:
        for earlier, later in pairwise(self.events):
            if later.at < earlier.at:
                raise ValueError(f"events out of order: {later.at} after {earlier.at}")

    def with_event(self, event: ReviewEvent) -> ReviewRecord:
        """The record with one more event at its end."""
        return ReviewRecord((*self.events, event))
