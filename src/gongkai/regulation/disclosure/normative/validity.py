"""Whether a normative document holds on a day, and why: derived from its events, never typed in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

from gongkai.regulation.disclosure.normative.events import (
    Amended,
    CleanedUp,
    CollectivelyDecided,
    CommentHeld,
    LegalityReviewed,
    NormativeDocument,
    Numbered,
    Published,
    Repealed,
    Signed,
)
from gongkai.regulation.disclosure.normative.events import Lapsed as LapsedEvent
from gongkai.regulation.disclosure.normative.term import ValidityTerm, expiry, period_on
from gongkai.regulation.disclosure.words import CATALOGUE
from gongkai.regulation.finding import Finding, Severity

State = Literal[
    "draft", "under_review", "adopted", "published_not_effective", "in_force", "amended", "lapsed", "repealed"
]
LABELS: dict[State, str] = {
    "draft": "起草",
    "under_review": "审核中",
    "adopted": "已通过",
    "published_not_effective": "尚未生效",
    "in_force": "有效",
    "amended": "有效（已修改）",
    "lapsed": "失效",
    "repealed": "废止",
}


@dataclass(frozen=True, slots=True)
class End:
    """How a document ended: the first day it no longer holds, how, why, by which act, on what source."""

    on: date
    state: Literal["lapsed", "repealed"]
    reason: str
    act: str
    source: str


@dataclass(frozen=True, slots=True)
class Validity:
    """Where a document stands on a day: since when, why, by which act (its number, or empty), on what source.

    `expires_on` is the last day of its term as far as is known on that day; `findings` are the warnings before it.
    """

    state: State
    since: date | None
    reason: str
    act: str
    source: str
    expires_on: date | None
    findings: tuple[Finding, ...] = ()

    @property
    def is_in_force(self) -> bool:
        """Does it hold? An amended document holds in its amended text."""
        return self.state in ("in_force", "amended")

    @property
    def label(self) -> str:
        """The state as the page shows it."""
        return LABELS[self.state]


def validity(document: NormativeDocument, on: date, term: ValidityTerm | None = None) -> Validity:
    """Where a document stands on a day, by the events up to that day.

    `term` is the office's own default term; left out, it is that of the law data.
    Source: normative-2018#procedure, normative-2018#publication, practice#validity-term.
    """
    published = document.first(Published, on)
    expires_on = expiry(document, on, term).last_day
    if published is None:
        return _before_publication(document, on)
    ended = end_of(document, on, term)
    if ended and ended.on <= on:
        return Validity(ended.state, ended.on, ended.reason, ended.act, ended.source, expires_on)
    number = document.latest(Numbered, on)
    act = number.document_number if number else ""
    if on < published.effective_on:
        reason = f"{published.on}公布，{published.effective_on}起施行"
        source = "normative-2018#publication"
        return Validity("published_not_effective", published.on, reason, act, source, expires_on)
    warnings = tuple(_expiry_warning(expires_on, on))
    amendments = [event for event in document.all_of(Amended, on) if event.effective_on <= on]
    if amendments:
        last = amendments[-1]
        reason = f"经{last.act}修改，修改后的文本继续有效"
        source = "normative-2018#supervision"
        return Validity("amended", last.effective_on, reason, last.act, source, expires_on, warnings)
    reason = f"{published.effective_on}起施行"
    return Validity("in_force", published.effective_on, reason, act, "normative-2018#publication", expires_on, warnings)


def is_in_force(document: NormativeDocument, on: date, term: ValidityTerm | None = None) -> bool:
    """Does a document hold on a day?"""
    return validity(document, on, term).is_in_force


def end_of(document: NormativeDocument, on: date, term: ValidityTerm | None = None) -> End | None:
    """The first end a document comes to by what is on file up to a day; it may lie after that day.

    An act can't end a document before the act is on file, nor before the document is published.
    """
    published = document.first(Published, on)
    if published is None:
        return None
    ends = list(_ends(document, on, term))
    if not ends:
        return None
    first = min(ends, key=lambda end: (end.on, end.state != "repealed"))
    begun = max(first.on, published.on)
    return End(begun, first.state, first.reason, first.act, first.source)


def _ends(document: NormativeDocument, on: date, term: ValidityTerm | None) -> Iterator[End]:
    supervision = "normative-2018#supervision"
    for repealed in document.all_of(Repealed, on):
        day = max(repealed.on, repealed.effective_on)
        yield End(day, "repealed", f"由{repealed.act}废止", repealed.act, supervision)
    for lapsed in document.all_of(LapsedEvent, on):
        yield End(lapsed.on, "lapsed", lapsed.reason, "", supervision)
    for cleaned in document.all_of(CleanedUp, on):
        reason = f"{cleaned.round}清理：由{cleaned.act}宣布"
        if cleaned.outcome == "repealed":
            yield End(cleaned.on, "repealed", f"{reason}废止", cleaned.act, supervision)
        elif cleaned.outcome == "lapsed":
            yield End(cleaned.on, "lapsed", f"{reason}失效", cleaned.act, supervision)
    expires = expiry(document, on, term)
    if expires.last_day:
        reason = f"有效期到{expires.last_day}届满" + (
            "（没有写明有效期，按默认年限计算）" if expires.is_default else ""
        )
        yield End(expires.last_day + timedelta(days=1), "lapsed", reason, "", "practice#validity-term")


def _before_publication(document: NormativeDocument, on: date) -> Validity:
    steps: tuple[tuple[State, str, tuple[type, ...]], ...] = (
        ("adopted", "已经集体审议通过，尚未公布", (CollectivelyDecided, Signed, Numbered)),
        ("under_review", "正在征求意见或者审核", (CommentHeld, LegalityReviewed)),
    )
    for state, reason, kinds in steps:
        days = [event.on for event in document.events if isinstance(event, kinds) and event.on <= on]
        if days:
            return Validity(state, min(days), reason, "", "normative-2018#procedure", None)
    days = [event.on for event in document.events if event.on <= on]
    return Validity("draft", min(days, default=None), "正在起草", "", "normative-2018#procedure", None)


def _expiry_warning(expires_on: date | None, on: date) -> Iterator[Finding]:
    """The nearest warning that is due: 180, 90 or 30 days before, as the law data has it; the last one is an error."""
    if expires_on is None:
        return
    days = (expires_on - on).days
    severities: tuple[tuple[str, Severity], ...] = (
        ("expiry_last_warning", "error"),
        ("expiry_second_warning", "warning"),
        ("expiry_first_warning", "info"),
    )
    for key, severity in severities:
        before = period_on(key, on)
        if before is not None and days <= before:
            yield CATALOGUE.finding("NORM-EXPIRING", severity=severity, expires_on=expires_on, days=days)
            return
