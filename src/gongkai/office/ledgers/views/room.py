"""The first screen of a room of ledgers: what there is, and how much."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.accounts.desk_pages import person
from gongkai.office.ledgers import policy, queries
from gongkai.office.ledgers.ledger import Ledger


def overview(request: HttpRequest, listed: Sequence[Ledger]) -> list[dict[str, Any]]:
    """The ledgers somebody may see, each with its numbers: the context of `ledgers/desk/room.html`."""
    by, today = person(request), localdate()
    found = []
    for ledger in listed:
        if not policy.organs(by, ledger, "see", on=today).exists():
            continue
        rows = queries.entries_for(ledger, by, on=today).filter(struck_at=None).order_by()
        found.append(
            {
                "label": ledger.label,
                "lead": ledger.lead,
                "unit": ledger.unit,
                "url": reverse(ledger.address()),
                "all": rows.count(),
                "this_year": rows.filter(**{f"{ledger.day}__year": today.year}).count(),
            }
        )
    return found
