"""What may be asked about notices."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.db import connection
from django.db.models import Count, Min, Q, QuerySet
from django.utils.timezone import make_aware

from gongkai.office.accounts.models import User
from gongkai.office.notices import policy
from gongkai.office.notices.channels import is_on as is_on
from gongkai.office.notices.models import Outgoing
from gongkai.office.notices.states import ALARMING, SENT_BY_US, Channel, State

LATE = timedelta(hours=4)
"""What has waited so long to be sent is an alarm too: the server is away, or there is none."""


_FEW = 500
_NUMBER = re.compile(r"(?=.*\d)[A-Z0-9-]{8,}")
"""What is typed as a number of the post: it stands in no subject, so none is read for it."""


@dataclass(frozen=True, slots=True)
class Proof:
    """How something was delivered, and by what that is known."""

    notice: int
    channel: str
    channel_label: str
    kind: str
    subject: str
    state: str
    state_label: str
    queued_at: datetime
    left_at: datetime | None
    received_at: datetime | None
    tracking_number: str
    steps: tuple[tuple[datetime, str, str], ...]
    """What happened: when, what, and what the other side answered."""


def proofs(about: str) -> list[Proof]:
    """Everything that was sent or handed over about something, oldest first."""
    return [_proof(each) for each in _with_steps(about)]


def _with_steps(about: str) -> Iterable[Outgoing]:
    return Outgoing.objects.filter(about=about).prefetch_related("attempts").order_by("queued_at", "pk")


def _proof(notice: Outgoing) -> Proof:
    return Proof(
        notice=notice.pk,
        channel=notice.channel,
        channel_label=notice.get_channel_display(),
        kind=notice.kind,
        subject=notice.subject,
        state=notice.state,
        state_label=notice.get_state_display(),
        queued_at=notice.queued_at,
        left_at=notice.left_at,
        received_at=notice.ended_at,
        tracking_number=notice.tracking_number,
        steps=tuple((each.at, each.get_result_display(), each.answer) for each in notice.attempts.all()),
    )


def ledger(
    by: User,
    *,
    on: date,
    words: str = "",
    channel: str = "",
    state: str = "",
    first: date | None = None,
    last: date | None = None,
) -> QuerySet[Outgoing]:
    """What left, or is to leave, the agencies somebody looks after, newest first.

    `words`: part of the subject, or the whole of a tracking number or of what it is about. `state` may be `alarming`.
    """
    # PostgreSQL keeps no statistics of a table as small as that of agencies: it would believe that a path leads to one of
    # them, and sort all that was sent. Given keys, SQLite would: it reads what is newest only if offered no index of agencies.
    within = policy.within_by_keys if connection.vendor == "postgresql" else policy.within
    found = Outgoing.objects.filter(within(by, "see", on=on))
    if words:
        found = _with_words(found, words)
    if channel in Channel.values:
        found = found.filter(channel=channel)
    if state == "alarming":
        found = found.filter(_alarming())
    elif state in State.values:
        found = found.filter(state=state)
    if first:
        found = found.filter(queued_at__gte=make_aware(datetime.combine(first, time.min)))
    if last:
        found = found.filter(queued_at__lt=make_aware(datetime.combine(last + timedelta(days=1), time.min)))
    if state and (few := _few(found)) is not None:
        found = found.filter(pk__in=few)
    return found.select_related("organ").defer("to", "body").order_by("-queued_at", "-pk")


def _with_words(found: QuerySet[Outgoing], words: str) -> QuerySet[Outgoing]:
    """What a number names, which an index finds; words are looked for in the subjects, which means reading all of them."""
    number = "".join(words.split()).upper()
    for exact in (found.filter(tracking_number=number).exclude(tracking_number=""), found.filter(about=words)):
        if exact.exists():
            return exact
    if _NUMBER.fullmatch(number):
        return found.none()
    # Subjects are Chinese: without regard for letters' case, PostgreSQL would fold a million of them.
    return found.filter(subject__contains=words)


def _few(found: QuerySet[Outgoing]) -> list[int] | None:
    """The keys of what a rare state finds, by the index of states: newest first, a database would walk through all others
    to reach them. None for a common one, whose first page stands near the beginning anyway."""
    keys = list(found.order_by().values_list("pk", flat=True)[: _FEW + 1])
    return keys if len(keys) <= _FEW else None


def alarms(by: User, *, on: date) -> QuerySet[Outgoing]:
    """What did not arrive, or may not have, and nobody has seen to: for those who can decide, the oldest first."""
    mine = Outgoing.objects.filter(policy.within(by, "decide", on=on)).filter(_alarming())
    return mine.select_related("organ").defer("to", "body").order_by("queued_at", "pk")


@dataclass(frozen=True, slots=True)
class Backlog:
    """A channel on which messages wait: how many, since when, and whether this installation has the channel at all."""

    channel_label: str
    count: int
    since: datetime
    is_on: bool


def backlogs(by: User, *, at: datetime, on: date) -> list[Backlog]:
    """The channels that don't get their messages out: those that are off, and those whose oldest waits too long."""
    waiting = (
        Outgoing.objects.filter(policy.within(by, "see", on=on), state=State.WAITING, channel__in=SENT_BY_US)
        .order_by()
        .values("channel")
        .annotate(count=Count("pk"), since=Min("queued_at"))
    )
    found = [
        Backlog(Channel(each["channel"]).label, each["count"], each["since"], is_on(each["channel"]))
        for each in waiting
    ]
    return [each for each in found if not each.is_on or each.since <= at - LATE]


def _alarming() -> Q:
    return Q(state__in=[str(each) for each in ALARMING], matters=True, looked_into_at=None)
