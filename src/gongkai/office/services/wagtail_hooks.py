"""This room in the shell: its addresses and its place in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.timezone import localdate
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.office.accounts.models import User
from gongkai.office.ledgers import policy
from gongkai.office.ledgers.urls import staff
from gongkai.office.services.ledgers import ITEM, LEDGERS
from gongkai.office.services.views import desk


class _Menu(MenuItem):
    """Shown to whoever sees the ledgers of some agency."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and policy.sees_any(user, ITEM, on=localdate())


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens."""
    return [path("services/", desk.home, name="services_home"), *(each for ledger in LEDGERS for each in staff(ledger))]


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """The ledgers of this room."""
    return _Menu("政务服务", reverse("services_home"), name="services-ledgers", icon_name="tick-inverse", order=330)
