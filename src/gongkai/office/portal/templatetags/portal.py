"""What the frame's templates can't say themselves."""

from __future__ import annotations

import re
from typing import Any

import segno
from django import template
from django.urls import get_script_prefix
from django.utils.safestring import SafeString, mark_safe

register = template.Library()


@register.simple_tag
def qr(address: str) -> SafeString:
    """A QR code of an address as an SVG drawing, without colours of its own."""
    code = segno.make(address, error="m", micro=False)
    drawing = code.svg_inline(scale=4, border=0, omitsize=True, svgclass="qr-code", lineclass=None)
    return mark_safe(drawing.replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1))


@register.filter
def file_size(size: int) -> str:
    """Bytes in the unit people read: 812 B, 36 KB, 2.4 MB."""
    if size < 1024:
        return f"{size} B"
    if size < 1024 * 1024:
        return f"{size / 1024:.0f} KB"
    return f"{size / (1024 * 1024):.1f} MB"


@register.inclusion_tag("portal/parts/pages.html", takes_context=True)
def turn_pages(context: dict[str, Any], number: int, last: int, by_query: bool = False) -> dict[str, Any]:
    """The links to the other pages of a list, of which this is page `number` of `last`.

    Lists page by their path (`…/page/2/`), below whatever prefix the reader came by, so that a kiosk stays in its large
    type; with `by_query` the page is asked for beside what else was asked, as searches do.
    """
    request = context["request"]
    if by_query:
        asked = request.GET.copy()
        asked.pop("page", None)
        first = f"?{asked.urlencode()}"
        before, after = f"{first}&page=" if asked else "?page=", ""
    else:
        first = get_script_prefix() + re.sub(r"page/[0-9]+/$", "", request.path_info).removeprefix("/")
        before, after = f"{first}page/", "/"

    def link(page: int) -> tuple[int, str]:
        return page, first if page == 1 else f"{before}{page}{after}"

    return {
        "number": number,
        "previous": link(number - 1) if number > 1 else None,
        "offered": [None if page is None else link(page) for page in _offered(number, last)] if last > 1 else [],
        "next": link(number + 1) if number < last else None,
    }


def _offered(number: int, last: int) -> list[int | None]:
    """The pages to offer: both ends, those around this one, None for what is left out between."""
    shown = sorted({1, last} | {near for near in range(number - 2, number + 3) if 1 <= near <= last})
    offered: list[int | None] = []
    for page in shown:
        if offered and page - (offered[-1] or 0) > 1:
            offered.append(None)
        offered.append(page)
    return offered
