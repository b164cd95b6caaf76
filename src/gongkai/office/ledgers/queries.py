"""What may be asked of any ledger: its entries, and the counts of the annual report with the records behind them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Any

from django.db.models import Q, QuerySet
from django.urls import reverse

from gongkai.office.accounts.models import User
from gongkai.office.ledgers import policy
from gongkai.office.ledgers.ledger import Ledger
from gongkai.office.ledgers.models import STANDING
from gongkai.regulation.tally import Counted, Measure, Tally


def entries_for(ledger: Ledger, by: User, *, on: date) -> QuerySet[Any]:
    """The entries somebody sees on the staff's screens, the latest day first."""
    rows = ledger.model._default_manager.filter(policy.within(by, ledger, on=on))
    return rows.select_related("organ", *ledger.related).order_by(f"-{ledger.day}", "-pk")


def standing(ledger: Ledger) -> QuerySet[Any]:
    """The entries that were not struck, the latest day first."""
    rows = ledger.model._default_manager.filter(STANDING)
    return rows.select_related("organ", *ledger.related).order_by(f"-{ledger.day}", "-pk")


def between(ledger: Ledger, organs: Collection[int], first: date, last: date) -> QuerySet[Any]:
    """The standing entries of agencies whose day lies in a period, in no order."""
    of_period = {f"{ledger.day}__gte": first, f"{ledger.day}__lte": last}
    return ledger.model._default_manager.filter(STANDING, organ__in=list(organs), **of_period).order_by()


def count(measure: Measure, rows: QuerySet[Any]) -> Tally:
    """A count of records, with their ids."""
    ids = tuple(rows.order_by("pk").values_list("pk", flat=True))
    return Tally(measure, len(ids), ids)


def add_up(measure: Measure, rows: QuerySet[Any], column: str) -> Tally:
    """A sum over records, with the ids of those it adds up; one look at the table."""
    pairs = list(rows.order_by("pk").values_list("pk", column))
    return Tally(measure, sum(value for _, value in pairs), tuple(pk for pk, _ in pairs))


def counted(ledger: Ledger, ids: Sequence[int]) -> list[Counted]:
    """The entries of a ledger behind a count, in the order of the ids. Those that were struck since are among them."""
    rows = ledger.model._default_manager.select_related("organ", *ledger.related).in_bulk(list(ids))
    return [_counted(ledger, rows[pk]) for pk in ids if pk in rows]


def with_words(ledger: Ledger, rows: QuerySet[Any], words: str) -> QuerySet[Any]:
    """Those in which every one of the words stands somewhere."""
    for word in words.split()[:5]:
        rows = rows.filter(_any(ledger.words, word))
    return rows


def years(ledger: Ledger, rows: QuerySet[Any]) -> list[int]:
    """The years the entries span, newest first: two looks at the ends."""
    days = rows.order_by(ledger.day).values_list(ledger.day, flat=True)
    oldest, newest = days.first(), days.last()
    return list(range(newest.year, oldest.year - 1, -1)) if oldest and newest else []


def _any(columns: Sequence[str], word: str) -> Q:
    found = Q(pk__in=())
    for column in columns:
        found |= Q(**{f"{column}__icontains": word})
    return found


def _counted(ledger: Ledger, entry: Any) -> Counted:
    on = getattr(entry, ledger.day)
    return Counted(
        entry.pk,
        ledger.title(entry),
        on.date() if hasattr(on, "hour") else on,
        entry.organ.name,
        staff_path=reverse(ledger.address("entry"), args=[entry.pk]),
        public_path=ledger.public_path(entry) if entry.struck_at is None else "",
    )
