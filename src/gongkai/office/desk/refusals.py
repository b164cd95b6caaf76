"""What the desk shows when a room's policy or action refuses: the sentence that says why, with status 403."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.office.accounts.policy import Refused


class Refusals:
    """One page for every `Refused` that a screen let through, so that no screen has to remember it."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Django asks it about every exception of a view."""
        if not isinstance(exception, Refused):
            return None
        return render(request, "desk/refused.html", {"refusal": str(exception)}, status=403)
