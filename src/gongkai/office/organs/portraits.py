"""Photographs of leaders: whatever was uploaded is decoded, and drawn anew as a small JPEG that holds nothing else.

What the public gets are bytes made here: no position, camera or name stands in them, and nothing that only looked like
a picture. Pillow is asked for three kinds by name; its other decoders never see an upload.
"""

from __future__ import annotations

import io

from PIL import Image, ImageOps

LARGEST_BYTES = 10 * 2**20
"""Bytes of an upload: a photograph straight from a camera."""
MOST_PIXELS = 50_000_000
SMALLEST = (120, 160)
"""Pixels across and down below which a face is not told from another."""
SIZE = (480, 640)
"""Pixels of what is kept, at most: the three by four of an official photograph, sharp at twice the size it is shown."""
_KINDS = ("JPEG", "PNG", "WEBP")
_SHAPE = SIZE[0] / SIZE[1]
_ABOVE_THE_MIDDLE = (0.5, 0.3)
"""Where a photograph of another shape is cut: heads stand in its upper part."""


class NotAPortrait(Exception):
    """A file that can't be shown as a photograph. The message, in Chinese, says why and what to do."""


def drawn(data: bytes) -> bytes:
    """An uploaded photograph as the JPEG that is kept: upright, three by four, without what came along with it.

    Errors: NotAPortrait.
    """
    if len(data) > LARGEST_BYTES:
        raise NotAPortrait(too_large())
    try:
        with Image.open(io.BytesIO(data), formats=_KINDS) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise NotAPortrait("照片的像素太多，没有保存。请缩小到长边不超过 6000 像素后再上传。")
            picture = _upright(opened)
    except NotAPortrait:
        raise
    except Exception as error:  # decoders stumble over broken files in ways of their own
        raise NotAPortrait(
            "这个文件不是完整的 JPG、PNG 或者 WebP 图片，没有保存。改扩展名不会改变格式；请用看图软件打开，另存为 JPG 后再上传。"
        ) from error
    if picture.width < SMALLEST[0] or picture.height < SMALLEST[1]:
        raise NotAPortrait(
            f"照片只有 {picture.width}×{picture.height} 像素，看不清楚，没有保存。请换一张不小于 {SMALLEST[0]}×{SMALLEST[1]} 像素的。"
        )
    out = io.BytesIO()
    ImageOps.fit(picture, _fitting(picture), Image.Resampling.LANCZOS, centering=_ABOVE_THE_MIDDLE).save(
        out, "JPEG", quality=85, optimize=True
    )
    return out.getvalue()


def too_large() -> str:
    """What is said of a file above the limit."""
    return f"照片超过 {LARGEST_BYTES // 2**20} MB，没有保存。请缩小后再上传。"


def size_of(image: bytes) -> tuple[int, int]:
    """Pixels across and down of a picture that was drawn here."""
    with Image.open(io.BytesIO(image), formats=("JPEG",)) as opened:
        return opened.size


def _upright(opened: Image.Image) -> Image.Image:
    """The picture as somebody sees it: turned as the camera noted, on white where it is transparent; its pixels only."""
    opened.draft("RGB", (SIZE[0] * 2, SIZE[1] * 2))
    turned = ImageOps.exif_transpose(opened).convert("RGBA")
    paper = Image.new("RGB", turned.size, "white")
    paper.paste(turned, mask=turned.getchannel("A"))
    return paper


def _fitting(picture: Image.Image) -> tuple[int, int]:
    """The largest size of the right shape that needs no enlarging."""
    width = min(SIZE[0], picture.width, int(picture.height * _SHAPE))
    return width, round(width / _SHAPE)
