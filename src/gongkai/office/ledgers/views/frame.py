"""What the staff's screens of every ledger have in common."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.accounts.desk_pages import person
from gongkai.office.ledgers import queries
from gongkai.office.ledgers.ledger import Ledger


def entry_of(request: HttpRequest, ledger: Ledger, pk: int) -> Any:
    """An entry of the agencies somebody works for; any other is not there."""
    return get_object_or_404(queries.entries_for(ledger, person(request), on=localdate()), pk=pk)


def to_list(ledger: Ledger) -> dict[str, Any]:
    """The way back to the list."""
    return {"back_url": reverse(ledger.address()), "back_label": ledger.label}


def to_entry(ledger: Ledger, entry: Any) -> dict[str, Any]:
    """The way back to an entry."""
    return {"back_url": reverse(ledger.address("entry"), args=[entry.pk]), "back_label": ledger.title(entry)}
