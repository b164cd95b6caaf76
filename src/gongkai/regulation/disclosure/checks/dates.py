"""Dates of an item that can't follow each other, and publication after the statutory time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta

from gongkai.regulation.disclosure.item import Item
from gongkai.regulation.disclosure.words import CATALOGUE
from gongkai.regulation.finding import Finding, Severity
from gongkai.regulation.law import law_on

# The earlier date, the later one, and how grave it is when they are the other way round. A document may take effect on
# or before its signature only by an express provision, so that is asked about and not stopped.
_ORDER: tuple[tuple[str, str, Severity], ...] = (
    ("written_date", "published_date", "error"),
    ("formed_date", "published_date", "error"),
    ("written_date", "effective_date", "warning"),
    ("effective_date", "expiry_date", "error"),
    ("written_date", "expiry_date", "error"),
    ("formed_date", "changed_date", "warning"),
)
_NOT_IN_THE_FUTURE = ("written_date", "formed_date", "changed_date", "published_date")
_LABELS = {
    "written_date": "成文日期",
    "formed_date": "生成日期",
    "changed_date": "变更日期",
    "published_date": "发布日期",
    "effective_date": "生效日期",
    "expiry_date": "废止（失效）日期",
}


def dates(item: Item, on: date, add_working_days: Callable[[date, int], date]) -> Iterator[Finding]:
    """Findings about an item's dates as seen on a day."""
    known = {name: day for name in _LABELS if (day := getattr(item, name)) is not None}
    for earlier, later, severity in _ORDER:
        if earlier in known and later in known and known[later] < known[earlier]:
            yield CATALOGUE.finding(
                "ITEM-DATE-ORDER",
                severity=severity,
                earlier=_LABELS[earlier],
                later=_LABELS[later],
                earlier_day=known[earlier],
                later_day=known[later],
            )
    for name in _NOT_IN_THE_FUTURE:
        if name in known and known[name] > on:
            yield CATALOGUE.finding("ITEM-DATE-FUTURE", element=_LABELS[name], day=known[name])
    due = publish_by(item, add_working_days)
    published = item.published_date or on
    if due and published > due:
        yield CATALOGUE.finding("ITEM-DEADLINE", due=due, published=published)


def publish_by(item: Item, add_working_days: Callable[[date, int], date]) -> date | None:
    """The last day to publish an item; None when it is not known when it was formed.

    Unit: a calendar date. The period is 20 working days from formation or change, or that of the catalogue; day 1 is the
    day after. Errors: whatever the calendar raises for a year it doesn't know.
    Source: ogi-2019#26.
    """
    began = item.changed_date or item.formed_date
    if began is None:
        return None
    if item.time_limit and item.time_limit.unit == "natural_day":
        return began + timedelta(days=item.time_limit.amount)
    usual = law_on(began).parameter("proactive_disclosure_period", int)
    return add_working_days(began, item.time_limit.amount if item.time_limit else usual.value)
