"""This room in the shell: its addresses and its place in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, reverse
from django.utils.timezone import localdate
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.office.accounts.models import User
from gongkai.office.notices import policy
from gongkai.office.notices.desk_urls import urlpatterns


class _Menu(MenuItem):
    """Shown to whoever has a ledger to look at."""

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and policy.sees_any(request.user, on=localdate())


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """The ledger."""
    return _Menu("通知和送达", reverse("notices_ledger"), name="notices-ledger", icon_name="mail", order=450)
