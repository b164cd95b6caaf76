"""The check of an item before it is submitted and before each pass: the same findings for everybody, everywhere."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from gongkai.regulation.disclosure.checks.completeness import completeness, leftovers
from gongkai.regulation.disclosure.checks.dates import dates
from gongkai.regulation.disclosure.checks.markings import markings
from gongkai.regulation.disclosure.checks.personal_data import personal_data
from gongkai.regulation.disclosure.checks.wording import WordRule, word_rules, wording
from gongkai.regulation.disclosure.index_number import IndexNumberRule
from gongkai.regulation.disclosure.item import Item
from gongkai.regulation.finding import Finding


def check_item(
    item: Item,
    on: date,
    add_working_days: Callable[[date, int], date],
    *,
    index_rule: IndexNumberRule | None = None,
    extra_words: tuple[WordRule, ...] = (),
    dropped_words: frozenset[str] = frozenset(),
) -> list[Finding]:
    """Everything to be said about an item on a day: an error stops it, a warning asks for a reason.

    `add_working_days` is the working-day calendar; `extra_words` are the office's own word rules, `dropped_words` those
    of the product's that it does not want. The time is linear in the length of the texts.
    Errors: whatever the calendar raises for a year it doesn't know.
    Source: ogi-2019#17, ogi-2019#20, ogi-2019#26.
    """
    rules = tuple(rule for rule in word_rules() if rule.word not in dropped_words)
    return [
        *completeness(item, index_rule),
        *dates(item, on, add_working_days),
        *personal_data(item),
        *markings(item),
        *wording(item, (*rules, *extra_words)),
        *leftovers(item),
    ]
