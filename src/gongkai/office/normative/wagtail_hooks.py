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
from gongkai.office.normative import policy
from gongkai.office.normative.desk_urls import urlpatterns


class _Menu(MenuItem):
    """Shown to whoever sees documents of some agency."""

    def is_shown(self, request: HttpRequest) -> bool:
        return isinstance(request.user, User) and policy.sees_any(request.user, on=localdate())


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def menu() -> MenuItem:
    """The register of documents."""
    return _Menu(
        "规范性文件", reverse("normative_documents"), name="normative-documents", icon_name="doc-full", order=300
    )


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """What the timeline adds to the desk's own look."""
    return format_html('<link rel="stylesheet" href="{}">', static("normative/desk.css"))
