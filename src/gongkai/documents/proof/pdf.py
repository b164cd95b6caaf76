"""PDF: the text of every page of every version that the file holds, and every object it was ever saved with.

Two ways, because neither sees everything: PDFium reads pages as a viewer does (hidden, white and off-page text included);
the sweep over the bytes finds what no page shows (annotations, fields, metadata, attachments, replaced objects).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from gongkai.documents.proof import pdf_objects
from gongkai.documents.proof.pieces import Look, Piece, Text, Unreadable, inside
from gongkai.documents.readers.pdf.content import opened
from gongkai.documents.readers.refusing import CannotRead, encrypted

MOST_VERSIONS = 60
_END = re.compile(rb"%%EOF")
_UNKNOWN = ("\0", "\ufffd", "\ufffe", "\uffff")
_UNKNOWN_SHARE = 0.02
_LINE = 4.0
"""Points; characters whose middles are nearer than that stand on one line."""


def pieces(data: bytes, where: str, depth: int) -> Iterator[Piece]:
    """What a PDF holds.

    Errors: CannotRead when it is protected, damaged, or too large.
    """
    if re.search(rb"/Encrypt\s+(?:\d+\s+\d+\s+R|<<)", data):
        raise CannotRead(encrypted())
    yield from _pages(data, where)
    yield from _earlier_versions(data, where)
    yield from pdf_objects.pieces(data, where, depth)


def _earlier_versions(data: bytes, where: str) -> Iterator[Piece]:
    """The pages as they were each time the file was saved before: an update is written behind what it replaces."""
    ends = [found.end() for found in _END.finditer(data)][:-1]
    for number, end in enumerate(ends[:MOST_VERSIONS], start=1):
        try:
            yield from _pages(data[:end], inside(where, f"第{number}次保存的旧版本"), is_current=False)
        except CannotRead:
            continue  # the front part of a file made for the web is no version; the sweep reads its objects
    if len(ends) > MOST_VERSIONS:
        yield Unreadable(inside(where, f"保存过{len(ends)}次，旧版本太多"))


def _pages(data: bytes, where: str, is_current: bool = True) -> Iterator[Piece]:
    with opened(data) as file:
        pictures = []
        for index in range(len(file)):
            place = inside(where, f"第{index + 1}页")
            try:
                page = file[index]
            except pdfium.PdfiumError:
                yield Unreadable(place)
                continue
            try:
                text, in_places, unknown = _text(page)
                has_pictures = any(page.get_objects(filter=[raw.FPDF_PAGEOBJ_IMAGE], max_depth=8))
            finally:
                page.close()
            yield Text(place, text, is_main=is_current)
            yield Text(f"{place}（按位置排列的文字）", in_places)
            if unknown > max(1.0, _UNKNOWN_SHARE * len(text)):
                yield Unreadable(f"{place}（有{unknown}个字的字体没有字符对应表）")
            if has_pictures:
                pictures.append(index + 1)
            elif is_current and not text.strip():
                yield Look(f"{place}：没有文字层，可能是画成曲线的字，程序不读")
        if pictures and is_current:
            numbers = "、".join(map(str, pictures))
            yield Look(inside(where, f"第{numbers}页有图片：图片里的字，程序不读"))


def _is_unmapped(sheet: pdfium.PdfTextPage, index: int, character: str) -> bool:
    """Whether the font doesn't tell the character; what comes out then are low codes, the numbers of glyphs."""
    return raw.FPDFText_HasUnicodeMapError(sheet, index) == 1 or (character < " " and character not in "\t\r\n\x02")


def _text(page: pdfium.PdfPage) -> tuple[str, str, int]:
    """The text in the order it was drawn, the same by its places on the page, and how many characters are unknown."""
    sheet = page.get_textpage()
    try:
        text = sheet.get_text_range()
        placed = []
        unknown = 0
        for index in range(sheet.count_chars()):
            code = raw.FPDFText_GetUnicode(sheet, index)
            character = chr(code) if code < 0x110000 else "\ufffd"
            if raw.FPDFText_IsGenerated(sheet, index):
                continue
            unknown += (
                character in _UNKNOWN or "\ue000" <= character <= "\uf8ff" or _is_unmapped(sheet, index, character)
            )
            if character.isspace():
                continue
            left, bottom, _, top = sheet.get_charbox(index)
            placed.append((-round((bottom + top) / 2 / _LINE), left, character))
        placed.sort()
        return text, "".join(character for _, _, character in placed), unknown
    finally:
        sheet.close()
