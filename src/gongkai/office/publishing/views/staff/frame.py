"""What every staff screen of this room does: ask the clock once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponseBase
from django.utils import timezone

from gongkai.office.accounts.desk_pages import person
from gongkai.office.accounts.models import User

Screen = Callable[..., HttpResponseBase]
ON_A_PAGE = 30


@dataclass(frozen=True)
class Moment:
    """Who looks, and when: what a screen hands down to everything below it."""

    user: User
    at: datetime

    @property
    def on(self) -> date:
        """The day, in the office's time zone."""
        return timezone.localdate(self.at)


def screen(view: Screen) -> Screen:
    """A staff screen: `view(request, moment, …)`. What it may not show it raises as Refused (`desk.refusals` answers)."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return view(request, Moment(person(request), timezone.now()), *args, **kwargs)

    return answer


def page_of(request: HttpRequest, rows: Any) -> Page[Any]:
    """The page of a list that the address asks for; the last one for a number beyond it."""
    return Paginator(rows, ON_A_PAGE).get_page(request.GET.get("page"))
