"""The review record of an item: rows to `regulation.review` and back, and the one place that adds an event.

The draft is itself the last edit. While one person writes, saves are no events of their own; whatever the draft holds
that the record doesn't know yet is read as an edit by whoever saved it, and is written down with the next event. So a
text that was changed behind the record's back counts as edited, and its passes are void.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from django.utils import timezone

from gongkai.office.accounts.models import Delegation, Role, User
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Draft, Item, ReviewEvent
from gongkai.office.publishing.policy import STEP_ROLES
from gongkai.regulation.finding import Finding
from gongkai.regulation.review import (
    Delegated,
    Edited,
    Passed,
    Published,
    Returned,
    ReviewRecord,
    SecrecyReviewed,
    Standing,
    Step,
    Submitted,
    Verb,
    Withdrawn,
    review_standing,
    why_not,
)
from gongkai.regulation.review import ReviewEvent as ReviewEventKind
from gongkai.regulation.workdays import provisional_workdays

Act = Edited | Submitted | SecrecyReviewed | Passed | Returned | Withdrawn | Published
"""An event that has a row here; delegations have theirs in `accounts`."""

_KINDS: dict[str, type[Act]] = {
    "edited": Edited,
    "submitted": Submitted,
    "secrecy_reviewed": SecrecyReviewed,
    "passed": Passed,
    "returned": Returned,
    "withdrawn": Withdrawn,
    "published": Published,
}
_NAMES = {kind: name for name, kind in _KINDS.items()}
_STEPS = {role: step for step, role in STEP_ROLES.items()}
_PARTICULARS = ("step", "reason", "basis", "decision")


@dataclass(frozen=True)
class Dossier:
    """An item with its draft and its record, as they are at a moment, before somebody who may act.

    `unwritten` is the draft's edit that stands at the end of the record and in no row yet. `at` is never before the last
    event: two processes may read the clock in one order and get the lock in the other.
    """

    item: Item
    draft: Draft | None
    content: Content | None
    record: ReviewRecord
    unwritten: Edited | None
    by: User | None
    at: datetime

    @property
    def on(self) -> date:
        """The day, in the office's time zone."""
        return self.at.date()

    @property
    def content_hash(self) -> str:
        """The hash of what the draft holds now; of what is public when there is no draft."""
        return self.content.hash() if self.content else self.item.content_hash

    def why_not(self, verb: Verb, *, step: Step | None = None, seen: str = "", person: str = "") -> Finding | None:
        """The rule of the review against it; None when there is none.

        `seen` is the hash of the text that the person has before them, where that may be an older one. `person` is whose
        act it would be, when not that of `by`.
        """
        number = person or (self.by.staff_number if self.by else "")
        content_hash = seen or self.content_hash
        return why_not(self.record, verb, step=step, person=number, content_hash=content_hash, on=self.on)

    def standing(self) -> Standing:
        """Where the item stands."""
        return review_standing(self.record, self.on, provisional_workdays().add)


def read(item: Item, *, at: datetime, by: User | None = None) -> Dossier:
    """The dossier of an item; `by` is who looks at it with a view to acting."""
    draft = Draft.objects.select_related("saved_by", "started_by").filter(item=item).first()
    facts = [fact_of(row) for row in ReviewEvent.objects.filter(item=item).order_by("at", "id")]
    content = Content.from_json(draft.content) if draft else None
    unwritten = None
    if draft and content and content.hash() != _known_hash(facts):
        unwritten = Edited(draft.saved_by.staff_number, _not_before(facts, draft.saved_at), content.hash())
        facts.append(unwritten)
    moment = _not_before(facts, at)
    people = {fact.by for fact in facts} | ({by.staff_number} if by else set())
    record = _in_order(facts, delegations(people, until=moment))
    return Dossier(item, draft, content, record, unwritten, by, moment)


def locked(item: Item, *, at: datetime, by: User | None = None) -> Dossier:
    """The dossier of an item that nobody else can act on until the transaction ends.

    On PostgreSQL the item's row is locked; on SQLite the transaction itself began as the only writer.
    """
    row = Item.objects.select_for_update(of=("self",)).select_related("organ").get(pk=item.pk)
    return read(row, at=at, by=by)


def add(dossier: Dossier, fact: Act, *, detail: Mapping[str, Any] | None = None) -> Dossier:
    """Write an event, after the edit that is unwritten yet; gives the dossier as it is then. The caller holds the lock."""
    dossier = write_edit(dossier)
    _write(dossier.item, fact, dossier.by, detail or {})
    after = replace(dossier, record=dossier.record.with_event(fact))
    if dossier.draft is not None:
        note_standing(dossier.draft, after)
    return after


