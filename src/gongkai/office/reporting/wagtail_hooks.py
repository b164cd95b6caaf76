"""This room in the shell: its addresses and its place in the menu."""

from __future__ import annotations

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.timezone import localdate
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from gongkai.office.accounts.models import User
from gongkai.office.reporting import policy
from gongkai.office.reporting.desk_urls import urlpatterns


class _Menu(MenuItem):
    """Shown to whoever sees the reports of some agency."""

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and policy.may_anywhere(request.user, "see", on=localdate())


class _Received(MenuItem):
    """Shown to whoever takes in the reports of others."""

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and policy.may_anywhere(request.user, "receive", on=localdate())


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """The annual reports."""
    return _Menu("年度报告", reverse("reporting_years"), name="reporting-years", icon_name="table", order=600)


@hooks.register("register_admin_menu_item")
def received_menu() -> MenuItem:
    """The reports of others."""
    return _Received(
        "收到的年报", reverse("reporting_received_list"), name="reporting-received", icon_name="download", order=610
    )


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """How the statutory tables look on the desk, alone and beside a source."""
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        static("reporting/years.css"),
        static("reporting/received.css"),
    )
