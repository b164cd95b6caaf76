"""This room in the shell: its addresses and its place in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.timezone import localdate
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.office.accounts.models import User
from gongkai.office.channels.ledgers import ACCOUNT, LEDGERS
from gongkai.office.channels.views import desk
from gongkai.office.ledgers import policy
from gongkai.office.ledgers.urls import staff


class _Menu(MenuItem):
    """Shown to whoever sees the ledgers of some agency."""

    def is_shown(self, request: HttpRequest) -> bool:
        user = request.user
        return isinstance(user, User) and policy.sees_any(user, ACCOUNT, on=localdate())


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens."""
    return [path("channels/", desk.home, name="channels_home"), *(each for ledger in LEDGERS for each in staff(ledger))]


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """The ledgers of this room."""
    return _Menu("政务新媒体", reverse("channels_home"), name="channels-ledgers", icon_name="site", order=340)
