"""This room in the shell: its addresses and its place in the menu."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from wagtail import hooks

from gongkai.office.accounts.desk_menu import Place
from gongkai.office.channels.ledgers import ACCOUNT, LEDGERS
from gongkai.office.channels.views import desk
from gongkai.office.ledgers import policy
from gongkai.office.ledgers.urls import staff


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens."""
    return [path("channels/", desk.home, name="channels_home"), *(each for ledger in LEDGERS for each in staff(ledger))]


@hooks.register("register_admin_menu_item")
def menu() -> Place:
    """The ledgers of this room."""
    return Place(
        "政务新媒体",
        reverse("channels_home"),
        lambda user, on: policy.sees_any(user, ACCOUNT, on=on),
        name="channels-ledgers",
        icon_name="site",
        order=340,
    )
