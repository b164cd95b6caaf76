"""The one place that adds to a notice's history, and what follows from it."""

from __future__ import annotations

from datetime import datetime

from gongkai.office.audit import actions as audit
from gongkai.office.notices.models import Attempt, Outgoing
from gongkai.office.notices.states import STATE_AFTER, Result, State

_LEFT = (Result.ACCEPTED, Result.SETTLED_SENT, Result.HANDED_OVER, Result.OFFERED)
_ENDED = (Result.SIGNED, Result.PICKED_UP)
_ON_RECORD = frozenset(Result) - {Result.BEGUN, Result.HANDING, Result.DEFERRED}
"""What the audit keeps too; tries that changed nothing stand in the history alone."""


def locked(pk: int) -> Outgoing:
    """A notice that nobody else acts on until the transaction ends; what is sealed is opened only where it is asked for."""
    return Outgoing.objects.select_for_update().defer("to", "body").get(pk=pk)


def replace_earlier(notice: Outgoing, *, at: datetime) -> None:
    """A letter that goes out again, by whatever way, ends the alarms about the times it did not arrive."""
    earlier = Outgoing.objects.filter(about=notice.about, kind=notice.kind, looked_into_at=None).exclude(pk=notice.pk)
    earlier.filter(state__in=(State.FAILED, State.RETURNED)).update(looked_into_at=at)


def note(
    notice: Outgoing,
    result: Result,
    *,
    at: datetime,
    answer: str = "",
    by: str = "",
    claim: str = "",
    next_at: datetime | None = None,
) -> Attempt:
    """Write down what happened to a notice. The caller holds the lock and has decided that it may happen.

    `next_at` is when the outbox looks at it again: the next try, or the end of a claim.
    """
    attempt = Attempt.objects.create(notice=notice, at=at, result=result, answer=answer[:200], by=by, claim=claim)
    notice.state = STATE_AFTER[result]
    notice.next_at = next_at
    if result in _LEFT and notice.left_at is None:
        notice.left_at = at
    if result in _ENDED:
        notice.ended_at = at
    if notice.state not in (State.SENDING, State.UNCERTAIN):
        notice.claim = ""
    notice.save(update_fields=["state", "next_at", "left_at", "ended_at", "claim", "tried"])
    if notice.matters and result in _ON_RECORD:
        told = {"channel": notice.channel, "kind": notice.kind, "about": notice.about, "answer": attempt.answer}
        audit.record(
            audit.Act(by or audit.SYSTEM, f"notices.{result}", f"notices.notice:{notice.pk}", detail=told), at=at
        )
    return attempt
