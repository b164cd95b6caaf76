"""What the frame's templates can't say themselves."""

from __future__ import annotations

import segno
from django import template
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
