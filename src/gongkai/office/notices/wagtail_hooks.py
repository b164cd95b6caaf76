"""This room in the shell: its addresses and its place in the menu."""

from __future__ import annotations

from django.urls import URLPattern, reverse
from wagtail import hooks

from gongkai.office.accounts.desk_menu import Place
from gongkai.office.notices import policy
from gongkai.office.notices.desk_urls import urlpatterns


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def menu() -> Place:
    """The ledger."""
    return Place(
        "通知和送达",
        reverse("notices_ledger"),
        lambda user, on: policy.sees_any(user, on=on),
        name="notices-ledger",
        icon_name="mail",
        order=450,
    )
