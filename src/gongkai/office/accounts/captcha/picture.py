"""The picture with digits: each turned and moved by chance, the whole bent, lines across it. Digits only, so that a phone
shows its number keys and nobody mistakes O for 0."""

from __future__ import annotations

import io
import math
import random
from functools import lru_cache
from pathlib import Path

import pylopdf_fonts_zh_cn
from PIL import Image, ImageDraw, ImageFont

DIGITS = 5
WIDTH, HEIGHT = 400, 140
"""In pixels; shown at half the size, sharp on a phone."""
_INK = (18, 58, 102)
_PAPER = (255, 255, 255)


def draw(digits: str, chance: random.Random) -> bytes:
    """A PNG of the digits; the same chance gives the same picture."""
    image = Image.new("RGB", (WIDTH, HEIGHT), _PAPER)
    step = (WIDTH - 60) // len(digits)
    for place, digit in enumerate(digits):
        glyph = _glyph(digit, chance)
        left = 18 + place * step + chance.randint(-6, 8)
        top = (HEIGHT - glyph.height) // 2 + chance.randint(-12, 12)
        image.paste(_INK, (left, top), glyph)
    _cross_out(ImageDraw.Draw(image), chance)
    bent = _bend(image, chance)
    written = io.BytesIO()
    bent.save(written, "PNG", optimize=False)
    return written.getvalue()


def _glyph(digit: str, chance: random.Random) -> Image.Image:
    """A digit as a mask, in a size and at an angle of its own."""
    font = _font(chance.choice((76, 84, 92)))
    mask = Image.new("L", (110, 120), 0)
    ImageDraw.Draw(mask).text((55, 60), digit, fill=255, font=font, anchor="mm", stroke_width=1)
    return mask.rotate(chance.uniform(-24, 24), resample=Image.Resampling.BICUBIC)


def _cross_out(pen: ImageDraw.ImageDraw, chance: random.Random) -> None:
    """Lines through the digits in their own colour, and in the paper's: they join what is apart and cut what is joined."""
    for colour, width in ((_INK, 4), (_INK, 3), (_PAPER, 4), (_PAPER, 3)):
        height, swing, shift = chance.uniform(35, 105), chance.uniform(8, 26), chance.uniform(0, 6.3)
        length = chance.uniform(40, 70)
        points = [(x, height + swing * math.sin(x / length + shift)) for x in range(0, WIDTH, 4)]
        pen.line(points, fill=colour, width=width)
    for _ in range(140):
        x, y, size = chance.randrange(WIDTH), chance.randrange(HEIGHT), chance.choice((1, 2, 2, 3))
        pen.ellipse((x, y, x + size, y + size), fill=chance.choice((_INK, _PAPER)))


def _bend(image: Image.Image, chance: random.Random) -> Image.Image:
    """Columns moved up and down along a wave."""
    bent = Image.new("RGB", image.size, _PAPER)
    swing, length, shift = chance.uniform(4, 8), chance.uniform(35, 60), chance.uniform(0, 6.3)
    for x in range(0, WIDTH, 2):
        column = image.crop((x, 0, x + 2, HEIGHT))
        bent.paste(column, (x, round(swing * math.sin(x / length + shift))))
    return bent


@lru_cache(maxsize=4)
def _font(size: int) -> ImageFont.FreeTypeFont:
    folder = Path(pylopdf_fonts_zh_cn.__file__).parent
    return ImageFont.truetype(str(next(folder.rglob("NotoSansSC-Regular.otf"))), size)
