"""Where a page of a list ends: a place that stays right while new items come in at the front."""

from __future__ import annotations

import binascii
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime


class CursorInvalid(ValueError):
    """Text that is no cursor of ours."""


@dataclass(frozen=True, slots=True)
class Cursor:
    """After which item a page begins: the time of its publication, and its id where several share it.

    >>> place = Cursor(datetime.fromisoformat("2020-04-12T09:00:00+08:00"), 7)
    >>> Cursor.read(place.written()) == place
    True
    """

    published_at: datetime
    item: int

    def written(self) -> str:
        """As text for an address."""
        return urlsafe_b64encode(f"{self.published_at.isoformat()} {self.item}".encode()).decode().rstrip("=")

    @classmethod
    def read(cls, text: str) -> Cursor:
        """Back from text. Errors: CursorInvalid."""
        try:
            moment, _, item = urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode().partition(" ")
            cursor = cls(datetime.fromisoformat(moment), int(item))
        except (ValueError, binascii.Error) as error:
            raise CursorInvalid(text) from error
        if cursor.published_at.tzinfo is None or not 0 <= cursor.item < 2**63:
            raise CursorInvalid(text)
        return cursor
