"""What may be asked about notices."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from gongkai.office.notices.models import Outgoing


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