def reasons(dossier: Dossier) -> dict[str, str]:
    """The reasons given for the pre-check's warnings in this round, by code."""
    rows = ReviewEvent.objects.filter(item=dossier.item, kind__in=("submitted", "passed")).order_by("at", "id")
    given: dict[str, str] = {}
    for row in rows:
        given = {**({} if row.kind == "submitted" else given), **row.detail.get("reasons", {})}
    return given


def write_edit(dossier: Dossier) -> Dossier:
    """Write down the edit that the record ends with, if it is unwritten yet."""
    if dossier.unwritten is not None:
        assert dossier.draft is not None
        _write(dossier.item, dossier.unwritten, dossier.draft.saved_by, {})
    return replace(dossier, unwritten=None)


def fact_of(row: ReviewEvent) -> Act:
    """A row as the law's event."""
    values: dict[str, Any] = {key: row.detail[key] for key in _PARTICULARS if key in row.detail}
    kind = _KINDS[row.kind]
    if "content_hash" in kind.__dataclass_fields__:
        values["content_hash"] = row.content_hash
    fact: Act = kind(by=row.person, at=timezone.localtime(row.at), **values)
    return fact


def delegations(people: Iterable[str], *, until: datetime) -> list[Delegated]:
    """Every delegation by which one of these people acts, directly or through others, made before a moment.

    A revoked one ends on the day of its revocation, that day included: what was done that morning was done for another.
    """
    found: dict[int, Delegated] = {}
    asked: set[str] = set()
    waiting = set(people)
    while waiting:
        rows = Delegation.objects.filter(
            delegate__staff_number__in=waiting, role__in=_STEPS, made_at__lte=until
        ).select_related("delegator", "delegate")
        asked |= waiting
        for row in rows:
            to_date = min(row.to_date, timezone.localdate(row.revoked_at)) if row.revoked_at else row.to_date
            giver, taker = row.delegator.staff_number, row.delegate.staff_number
            if to_date < row.from_date or giver == taker:
                continue
            step = _STEPS[Role(row.role)]
            made_at = timezone.localtime(row.made_at)
            found[row.pk] = Delegated(giver, taker, step, row.from_date, to_date, row.reason or "委托", made_at)
        waiting = {each.delegator for each in found.values()} - asked
    return list(found.values())


def _in_order(facts: Sequence[Act], delegated: Iterable[Delegated]) -> ReviewRecord:
    """Facts in the order they were written, with each delegation before whatever happened after it was made."""
    events: list[ReviewEventKind] = []
    waiting = sorted(delegated, key=lambda each: each.at)
    for fact in facts:
        while waiting and waiting[0].at <= fact.at:
            events.append(waiting.pop(0))
        events.append(fact)
    return ReviewRecord((*events, *waiting))


def _known_hash(facts: Sequence[Act]) -> str:
    """The text the record knows: an edit, a submission or a publication brings in another."""
    texts = (each.content_hash for each in reversed(facts) if isinstance(each, Edited | Submitted | Published))
    return next(texts, "")


def _not_before(facts: Sequence[Act], moment: datetime) -> datetime:
    return max(timezone.localtime(moment), facts[-1].at) if facts else timezone.localtime(moment)


def _write(item: Item, fact: Act, by: User | None, more: Mapping[str, Any]) -> None:
    detail = {key: getattr(fact, key) for key in _PARTICULARS if hasattr(fact, key)}
    ReviewEvent.objects.create(
        item=item,
        kind=_NAMES[type(fact)],
        person=fact.by,
        by=by,
        at=fact.at,
        content_hash=getattr(fact, "content_hash", ""),
        detail={**detail, **more},
    )


def note_standing(draft: Draft, dossier: Dossier) -> None:
    """Repeat in the draft's row what its queues are found by."""
    standing = dossier.standing()
    submissions = [event.at for event in dossier.record.events if isinstance(event, Submitted)]
    draft.state = standing.state
    draft.next_step = standing.next_step or ""
    draft.due_on = standing.due_on
    draft.submitted_at = submissions[-1] if submissions and standing.state in ("in_review", "approved") else None
    draft.secrecy = standing.secrecy.decision if standing.secrecy else ""
    draft.save(update_fields=["state", "next_step", "due_on", "submitted_at", "secrecy"])
