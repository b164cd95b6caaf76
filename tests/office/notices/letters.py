"""A letter to send, with somebody's address and words that must never be seen elsewhere."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from gongkai.office.notices.actions import Notice, send
from gongkai.office.notices.models import Outgoing
from tests.office.cast import NOW

ADDRESS = "sun.shenqing.1988@example.com"
WORDS = "孙申请人：您好。您申请公开的信息已予公开。"
LETTER = Notice(
    channel="mail",
    to=ADDRESS,
    subject="政府信息公开申请答复书",
    body=WORDS,
    about="casework.application:7",
    kind="letter",
    by="A006",
)


def queued(**changes: Any) -> Outgoing:
    """A letter in the outbox."""
    at = changes.pop("at", NOW)
    return send(replace(LETTER, **changes), at=at)


def story(notice: Outgoing) -> list[str]:
    """What happened to a notice."""
    return list(notice.attempts.values_list("result", flat=True))


def state(notice: Outgoing) -> str:
    """Where it stands now."""
    return Outgoing.objects.values_list("state", flat=True).get(pk=notice.pk)
