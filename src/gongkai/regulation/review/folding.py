"""The record read: its events folded, each judged by the same rules that a button is greyed out by.

A record can be written by a screen, a shell or a faulty import. So nothing in it is believed: an act the rules refuse
has no effect and is listed. Two kinds of event always take effect, because ignoring them would let a text through: an
edit, and a publication (it happened, lawful or not).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from functools import reduce

from gongkai.regulation.finding import Finding
from gongkai.regulation.review.events import (
    STEPS,
    Delegated,
    Edited,
    Passed,
    Published,
    Returned,
    ReviewEvent,
    SecrecyReviewed,
    Submitted,
    Withdrawn,
)
from gongkai.regulation.review.progress import Progress, StandingPass, VoidPass, acting_for
from gongkai.regulation.review.rules import objection_to
from gongkai.regulation.review.words import CATALOGUE


def progress_of(events: Iterable[ReviewEvent]) -> Progress:
    """The events folded, oldest first."""
    return reduce(_after, events, Progress())


def _after(progress: Progress, event: ReviewEvent) -> Progress:
    match event:
        case Edited():
            return _with_new_text(progress, event.by, event.content_hash)
        case Submitted():
            return _submitted(progress, event)
        case SecrecyReviewed():
            objection = objection_to(progress, event)
            return _noted(progress, objection) if objection else replace(progress, secrecy=event)
        case Passed():
            return _passed(progress, event)
        case Returned() | Withdrawn():
            return _sent_back(progress, event)
        case Delegated():
            return replace(progress, delegations=(*progress.delegations, event))
        case Published():
            return _published(progress, event)


def _with_new_text(progress: Progress, author: str, content_hash: str) -> Progress:
    """A changed text is nobody's reviewed text: passes fall, and so does a secrecy review of other content."""
    secrecy = progress.secrecy if progress.secrecy and progress.secrecy.content_hash == content_hash else None
    return replace(
        _without_passes(progress, CATALOGUE.finding("REV-VOID-EDIT", by=author)),
        state="returned" if progress.state == "returned" else "draft",
        content_hash=content_hash,
        authors=progress.authors | {author},
        secrecy=secrecy,
        step_since=None,
    )


def _submitted(progress: Progress, event: Submitted) -> Progress:
    objection = objection_to(progress, event)
    if objection:
        return _noted(progress, objection)
    text = _with_new_text(progress, event.by, event.content_hash)
    return replace(text, state="in_review", step_since=event.at, returned=None)


def _passed(progress: Progress, event: Passed) -> Progress:
    objection = objection_to(progress, event)
    if objection:
        return replace(progress, void=(*progress.void, _void(event, objection)))
    standing = StandingPass(event.step, event.by, event.at, event.content_hash, acting_for(progress, event))
    passes = (*progress.passes, standing)
    return replace(
        progress, passes=passes, state="approved" if len(passes) == len(STEPS) else "in_review", step_since=event.at
    )


def _sent_back(progress: Progress, event: Returned | Withdrawn) -> Progress:
    objection = objection_to(progress, event)
    if objection:
        return _noted(progress, objection)
    code = "REV-VOID-RETURN" if isinstance(event, Returned) else "REV-VOID-WITHDRAWN"
    emptied = _without_passes(progress, CATALOGUE.finding(code, by=event.by, reason=event.reason))
    if isinstance(event, Returned):
        return replace(emptied, state="returned", returned=event, step_since=None)
    return replace(emptied, state="draft", step_since=None)


def _published(progress: Progress, event: Published) -> Progress:
    objection = objection_to(progress, event)
    noted = progress if objection is None else _noted(progress, objection)
    return replace(noted, state="published", published_hash=event.content_hash, step_since=None)


def _without_passes(progress: Progress, reason: Finding) -> Progress:
    fallen = tuple(_void(each, reason) for each in progress.passes)
    return replace(progress, passes=(), void=(*progress.void, *fallen))


def _void(event: Passed | StandingPass, reason: Finding) -> VoidPass:
    return VoidPass(event.step, event.by, event.at, event.content_hash, reason)


def _noted(progress: Progress, objection: Finding) -> Progress:
    return replace(progress, unlawful=(*progress.unlawful, objection))
