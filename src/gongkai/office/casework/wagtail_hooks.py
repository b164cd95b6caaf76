"""This room in the shell: its addresses and its places in the menu."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.office.accounts.desk_menu import Place
from gongkai.office.casework import desk_urls, letter_urls, policy


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens: the cases, and their replies and letters."""
    return [*desk_urls.urlpatterns, *letter_urls.urlpatterns]


@hooks.register("register_admin_menu_item")
def menu() -> Place:
    """The cases."""
    return Place(
        "依申请公开",
        reverse("casework_cases"),
        lambda user, on: policy.sees_any(user, on=on),
        name="casework-cases",
        icon_name="mail",
        order=210,
    )


@hooks.register("register_admin_menu_item")
def letter_menu() -> Place:
    """Letters to sign and to deliver."""
    return Place(
        "依申请文书",
        reverse("casework_letters"),
        lambda user, on: policy.sees_any(user, on=on),
        name="casework-letters",
        icon_name="doc-full",
        order=211,
    )


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """What a case's page adds to the desk's own look, and how a letter is set on it."""
    return format_html(
        '<link rel="stylesheet" href="{}"><link rel="stylesheet" href="{}">',
        static("casework/desk.css"),
        static("casework/letters.css"),
    )
