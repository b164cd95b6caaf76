"""What every staff screen does: who is at the desk, a form that is shown again with the reason, a list that nobody counts.

What a screen may not show it raises as `Refused`; `desk.refusals` makes the page of it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.forms import FileField, Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.office.accounts import typed
from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import FileRefused, Refused

FURTHEST = 200
"""Pages somebody may step through a list that isn't counted; what lies further back is found by number or by day."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """A page of a list that isn't counted, for `desk/pages.html`; `number` is from 1."""

    number: int
    rows: Sequence[Any]
    has_next: bool

    @property
    def has_previous(self) -> bool:
        """Is there a page before?"""
        return self.number > 1


def person(request: HttpRequest) -> User:
    """Who is at the desk; the shell lets nobody else in."""
    assert isinstance(request.user, User), "nobody else is let in"
    return request.user


def asked(
    request: HttpRequest,
    form: Form,
    save: Callable[[], HttpResponse],
    frame: dict[str, Any],
    template: str = "desk/form.html",
) -> HttpResponse:
    """A form and what it does: shown, sent, and shown again with the reason where the action is refused."""
    status, refusal = 200, ""
    if request.method == "POST":
        if form.is_valid():
            try:
                return save()
            except FileRefused as refused:
                files = [name for name, field in form.fields.items() if isinstance(field, FileField)]
                form.add_error(files[0] if files else None, str(refused))
                status = 422
            except Refused as refused:
                status, refusal = 403, str(refused)
        else:
            status = 400
    return render(request, template, {"form": form, "refusal": refusal, **frame}, status=status)


def leaf_of(request: HttpRequest, rows: QuerySet[Any], length: int) -> Leaf:
    """The page that `?page=` asks for, of so many rows: nobody counts a million of them to show fifty.

    One row more than a page holds tells whether there is another page.
    """
    number = min(typed.number(request.GET.get("page", "")) or 1, FURTHEST)
    found = list(rows[(number - 1) * length : number * length + 1])
    return Leaf(number, found[:length], has_next=len(found) > length and number < FURTHEST)
