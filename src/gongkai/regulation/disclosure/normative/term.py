"""How long a normative document holds: the term it states, the default, extensions, and what is out of bounds.

Source: practice#validity-term (no national text names the years; the places that do agree on these).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from gongkai.regulation.disclosure.normative.events import Amended, Extended, NormativeDocument, Published
from gongkai.regulation.law import LawMissing, law_on


@dataclass(frozen=True, slots=True)
class ValidityTerm:
    """The longest and default term in years, for a document and for a provisional one; an office may have its own."""

    years: int
    provisional_years: int

    def of(self, document: NormativeDocument) -> int:
        """The years that go for a document."""
        return self.provisional_years if document.is_provisional else self.years


@dataclass(frozen=True, slots=True)
class Expiry:
    """The last day of a document (None: without end), whether a default set it, and extensions that came too late."""

    last_day: date | None
    is_default: bool = False
    late_extensions: tuple[Extended, ...] = ()


def term_on(published_on: date) -> ValidityTerm | None:
    """The terms as they stood on the day of publication; None before there were any: such a document has no default end.

    >>> term_on(date(2020, 1, 1))
    ValidityTerm(years=5, provisional_years=2)
    """
    usual, provisional = period_on("normative_term", published_on), period_on("provisional_term", published_on)
    return None if usual is None or provisional is None else ValidityTerm(usual, provisional)


def period_on(key: str, day: date) -> int | None:
    """A period of the law data as it stood on a day; None before there was one, so that nothing is measured by it."""
    try:
        return law_on(day).parameter(key, int).value
    except LawMissing:
        return None


def last_day(begins_on: date, years: int) -> date:
    """The last day of a term of years: the day before the anniversary.

    >>> last_day(date(2021, 3, 1), 5), last_day(date(2024, 2, 29), 1)
    (datetime.date(2026, 2, 28), datetime.date(2025, 2, 28))
    """
    try:
        anniversary = begins_on.replace(year=begins_on.year + years)
    except ValueError:
        anniversary = date(begins_on.year + years, 3, 1)
    return anniversary - timedelta(days=1)


def expiry(document: NormativeDocument, on: date, term: ValidityTerm | None = None) -> Expiry:
    """When a document ends by itself, as far as the events up to a day say.

    An extension or an amendment moves the end only if it is on file by the last day: what has lapsed is not revived.
    `term` is the office's own; left out, it is that of the law data on the day of publication.
    """
    published = document.first(Published, on)
    if published is None:
        return Expiry(None)
    end, is_default = published.expires_on, False
    term = term or term_on(published.on)
    if end is None and term:
        end, is_default = last_day(published.effective_on, term.of(document)), True
    late: list[Extended] = []
    for event in document.in_time(on):
        if not isinstance(event, Extended | Amended):
            continue
        new_end = event.until if isinstance(event, Extended) else event.expires_on
        if new_end is None:
            continue
        if end is None or event.on <= end:
            # An act may shorten the term, but not end it before the act itself is on file.
            end, is_default = max(new_end, event.on), False
        elif isinstance(event, Extended):
            late.append(event)
    return Expiry(end, is_default, tuple(late))
