"""This room in the shell: its addresses and its place in the menu."""

from __future__ import annotations

from django.urls import URLPattern, reverse
from wagtail import hooks

from gongkai.office.accounts.desk_menu import Place
from gongkai.office.remedies import policy
from gongkai.office.remedies.desk_urls import urlpatterns


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def menu() -> Place:
    """The register."""
    return Place(
        "复议诉讼",
        reverse("remedies_cases"),
        lambda user, on: policy.sees_any(user, on=on),
        name="remedies-cases",
        icon_name="warning",
        order=270,
    )
