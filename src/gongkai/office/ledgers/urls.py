"""Addresses of the staff's screens of a ledger, for the room whose ledger it is."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpResponseBase
from django.urls import URLPattern, path

from gongkai.office.ledgers.ledger import Ledger
from gongkai.office.ledgers.views import entering, importing, lists


def staff(ledger: Ledger) -> list[URLPattern]:
    """List, entry, register, change, strike, restore, import and its template: all below `<room>/<noun>/`."""
    base, given = f"{ledger.room}/{ledger.noun}/", {"ledger": ledger}
    screens: list[tuple[str, Callable[..., HttpResponseBase], str]] = [
        ("", lists.entries, ""),
        ("export.csv", lists.export, "export"),
        ("register/", entering.register, "register"),
        ("import/", importing.bring_in, "import"),
        ("import/template.xlsx", importing.template, "template"),
        ("<int:pk>/", lists.entry, "entry"),
        ("<int:pk>/strike/", entering.strike, "strike"),
        ("<int:pk>/restore/", entering.restore, "restore"),
    ]
    if ledger.changeable:
        screens.append(("<int:pk>/change/", entering.change, "change"))
    return [path(base + tail, view, given, name=ledger.address(screen)) for tail, view, screen in screens]
