"""What of Wagtail's shell is used, and what is closed.

The shell gives the frame: sign-in, menu, account. Its pages, workflows, users, sites and reports would be a second way to
do what the rooms do, past three reviews or past the agencies' rights; their addresses answer 404 to everybody.
"""

from __future__ import annotations

from typing import NoReturn

from django.http import Http404, HttpRequest
from django.urls import URLPattern, re_path

CLOSED = (
    "api",
    "block-preview",
    "bulk",
    "choose-anchor-link",
    "choose-email-link",
    "choose-external-link",
    "choose-page",
    "choose-phone-link",
    "collections",
    "documents",
    "editing-sessions",
    "failwhale",
    "groups",
    "images",
    "pages",
    "reports",
    "sites",
    "tag-autocomplete",
    "test404",
    "users",
    "workflows",
)
"""First parts of addresses under the desk that are Wagtail's own and closed."""


def closed(request: HttpRequest, rest: str = "") -> NoReturn:
    """The answer at a closed address."""
    raise Http404("这里没有页面。工作台的各项功能都在左侧菜单里。")


urlpatterns: list[URLPattern] = [re_path(rf"^(?:{'|'.join(CLOSED)})/(?P<rest>.*)$", closed)]
