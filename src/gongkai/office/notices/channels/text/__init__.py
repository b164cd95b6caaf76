"""Text messages, through whatever gateway an installation has: a folder it looks into, or an address it listens on.

The contract is in docs/notices.md. Off unless GONGKAI_TEXT_URL says where; nothing is ever pretended to be sent.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

from django.conf import settings

from gongkai.office.notices.channels.port import Deliver
from gongkai.office.notices.channels.text import drop, gateway


def is_on() -> bool:
    """Whether there is a gateway."""
    return bool(settings.TEXT_URL)


@contextmanager
def session() -> Iterator[Deliver]:
    """The folder's, or the address's, way to take a message."""
    yield drop.deliver if urlsplit(settings.TEXT_URL).scheme == "file" else gateway.deliver
