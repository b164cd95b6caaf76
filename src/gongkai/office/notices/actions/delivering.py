"""Send what is due: claimed first, sent once, and what is not known afterwards is said to be unknown.

Before a message's words go to the other server, that is written down and committed. So a process that died leaves one of
two traces: it had begun (nothing was handed over, it is tried again), or it was handing over (the other side may have it:
a person decides). Decision record 0017.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from gongkai.office.notices.channels import WAYS
from gongkai.office.notices.channels.port import Answer, Claimed, Deliver
from gongkai.office.notices.models import Outgoing
from gongkai.office.notices.record import locked, note
from gongkai.office.notices.states import Result, State

log = logging.getLogger(__name__)

PAUSES = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 15, 60, 240, 480, *[720] * 5))
"""How long after each failed try the next one follows: given up after about three days, as mail servers do."""
LEASE = timedelta(minutes=10)
"""How long a process may be at one message. Much longer than the message's own time limit: who is past it is dead."""
_ROUND = 200
"""Messages of one round at most."""


class ClaimLost(Exception):
    """Somebody else has judged this process dead: it must not hand anything over any more."""


@dataclass(frozen=True, slots=True)
class Round:
    """What a round did: how many messages went, will be tried again, failed for good, are uncertain."""

    accepted: int = 0
    deferred: int = 0
    failed: int = 0
    uncertain: int = 0


def deliver_due(at: datetime) -> Round:
    """Send every message that is due, on each channel that is on. Several processes may do so at once."""
    clock = _clock(at)
    counts = {State.WAITING: 0, State.FAILED: 0, State.ACCEPTED: 0, State.UNCERTAIN: _abandoned(at), State.DROPPED: 0}
    for channel, way in WAYS.items():
        if not way.is_on():
            continue
        with ExitStack() as stack:
            deliver = stack.enter_context(way.session())
            for pk in _due(channel, at):
                state, goes_on = _send_one(pk, deliver, clock)
                if state is not None:
                    counts[state] += 1
                if not goes_on:
                    break
    return Round(counts[State.ACCEPTED], counts[State.WAITING], counts[State.FAILED], counts[State.UNCERTAIN])


def _clock(at: datetime) -> Callable[[], datetime]:
    """The time it is now, if it was `at` when the round began: a clock that is set in between changes nothing."""
    start = time.monotonic()
    return lambda: at + timedelta(seconds=time.monotonic() - start)


def _due(channel: str, at: datetime) -> Iterator[int]:
    """The messages to try, the longest due first. One that is due later than any pause was queued by a clock that ran ahead."""
    due = Q(next_at__lte=at) | Q(next_at__gt=at + max(PAUSES) + LEASE)
    return iter(
        Outgoing.objects.filter(due, state=State.WAITING, channel=channel)
        .order_by("next_at", "pk")
        .values_list("pk", flat=True)[:_ROUND]
    )


def _abandoned(at: datetime) -> int:
    """Settle the claims of processes that died; gives how many became uncertain."""
    uncertain = 0
    over = Q(next_at__lte=at) | Q(next_at__gt=at + 2 * LEASE)
    for pk in list(Outgoing.objects.filter(over, state=State.SENDING).values_list("pk", flat=True)):
        with transaction.atomic():
            notice = locked(pk)
            if notice.state != State.SENDING or notice.next_at is None or at < notice.next_at <= at + 2 * LEASE:
                continue
            last = notice.attempts.order_by("-id").values_list("result", flat=True)[0]
            claim = notice.claim
            if last == Result.BEGUN:
                note(notice, Result.DEFERRED, at=at, answer="发送进程中断，还没有交给对方", claim=claim, next_at=at)
            else:
                note(notice, Result.UNCERTAIN, at=at, answer="交给对方时发送进程中断", claim=claim)
                uncertain += 1
    return uncertain


def _send_one(pk: int, deliver: Deliver, clock: Callable[[], datetime]) -> tuple[State | None, bool]:
    """Try one message; gives where it stands then (None when somebody else has it) and whether the channel can go on."""
    claim = secrets.token_hex(16)
    claimed = _claim(pk, claim, clock())
    if claimed is None:
        return None, True
    if claimed.state != State.SENDING:
        return State(claimed.state), True

    handed = False

    def handing() -> None:
        nonlocal handed
        _note_handing(pk, claim, clock())
        handed = True

    try:
        message = Claimed.of(claimed)
        answer = deliver(message, handing) if message.to else Answer(Result.CANCELLED, "收件信息已经清除")
    except ClaimLost:
        return None, True
    except Exception as error:
        # What the exception says may hold the address: only its kind goes into the log.
        log.error("发送通知 %s 时出错：%s", pk, type(error).__name__)
        unknown = Result.UNCERTAIN if handed else Result.DEFERRED
        answer = Answer(unknown, f"程序出错（{type(error).__name__}）")
    state = _finish(pk, claim, answer, clock())
    return state, not answer.stops


@transaction.atomic
def _claim(pk: int, claim: str, at: datetime) -> Outgoing | None:
    """Make a message ours, or say that it is not to be sent any more; None when another process was faster."""
    waiting = Outgoing.objects.select_for_update(skip_locked=True).defer("to", "body")
    notice = waiting.filter(pk=pk, state=State.WAITING).first()
    if notice is None:
        return None
    if notice.until is not None and at > notice.until:
        note(notice, Result.EXPIRED, at=at)
        return notice
    notice.claim, notice.tried = claim, notice.tried + 1
    notice.save(update_fields=["claim"])
    note(notice, Result.BEGUN, at=at, claim=claim, next_at=at + LEASE)
    return notice


@transaction.atomic
def _note_handing(pk: int, claim: str, at: datetime) -> None:
    notice = locked(pk)
    if notice.claim != claim or notice.state != State.SENDING:
        raise ClaimLost
    note(notice, Result.HANDING, at=at, claim=claim, next_at=at + LEASE)


@transaction.atomic
def _finish(pk: int, claim: str, answer: Answer, at: datetime) -> State | None:
    """Write down how it went. Who comes late, after its sending was judged uncertain, still knows better."""
    notice = locked(pk)
    if notice.claim != claim:
        return None
    result, next_at = answer.result, None
    if result == Result.DEFERRED:
        if notice.tried > len(PAUSES):
            result = Result.GAVE_UP
        else:
            next_at = at + PAUSES[notice.tried - 1]
    note(notice, result, at=at, answer=answer.words, claim=claim, next_at=next_at)
    return State(notice.state)
