"""What a file holds, piece by piece: texts with their places, bytes that are searched as they are, and what can't be read."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from gongkai.documents.proof.matching import APART
from gongkai.documents.readers.refusing import CannotRead, damaged, empty, too_large, unknown_format

DEEPEST = 5
"""Files in files in files."""

MOST_CHARACTERS = 60_000_000
"""Of all texts of a file together."""

LARGEST_FILE = 64 << 20


@dataclass(frozen=True, slots=True)
class Text:
    """A text and its place. `is_main`: what a reader of the file reads, as against what lies beside or beneath it."""

    where: str
    text: str
    is_main: bool = False


@dataclass(frozen=True, slots=True)
class Raw:
    """Bytes that no reader turned into text; they are searched for the withheld strings in the usual encodings."""

    where: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Look:
    """A place for a person's eyes: pixels, mostly."""

    where: str


@dataclass(frozen=True, slots=True)
class Unreadable:
    """A place of which nothing can be proved. `is_old_picture`: a picture that the file no longer shows."""

    where: str
    is_old_picture: bool = False


Piece = Text | Raw | Look | Unreadable


def pieces_of(data: bytes, where: str = "", depth: int = 0) -> Iterator[Piece]:
    """Everything in a file, whatever it is; `where` names the file it lies in.

    Errors: CannotRead for a file that can't be looked through.
    """
    if not data:
        raise CannotRead(empty())
    if len(data) > LARGEST_FILE:
        raise CannotRead(too_large(f"{LARGEST_FILE >> 20} MB"))
    yield from _unpacked(data, where, depth)
    # Last: the page that shows a string is the better place to name than the byte in it.
    yield Raw(where or "文件的原始字节", data)


def _unpacked(data: bytes, where: str, depth: int) -> Iterator[Piece]:
    from gongkai.documents.proof import packages, pdf, pictures

    if depth > DEEPEST:
        yield Unreadable(f"{where}（嵌套过深）")
    elif b"%PDF-" in data[:1024]:
        yield from pdf.pieces(data, where, depth)
    elif data[:4] in (b"PK\x03\x04", b"PK\x05\x06"):
        yield from packages.pieces(data, where, depth)
    elif pictures.is_picture(data):
        yield from pictures.pieces(data, where)
    elif data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" or data[:5] == b"{\\rtf":
        if not depth:
            raise CannotRead(unknown_format("旧版Office或者RTF文件，请另存为DOCX或者PDF", "an old Office or RTF file"))
        yield from packages.compound(data, where, depth)
    else:
        yield from _plain(data, where)


def bounded(pieces: Iterator[Piece]) -> Iterator[Piece]:
    """The same pieces, as long as their texts together stay within bounds. Errors: CannotRead TOO-LARGE."""
    total = 0
    for piece in pieces:
        if isinstance(piece, Text):
            total += len(piece.text)
            if total > MOST_CHARACTERS:
                raise CannotRead(too_large(f"{MOST_CHARACTERS // 1_000_000} 百万字 / million characters"))
        yield piece


def inside(where: str, place: str) -> str:
    """A place in a file that lies in another."""
    return f"{where} › {place}" if where else place


def joined(texts: Iterator[str] | list[str]) -> str:
    """Texts that have nothing to do with each other as one."""
    return APART.join(texts)


def _plain(data: bytes, where: str) -> Iterator[Piece]:
    """Text, CSV, HTML: as it stands, and without its tags."""
    from gongkai.documents.proof.markup import without_tags

    if b"\0" in data[:4096] and data[:2] not in (b"\xff\xfe", b"\xfe\xff"):
        yield Unreadable(where or "文件（不是文字，也不是认识的格式）")
        return
    for encoding in ("utf-8-sig", "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        yield Text(where or "正文", text, is_main=True)
        if "<" in text:
            yield Text(inside(where, "去掉标记以后的文字"), without_tags(text))
        return
    raise CannotRead(damaged("text"))
