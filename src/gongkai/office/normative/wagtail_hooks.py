"""This room in the shell: its addresses and its place in the menu."""

from __future__ import annotations

from django.templatetags.static import static
from django.urls import URLPattern, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from wagtail import hooks

from gongkai.office.accounts.desk_menu import Place
from gongkai.office.normative import policy
from gongkai.office.normative.desk_urls import urlpatterns


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    """The staff's screens."""
    return urlpatterns


@hooks.register("register_admin_menu_item")
def menu() -> Place:
    """The register of documents."""
    return Place(
        "规范性文件",
        reverse("normative_documents"),
        lambda user, on: policy.sees_any(user, on=on),
        name="normative-documents",
        icon_name="doc-full",
        order=300,
    )


@hooks.register("insert_global_admin_css")
def look() -> SafeString:
    """What the timeline adds to the desk's own look."""
    return format_html('<link rel="stylesheet" href="{}">', static("normative/desk.css"))
