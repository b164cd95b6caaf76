"""This room in the shell: its addresses and its places in the menu."""

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
from gongkai.office.casework import desk_urls, letter_urls, policy


class _Menu(MenuItem):
    """Shown to whoever handles or approves cases of some agency."""

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and policy.sees_any(request.user, on=localdate())


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens: the cases, and their replies and letters."""
    return [*desk_urls.urlpatterns, *letter_urls.urlpatterns]


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """The cases."""
    return _Menu("依申请公开", reverse("casework_cases"), name="casework-cases", icon_name="mail", order=210)


@hooks.register("register_admin_menu_item")
def letter_menu() -> MenuItem:
    """Letters to sign and to deliver."""
    return _Menu("依申请文书", reverse("casework_letters"), name="casework-letters", icon_name="doc-full", order=211)


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """What a case's page adds to the desk's own look, and how a letter is set on it."""
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        static("casework/desk.css"),
        static("casework/letters.css"),
    )
