"""The journal of what search has to look at again. It stands in the office's database; the index follows it.

An entry is written in the transaction that makes items public, changes or withdraws them. Entries become visible in the
order of their numbers: whoever writes one holds the end of the audit chain until the transaction ends.
"""

from __future__ import annotations

import secrets
from collections.abc import Collection
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Count, Sum

from gongkai.office.audit.actions import await_turn
from gongkai.office.publishing.models import SearchChange
from gongkai.office.publishing.search.fulltext.file import Place

_AT_ONCE = 500
"""Entries that are read at once."""
START = Place(0, "")


@dataclass(frozen=True, slots=True)
class Ahead:
    """What there is after a place: how many items at most, and whether everything is to be looked at again."""

    items: int
    everything: bool


@transaction.atomic
def write(items: Collection[int] | None) -> None:
    """Note that search has to look at some items again; None: at everything."""
    await_turn()
    told = None if items is None else len(items)
    SearchChange.objects.create(token=secrets.token_hex(8), items=list(items or ()), count=told)


def head() -> Place:
    """The end of the journal."""
    last = SearchChange.objects.order_by("-sequence").values_list("sequence", "token").first()
    return Place(*last) if last else START


def holds(place: Place) -> bool:
    """Whether a place is one of this journal, and not of another one or of a time that a restored backup undid."""
    return SearchChange.objects.filter(sequence=place.sequence, token=place.token).exists()


def ahead(place: Place) -> Ahead:
    """What there is after a place."""
    found = SearchChange.objects.filter(sequence__gt=place.sequence).aggregate(
        items=Sum("count"), told=Count("count"), all=Count("sequence")
    )
    return Ahead(found["items"] or 0, found["all"] != found["told"])


def after(place: Place, enough: int) -> tuple[Place, list[int]]:
    """The items of the next entries, until there are enough or an entry is about everything; and the place these lead to."""
    entries = SearchChange.objects.filter(sequence__gt=place.sequence).order_by("sequence")
    total, first = 0, place.sequence
    for sequence, token, count in entries.values_list("sequence", "token", "count")[:_AT_ONCE]:
        if count is None or (total and total + count > enough):
            break
        total, place = total + count, Place(sequence, token)
    told = SearchChange.objects.filter(sequence__gt=first, sequence__lte=place.sequence).order_by("sequence")
    items = (item for some in told.values_list("items", flat=True) for item in some)
    return place, list(dict.fromkeys(items))
