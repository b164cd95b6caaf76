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
from gongkai.office.casework import letter_urls, policy


class _Menu(MenuItem):
    """Shown to whoever handles or approves cases of some agency."""

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and policy.organs(request.user, "see", on=localdate()).exists()


@hooks.register("register_admin_urls")
def letter_addresses() -> list[URLPattern]:
    """The screens of replies and letters."""
    return letter_urls.urlpatterns


@hooks.register("register_admin_menu_item")
def letter_menu() -> MenuItem:
    """Letters to sign and to deliver."""
    return _Menu("依申请文书", reverse("casework_letters"), name="casework-letters", icon_name="doc-full", order=211)


@hooks.register("insert_global_admin_css")
def letter_look() -> SafeString:
    """How a letter is set on the desk."""
    return format_html('<link rel="stylesheet" href="{}">', static("casework/letters.css"))
