"""What a normative document's making lacks: missing, short, late and reversed steps.

Source: normative-2018#procedure, legality-review-2018#review, business-environment-2019#62, practice.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from itertools import pairwise

from gongkai.regulation.disclosure.normative.events import (
    CollectivelyDecided,
    CommentHeld,
    Evaluated,
    Extended,
    Filed,
    Interpreted,
    LegalityReviewed,
    NormativeDocument,
    Numbered,
    Published,
    Signed,
)
from gongkai.regulation.disclosure.normative.term import ValidityTerm, expiry, last_day, period_on, term_on
from gongkai.regulation.disclosure.normative.validity import validity
from gongkai.regulation.disclosure.words import CATALOGUE
from gongkai.regulation.finding import Finding

AddWorkingDays = Callable[[date, int], date]


def check_procedure(
    document: NormativeDocument, on: date, add_working_days: AddWorkingDays, term: ValidityTerm | None = None
) -> list[Finding]:
    """Everything to be said about a document's procedure as it is on file on a day.

    A step is missed only once a later step shows that it was passed over. Periods are those of the law on the day the
    step began; a document from before the rules is not measured by them.
    Errors: whatever the calendar raises for a year it doesn't know.
    """
    return [
        *_missing_steps(document, on),
        *_comment(document, on, add_working_days),
        *_order(document, on),
        *_after_publication(document, on, add_working_days),
        *_term(document, on, term),
    ]


def _missing_steps(document: NormativeDocument, on: date) -> Iterator[Finding]:
    decided, signed = document.latest(CollectivelyDecided, on), document.latest(Signed, on)
    published = document.first(Published, on)
    reached = published or document.latest(Numbered, on) or signed
    reviews = document.all_of(LegalityReviewed, on)
    if (decided or reached) and not (reviews and reviews[-1].passed):
        yield CATALOGUE.finding("NORM-LEGALITY")
    if reached and (decided is None or decided.by_circulation):
        yield CATALOGUE.finding("NORM-DECISION")
    if published and signed is None:
        yield CATALOGUE.finding("NORM-SIGNATURE")
    if published and document.latest(Numbered, on) is None:
        yield CATALOGUE.finding("NORM-NUMBER")


def _comment(document: NormativeDocument, on: date, add_working_days: AddWorkingDays) -> Iterator[Finding]:
    """Public comment where it is due; an emergency with its reason on record does without."""
    if document.emergency_reason or not (document.affects_rights or document.concerns_business):
        return
    held = document.all_of(CommentHeld, on)
    if not held:
        if document.latest(CollectivelyDecided, on) or document.first(Published, on):
            yield CATALOGUE.finding("NORM-COMMENT-MISSING")
        return
    if not any(event.until >= _earliest_end(document, event.on, add_working_days) for event in held):
        event = held[-1]
        earliest = _earliest_end(document, event.on, add_working_days)
        yield CATALOGUE.finding("NORM-COMMENT-SHORT", opened=event.on, closed=event.until, earliest=earliest)


def _earliest_end(document: NormativeDocument, opened: date, add_working_days: AddWorkingDays) -> date:
    """The first day a comment period may end on; day 1 is the day after it opened."""
    ends = [opened]
    usual = period_on("comment_period", opened)
    if usual is not None:
        ends.append(add_working_days(opened, usual))
    business = period_on("market_comment_period", opened) if document.concerns_business else None
    if business is not None:
        ends.append(opened + timedelta(days=business))
    return max(ends)


def _order(document: NormativeDocument, on: date) -> Iterator[Finding]:
    """The steps in the order of the procedure, each against the next one on record."""
    passed = [event for event in document.all_of(LegalityReviewed, on) if event.passed]
    decided, signed = document.first(CollectivelyDecided, on), document.first(Signed, on)
    numbered, published = document.first(Numbered, on), document.first(Published, on)
    chain = [
        ("合法性审核", passed[0] if passed else None),
        ("集体审议", decided),
        ("签署", signed),
        ("公布", published),
    ]
    steps = [(label, event.on) for label, event in chain if event]
    in_pairs = list(pairwise(steps))
    if numbered and published:
        in_pairs.append((("登记编号", numbered.on), ("公布", published.on)))
    for (earlier, earlier_day), (later, later_day) in in_pairs:
        if later_day < earlier_day:
            yield CATALOGUE.finding(
                "NORM-ORDER", earlier=earlier, later=later, earlier_day=earlier_day, later_day=later_day
            )


def _after_publication(document: NormativeDocument, on: date, add_working_days: AddWorkingDays) -> Iterator[Finding]:
    published = document.first(Published, on)
    if published is None:
        return
    filing = period_on("filing_period", published.on)
    if filing is not None:
        yield from _filing(document, on, published.on + timedelta(days=filing))
    interpretations = document.all_of(Interpreted, on)
    if interpretations:
        first = interpretations[0].on
        if first > published.on:
            yield CATALOGUE.finding("NORM-INTERPRETATION-LATE", published=published.on, interpreted=first)
        return
    period = period_on("interpretation_period", published.on)
    if period is not None and on > (due := add_working_days(published.on, period)):
        yield CATALOGUE.finding("NORM-INTERPRETATION", due=due)


def _filing(document: NormativeDocument, on: date, due: date) -> Iterator[Finding]:
    filed = document.all_of(Filed, on)
    if filed and filed[0].on > due:
        yield CATALOGUE.finding("NORM-FILING-LATE", due=due, filed=filed[0].on)
    elif not filed and on > due:
        yield CATALOGUE.finding("NORM-FILING", due=due)


def _term(document: NormativeDocument, on: date, own: ValidityTerm | None) -> Iterator[Finding]:
    published = document.first(Published, on)
    if published is None:
        return
    expires, term = expiry(document, on, own), own or term_on(published.on)
    for extension in expires.late_extensions:
        yield CATALOGUE.finding("NORM-EXTENDED-LATE", extended_on=extension.on, expires_on=expires.last_day)
    standing = validity(document, on, own)
    if expires.last_day is None or not (standing.is_in_force or standing.state == "published_not_effective"):
        return
    if term and expires.is_default:
        yield CATALOGUE.finding("NORM-NO-TERM", years=term.of(document), expires_on=expires.last_day)
    elif term:
        extended = document.latest(Extended, on)
        begins_on = extended.on if extended else published.effective_on
        latest = last_day(begins_on, term.of(document))
        if expires.last_day > latest:
            years = term.of(document)
            yield CATALOGUE.finding("NORM-TERM-LONG", expires_on=expires.last_day, years=years, latest=latest)
    yield from standing.findings
    ahead = period_on("expiry_first_warning", on)
    is_due = ahead is not None and on >= expires.last_day - timedelta(days=ahead)
    if is_due and not any(event.on >= published.on for event in document.all_of(Evaluated, on)):
        yield CATALOGUE.finding("NORM-EVALUATION", expires_on=expires.last_day)
