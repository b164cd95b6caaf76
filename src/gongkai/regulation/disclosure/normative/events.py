"""What happens to a normative document, as dated facts. `on` is the day it happened; `act` the number of the act."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Literal, TypeVar

CleanupList = Literal["continued", "revised", "repealed", "lapsed"]
E = TypeVar("E")


@dataclass(frozen=True, slots=True)
class Drafted:
    """Drafting began (起草)."""

    on: date


@dataclass(frozen=True, slots=True)
class CommentHeld:
    """The public was asked for comment (公开征求意见), from the day `on` to the day `until`."""

    on: date
    until: date

    def __post_init__(self) -> None:
        if self.until < self.on:
            raise ValueError(f"a comment period can't end ({self.until}) before it opens ({self.on})")


@dataclass(frozen=True, slots=True)
class LegalityReviewed:
    """The legality review (合法性审核) came to a result."""

    on: date
    body: str
    passed: bool


@dataclass(frozen=True, slots=True)
class CollectivelyDecided:
    """It was decided on (集体审议): in a meeting, or by circulating papers, which does not count."""

    on: date
    meeting: str
    by_circulation: bool = False


@dataclass(frozen=True, slots=True)
class Signed:
    """The main leader signed it (签署); its date of signature (成文日期)."""

    on: date


@dataclass(frozen=True, slots=True)
class Numbered:
    """It was registered and numbered (统一登记、统一编号)."""

    on: date
    document_number: str
    registration_number: str = ""


@dataclass(frozen=True, slots=True)
class Published:
    """It was made public (公布), to take effect on a day; `expires_on` is the last day of its stated term, if any."""

    on: date
    effective_on: date
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Interpreted:
    """An interpretation (解读) was published."""

    on: date


@dataclass(frozen=True, slots=True)
class Filed:
    """It was filed (备案) with a higher body."""

    on: date
    to: str


@dataclass(frozen=True, slots=True)
class Amended:
    """Another act changed it; the consolidated text holds from `effective_on`, with a new term if it says so."""

    on: date
    effective_on: date
    act: str
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Extended:
    """An act prolonged its term (延期) to a new last day."""

    on: date
    until: date
    act: str


@dataclass(frozen=True, slots=True)
class Evaluated:
    """It was evaluated (评估) before its term ends."""

    on: date
    result: str


@dataclass(frozen=True, slots=True)
class Lapsed:
    """It lost its object or its task ended (失效) without an act of repeal; `on` is the first day it no longer holds."""

    on: date
    reason: str


@dataclass(frozen=True, slots=True)
class Repealed:
    """An act repealed it (废止); `effective_on` is the first day it no longer holds."""

    on: date
    effective_on: date
    act: str


@dataclass(frozen=True, slots=True)
class CleanedUp:
    """A clean-up round (清理) put it on a list; what is repealed or lapsed by it ends on the day of the act."""

    on: date
    round: str
    outcome: CleanupList
    act: str


NormativeEvent = (
    Drafted
    | CommentHeld
    | LegalityReviewed
    | CollectivelyDecided
    | Signed
    | Numbered
    | Published
    | Interpreted
    | Filed
    | Amended
    | Extended
    | Evaluated
    | Lapsed
    | Repealed
    | CleanedUp
)


@dataclass(frozen=True, slots=True)
class NormativeDocument:
    """A normative document: its title, its events, and what about it decides the procedure.

    `affects_rights`: it strongly affects rights and duties, so the public is asked; `concerns_business`: it is close to
    the business of market players. `emergency_reason`: why comment was left out or shortened. `is_provisional` is read
    off the title (暂行, 试行). Events may come in any order; they count by their day.
    """

    key: str
    title: str
    events: tuple[NormativeEvent, ...] = ()
    affects_rights: bool = True
    concerns_business: bool = False
    emergency_reason: str = ""

    @property
    def is_provisional(self) -> bool:
        """Does its title call it provisional or for trial?"""
        return "暂行" in self.title or "试行" in self.title

    def in_time(self, on: date = date.max) -> list[NormativeEvent]:
        """The events up to a day, in the order of time."""
        return sorted((event for event in self.events if event.on <= on), key=lambda event: event.on)

    def all_of(self, kind: type[E], on: date = date.max) -> list[E]:
        """The events of a kind up to a day, in the order of time."""
        return [event for event in self.in_time(on) if isinstance(event, kind)]

    def first(self, kind: type[E], on: date = date.max) -> E | None:
        """The first event of a kind up to a day, None when there is none."""
        return next(iter(self.all_of(kind, on)), None)

    def latest(self, kind: type[E], on: date = date.max) -> E | None:
        """The last event of a kind up to a day, None when there is none."""
        return next(reversed(self.all_of(kind, on)), None)
