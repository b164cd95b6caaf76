"""What a channel is, and what goes through it."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from gongkai.office.notices.channels.enclosed import Enclosed, enclosed
from gongkai.office.notices.models import Outgoing
from gongkai.office.notices.states import Result


@dataclass(frozen=True, slots=True)
class Answer:
    """What came of a try. `words` holds nothing personal. `stops`: the other server is away, nothing else need be tried."""

    result: Result
    words: str = ""
    stops: bool = False


@dataclass(frozen=True, slots=True)
class Claimed:
    """A message to send, opened."""

    to: str
    subject: str
    body: str
    message_id: str
    queued_at: datetime
    enclosures: tuple[Enclosed, ...]

    @classmethod
    def of(cls, notice: Outgoing) -> Claimed:
        """The message of a notice that was claimed."""
        return cls(notice.to, notice.subject, notice.body, notice.message_id, notice.queued_at, tuple(enclosed(notice)))


Deliver = Callable[[Claimed, Callable[[], None]], Answer]


class Way(Protocol):
    """A channel."""

    def is_on(self) -> bool:
        """Whether this installation has it."""

    def session(self) -> AbstractContextManager[Deliver]:
        """What sends the messages of one round, one after the other."""
