"""What the staff's screens of every ledger have in common."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.ledgers import policy, queries
from gongkai.office.ledgers.ledger import Ledger


def person(request: HttpRequest) -> User:
    """Who is at the desk; the shell lets nobody else in."""
    assert isinstance(request.user, User)
    return request.user


def entry_of(request: HttpRequest, ledger: Ledger, pk: int) -> Any:
    """An entry of the agencies somebody works for; any other is not there."""
    return get_object_or_404(queries.entries_for(ledger, person(request), on=localdate()), pk=pk)


def asked(request: HttpRequest, form: Form, save: Callable[[], HttpResponse], frame: dict[str, Any]) -> HttpResponse:
    """A form and what it does: shown, sent, and shown again with the reason where the action is refused."""
    status, refusal = 200, ""
    if request.method == "POST":
        if form.is_valid():
            try:
                return save()
            except Refused as refused:
                status, refusal = 403, str(refused)
        else:
            status = 400
    return render(request, "ledgers/desk/form.html", {"form": form, "refusal": refusal, **frame}, status=status)


def nowhere(request: HttpRequest, ledger: Ledger, verb: str) -> HttpResponse:
    """The answer to somebody who may not do this for any agency."""
    said = policy.nowhere(person(request), ledger, verb)
    return render(request, "desk/refused.html", {"refusal": said}, status=403)


def to_list(ledger: Ledger) -> dict[str, Any]:
    """The way back to the list."""
    return {"back_url": reverse(ledger.address()), "back_label": ledger.label}


def to_entry(ledger: Ledger, entry: Any) -> dict[str, Any]:
    """The way back to an entry."""
    return {"back_url": reverse(ledger.address("entry"), args=[entry.pk]), "back_label": ledger.title(entry)}
