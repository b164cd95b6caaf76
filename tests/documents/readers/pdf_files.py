"""PDF files made for the tests: typeset from Typst source, drawn operator by operator, or made of pictures."""

from __future__ import annotations

import io
from pathlib import Path

import pylopdf_fonts_zh_cn
import pypdf
import typst
from PIL import Image

FONTS = Path(pylopdf_fonts_zh_cn.serif_path()).parent


def typeset(source: str, setup: str = "") -> bytes:
    """The PDF of a Typst source on A4 with a Chinese font; `setup` comes before it and may change the page."""
    preamble = (
        '#set text(font: "Noto Serif SC", size: 12pt, lang: "zh", region: "cn")\n'
        "#set par(justify: true, first-line-indent: (amount: 2em, all: true), leading: 0.9em, spacing: 0.9em)\n"
    )
    pdf: bytes = typst.compile(
        (preamble + setup + "\n" + source).encode(), font_paths=[str(FONTS)], ignore_system_fonts=True
    )
    return pdf


def drawn(*contents: str | bytes, page: str = "", resources: str = "", more: dict[int, bytes] | None = None) -> bytes:
    """A PDF with one page for each content stream: PDF operators, or the bytes of a `stream`.

    /F1 is Helvetica, /F2 a Chinese font by reference whose strings are UCS-2 (see `chinese`); `page` and `resources` are
    added to each page's dictionary and to its resources, `more` to the objects of the file (numbers 10 to 99 are free).
    """
    objects: dict[int, bytes] = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        3: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
        4: b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>",
        5: b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)"
        b"/Supplement 2>>/FontDescriptor 6 0 R/DW 1000>>",
        6: b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 6/FontBBox[-25 -254 1000 880]/ItalicAngle 0/Ascent 880"
        b"/Descent -120/CapHeight 880/StemV 93>>",
    } | (more or {})
    kids = []
    for number, content in enumerate(contents):
        at = 100 + 2 * number
        kids.append(f"{at} 0 R")
        objects[at] = (
            f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents {at + 1} 0 R"
            f"/Resources<</Font<</F1 3 0 R/F2 4 0 R>>{resources}>>{page}>>"
        ).encode()
        objects[at + 1] = content if isinstance(content, bytes) else stream(content.encode("latin-1"))
    objects[2] = f"<</Type/Pages/Count {len(kids)}/Kids[{' '.join(kids)}]>>".encode()
    return _assembled(objects)


def stream(content: bytes, entries: str = "") -> bytes:
    """A stream object with these entries in its dictionary."""
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), entries.encode(), content)


def _assembled(objects: dict[int, bytes]) -> bytes:
    out = io.BytesIO(b"%PDF-1.7\n")
    out.seek(0, io.SEEK_END)
    offsets = {}
    for number, body in sorted(objects.items()):
        offsets[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    out.write(b"xref\n0 1\n0000000000 65535 f \n")
    for number, offset in offsets.items():
        out.write(b"%d 1\n%010d 00000 n \n" % (number, offset))
    out.write(b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (max(objects) + 1, start))
    return out.getvalue()


def chinese(text: str) -> str:
    """A text as the hexadecimal string that /F2 shows."""
    return f"<{text.encode('utf-16-be').hex()}>"


def at(x: float, y: float, text: str, size: float = 12) -> str:
    """Operators that show a Chinese text from a point, measured from the bottom left of the page."""
    return f"BT /F2 {size} Tf {x} {y} Td {chinese(text)} Tj ET\n"


def photographed(*pages: tuple[int, int]) -> bytes:
    """A scan: one grey picture of the given size a page."""
    pictures = [Image.new("L", size, 200) for size in pages]
    out = io.BytesIO()
    pictures[0].save(out, "PDF", save_all=True, append_images=pictures[1:])
    return out.getvalue()


def without_characters(data: bytes, font: str) -> bytes:
    """The file with the table that tells the characters of the fonts whose name contains `font` taken out."""
    writer = pypdf.PdfWriter(io.BytesIO(data))
    for page in writer.pages:
        for reference in page["/Resources"]["/Font"].values():
            entry = reference.get_object()
            if font in entry["/BaseFont"]:
                del entry["/ToUnicode"]
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()
