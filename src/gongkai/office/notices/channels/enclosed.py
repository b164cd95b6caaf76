"""The files of a message, opened for sending."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.office.audit import vault
from gongkai.office.notices.models import Outgoing


class EnclosureMissing(Exception):
    """A file that was promised with a message is gone or damaged."""


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file to send."""

    name: str
    media_type: str
    content: bytes


def enclosed(notice: Outgoing) -> Iterator[Enclosed]:
    """The files of a notice.

    Errors: EnclosureMissing; a letter doesn't go without what it says is in it.
    """
    for each in notice.enclosures.all():
        content = base64.b64decode(each.content) if each.content else vault.kept(each.sha256)
        if content is None:
            raise EnclosureMissing(each.sha256)
        yield Enclosed(each.name, each.media_type, content)
