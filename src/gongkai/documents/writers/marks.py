"""The QR code of a mark, in the two shapes the formats take."""

from __future__ import annotations

from io import BytesIO

import segno

from gongkai.documents.model import Mark

LABEL = "二维码：打开校验页面"
_QUIET_MODULES = 2
"""White around the code; the page around it is white too."""


def svg(mark: Mark) -> bytes:
    """The code as a drawing, for pages and print at any size."""
    drawn = BytesIO()
    _code(mark).save(drawn, kind="svg", border=_QUIET_MODULES, xmldecl=False, svgns=True, nl=False, omitsize=True)
    return drawn.getvalue()


def png(mark: Mark) -> bytes:
    """The code as a picture, for files that take no drawings."""
    drawn = BytesIO()
    _code(mark).save(drawn, kind="png", scale=8, border=_QUIET_MODULES)
    return drawn.getvalue()


def _code(mark: Mark) -> segno.QRCode:
    return segno.make(mark.address, error="m", micro=False)
