"""Pictures: what is written beside the pixels. The pixels themselves are a person's to look at."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from PIL import Image, UnidentifiedImageError

from gongkai.documents.proof.pieces import Look, Piece, Text, Unreadable, inside, joined

_STARTS = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\0", b"MM\0*", b"BM", b"RIFF", b"\xd7\xcd\xc6\x9a")
_EMF = b" EMF"
_EXIF_PARTS = (0x8769, 0x8825, 0xA005)


def is_picture(data: bytes) -> bool:
    """Whether the file begins as pictures do."""
    return data.startswith(_STARTS) or data[40:44] == _EMF


def pieces(data: bytes, where: str) -> Iterator[Piece]:
    """What a picture says of itself, and that somebody has to look at it."""
    name = where or "图片"
    yield Look(f"{name}：图片里画的字，程序不读")
    if data[40:44] == _EMF or data.startswith(b"\xd7\xcd\xc6\x9a"):
        yield Text(inside(where, "矢量图里的文字"), data.decode("utf-16-le", "ignore"))
        yield Text(inside(where, "矢量图里的文字"), data[1:].decode("utf-16-le", "ignore"))
        return
    try:
        with Image.open(BytesIO(data)) as picture:
            told = list(_told(picture))
    except (UnidentifiedImageError, OSError, ValueError, SyntaxError, Image.DecompressionBombError):
        yield Unreadable(f"{name}（打不开的图片）")
        return
    yield Text(inside(where, "图片属性（拍摄信息、说明、作者）"), joined(told))


def _told(picture: Image.Image) -> Iterator[str]:
    for key, value in picture.info.items():
        yield from (f"{key}", *_words(value))
    exif = picture.getexif()
    for part in (exif, *(exif.get_ifd(number) for number in _EXIF_PARTS)):
        for value in part.values():
            yield from _words(value)


def _words(value: Any) -> Iterator[str]:
    """A value in every way it may be meant: bytes carry their encoding in front, or not at all."""
    if isinstance(value, bytes):
        bare = value[8:] if value[:8] in (b"UNICODE\0", b"ASCII\0\0\0") else value
        for encoding in ("utf-8", "utf-16-le", "utf-16-be", "gb18030"):
            yield bare.decode(encoding, "ignore")
    elif isinstance(value, str):
        yield value
        try:  # EXIF is ASCII by its letter, and anything in practice
            yield value.encode("latin-1").decode("gb18030", "ignore")
            yield value.encode("latin-1").decode("utf-8", "ignore")
        except UnicodeEncodeError:
            pass
    elif isinstance(value, tuple | list):
        if value and all(isinstance(each, int) and 0 <= each < 256 for each in value):  # XP tags: UTF-16 as bytes
            yield from _words(bytes(value))
        else:
            for each in value:
                yield from _words(each)
    elif isinstance(value, dict):
        for each in value.values():
            yield from _words(each)
    else:
        yield str(value)
