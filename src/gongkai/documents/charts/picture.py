"""A chart as a picture of dots, for files that take no drawings, and as words, for those who can't see it."""

from __future__ import annotations

import re
from functools import cache
from html import unescape
from pathlib import Path
from threading import Lock

import pylopdf_fonts_zh_cn
import typst

DOTS_PER_INCH = 200.0
_ONE_AT_A_TIME = Lock()  # a compiler that two threads use at once raises "Already borrowed"
_PAGE = b"""
#set page(width: auto, height: auto, margin: 0pt)
#set text(font: ("Noto Sans SC", "Noto Serif SC"))
#image(bytes(sys.inputs.chart), format: "svg")
"""


def png(chart: str) -> bytes:
    """The SVG of a chart as PNG at 200 dpi, in the fonts that reports are printed in."""
    with _ONE_AT_A_TIME:
        picture = _compiler().compile(_PAGE, format="png", ppi=DOTS_PER_INCH, sys_inputs={"chart": chart})
    if not isinstance(picture, bytes):
        raise TypeError("typst gave no bytes for a picture")
    return picture


def words(chart: str) -> str:
    """What the SVG of a chart says of itself: its title and its description.

    >>> words("<svg><title id='a'>近2年的申请</title><desc id='b'>折线图。</desc></svg>")
    '近2年的申请。折线图。'
    """
    found = (re.search(rf"<{name}[^>]*>(.*?)</{name}>", chart, re.DOTALL) for name in ("title", "desc"))
    texts = [unescape(each[1]).strip() for each in found if each]
    return "。".join(text.rstrip("。") for text in texts if text) + "。" if any(texts) else ""


@cache
def _compiler() -> typst.Compiler:
    folder = str(Path(pylopdf_fonts_zh_cn.__file__).parent)
    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=True, font_paths=[folder])
    return typst.Compiler(font_paths=fonts, ignore_system_fonts=True)
