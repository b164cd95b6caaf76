"""What an engine has to be able to do. It gives the answers a plain scan of the folded texts would give."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Protocol

from gongkai.office.publishing.search.entry import Entry


class Part(Enum):
    """Where the words must stand."""

    WHOLE_NAME = "the title is the words, or one of the numbers is"
    TITLE = "every word stands in the title or a number"
    HEAD = "every word stands in the title, a number, a keyword, the summary or the agency"
    ANYWHERE = "every word stands somewhere"


@dataclass(frozen=True, slots=True)
class Match:
    """An item that was found, and what it can be counted by; `part` is the best one it matches in, if the engine tells."""

    item: int
    organ: int
    column: int
    category: str
    field: str
    year: int
    validity: str
    part: Part | None = None


class Engine(Protocol):
    """A database that can search. Changes belong to the transaction around them."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Enter items, each in the place of what was known of it."""

    def drop(self, items: Collection[int]) -> None:
        """Forget items; those that are not known don't matter."""

    def clear(self) -> None:
        """Forget everything."""

    def settle(self) -> None:
        """Bring the index into its best shape after many changes."""

    def count(self) -> int:
        """How many items are known."""

    def find(self, wanted: Sequence[str], tags: Sequence[str], part: Part, limit: int) -> list[Match]:
        """The newest items that have every one of the folded words in a part, and every tag; at most `limit`.

        Newest by publication; of those published in the same second, the order is the engine's.
        """


class Bulk(Protocol):
    """Many items on their way into an index, in one transaction after the other; made ready beside it where that pays."""

    def put(self, entries: Sequence[Entry]) -> None:
        """Enter items, each in the place of what was known of it; found once `finish` has been called."""

    def finish(self) -> None:
        """Have entered everything that was put. To be called before the transaction ends."""

    def close(self) -> None:
        """End, also in the middle: what was put and not finished belongs to a transaction that was rolled back."""
