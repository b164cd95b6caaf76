"""A place in the desk's menu, for those whose appointments lead there."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.http import HttpRequest
from django.utils.timezone import localdate
from wagtail.admin.menu import MenuItem

from gongkai.office.accounts.models import User


class Place(MenuItem):
    """An entry of the menu; `shown(user, on)` says to whom. The screen behind it asks again."""

    def __init__(self, label: str, url: str, shown: Callable[[User, date], bool], **more: object) -> None:
        self._shown = shown
        super().__init__(label, url, **more)

    def is_shown(self, request: HttpRequest) -> bool:
        """Asked by the shell for every page."""
        return isinstance(request.user, User) and self._shown(request.user, localdate())
