"""This room in the shell: its addresses and its place in the menu."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from wagtail import hooks

from gongkai.office.accounts.desk_menu import Place
from gongkai.office.ledgers import policy
from gongkai.office.ledgers.urls import staff
from gongkai.office.services.ledgers import ITEM, LEDGERS
from gongkai.office.services.views import desk


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens."""
    return [path("services/", desk.home, name="services_home"), *(each for ledger in LEDGERS for each in staff(ledger))]


@hooks.register("register_admin_menu_item")
def menu() -> Place:
    """The ledgers of this room."""
    return Place(
        "政务服务",
        reverse("services_home"),
        lambda user, on: policy.sees_any(user, ITEM, on=on),
        name="services-ledgers",
        icon_name="tick-inverse",
        order=330,
    )
