"""The desk in Wagtail's shell: its look, and a menu of our own rooms only."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.office.accounts.desk_menu import Place
from gongkai.office.desk import calendar

ROOMS = (
    "desk", "publishing", "normative", "engagement", "services", "channels", "casework", "remedies", "reporting",
    "notices", "organs", "accounts", "audit", "portal", "api",
)  # fmt: skip
"""Rooms that may stand in the menu: their items are named `<room>-…`. What Wagtail registers itself is closed."""


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """The desk's own colours and tables, over Wagtail's."""
    return format_html('<link rel="stylesheet" href="{}">', static("desk/desk.css"))


@hooks.register("construct_main_menu", order=1000)
def only_our_rooms(request: HttpRequest, items: list[MenuItem]) -> None:
    """Keep what our rooms registered."""
    items[:] = [item for item in items if item.name.partition("-")[0] in ROOMS and "-" in item.name]


@hooks.register("register_admin_menu_item")
def home_in_menu() -> MenuItem:
    """The desk itself: what asks something of whoever looks."""
    return MenuItem("工作台", reverse("wagtailadmin_home"), name="desk-home", icon_name="home", order=10)


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The desk's own screens besides its first page."""
    return [
        path("calendar/", calendar.month, name="desk_calendar"),
        path("calendar/<int:year>/<int:month>/", calendar.month, name="desk_calendar_month"),
    ]


@hooks.register("register_admin_menu_item")
def calendar_in_menu() -> Place:
    """The days on which something is due."""
    return Place(
        "到期日历",
        reverse("desk_calendar"),
        lambda user, on: calendar.sees_any(user, on=on),
        name="desk-calendar",
        icon_name="calendar-alt",
        order=15,
    )
