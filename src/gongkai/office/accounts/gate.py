"""The gate before the staff's desk: whoever signed in still has to be here, and to have done what signing in asks."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.accounts.second_factor import device_of

SIGNED_IN_AT = "signed_in_at"
SEEN_AT = "seen_at"
_GRAIN = 60
"""Seconds between two notes of somebody being here: not every click writes to the database."""

DESK = "/desk/"
"""Where the staff work; compared with the address as it is resolved, whatever prefix it came under."""

OPEN = ("wagtailadmin_login", "wagtailadmin_logout", "wagtailadmin_sprite", "wagtailadmin_javascript_catalog")
"""Addresses under the desk that say nothing about anything."""


def begin(request: HttpRequest) -> None:
    """Note when somebody signed in."""
    request.session[SIGNED_IN_AT] = request.session[SEEN_AT] = int(timezone.now().timestamp())


class Gate:
    """Lets nobody to the desk who was away too long, has an initial password, or owes the second factor."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._stop(request) or self.get_response(request)

    def _stop(self, request: HttpRequest) -> HttpResponse | None:
        path = request.path_info
        if not path.startswith(DESK) or path in {reverse(name) for name in OPEN}:
            return None
        user = request.user
        if not isinstance(user, User):
            return None
        if reason := _too_old(request):
            logout(request)
            messages.warning(request, reason)
            return _sent_to("wagtailadmin_login", path if request.method == "GET" else "")
        step = _owed(request, user)
        return None if step is None or path == reverse(step) else _sent_to(step, request.get_full_path())


def _too_old(request: HttpRequest) -> str:
    """Why a session ends, in Chinese; empty while it goes on. It notes that somebody is here."""
    now = int(timezone.now().timestamp())
    session = request.session
    began, seen = session.get(SIGNED_IN_AT), session.get(SEEN_AT)
    if began is None or seen is None:
        session[SIGNED_IN_AT] = session[SEEN_AT] = now
        return ""
    if now - began > settings.SESSION_ABSOLUTE_SECONDS:
        return f"本次登录已满 {settings.SESSION_ABSOLUTE_SECONDS // 3600} 小时，为安全起见请重新登录。"
    if now - seen > settings.SESSION_IDLE_SECONDS:
        return f"您已超过 {settings.SESSION_IDLE_SECONDS // 60} 分钟没有操作，为防止他人冒用已自动退出，请重新登录。"
    if now - seen >= _GRAIN:
        session[SEEN_AT] = now
    return ""


def _owed(request: HttpRequest, user: User) -> str | None:
    """The page that has to be dealt with first. The second factor comes before the password: it tells who is there."""
    if not user.is_verified():  # type: ignore[attr-defined]  # added by OTPMiddleware
        if device_of(user) is not None:
            return "accounts_second_factor"
        if settings.REQUIRE_SECOND_FACTOR:
            return "accounts_set_up_second_factor"
    return "accounts_password" if user.must_change_password else None


def _sent_to(name: str, came_for: str) -> HttpResponseRedirect:
    query = f"?{urlencode({'next': came_for})}" if came_for else ""
    return HttpResponseRedirect(reverse(name) + query)
