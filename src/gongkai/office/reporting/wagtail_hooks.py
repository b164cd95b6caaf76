"""This room in the shell: its addresses and its place in the menu."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.office.accounts.desk_menu import Place
from gongkai.office.reporting import policy
from gongkai.office.reporting.desk_urls import urlpatterns


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def menu() -> Place:
    """The annual reports."""
    return Place(
        "年度报告",
        reverse("reporting_years"),
        lambda user, on: policy.may_anywhere(user, "see", on=on),
        name="reporting-years",
        icon_name="table",
        order=600,
    )


@hooks.register("register_admin_menu_item")
def received_menu() -> Place:
    """The reports of others."""
    return Place(
        "收到的年报",
        reverse("reporting_received_list"),
        lambda user, on: policy.may_anywhere(user, "receive", on=on),
        name="reporting-received",
        icon_name="download",
        order=610,
    )


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """How the statutory tables look on the desk, alone and beside a source."""
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        static("reporting/years.css"),
        static("reporting/received.css"),
    )
