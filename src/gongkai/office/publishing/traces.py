"""What a file tells besides its text: authors, comments, tracked changes, what is hidden, programs.

Found once, when the file is stored, and kept with it; the pre-check says it (`precheck.py`). Pure Python throughout: a
file made to break a library must not take the office's process with it.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import Any

from gongkai.documents.readers.limits import Package
from gongkai.documents.readers.refusing import CannotRead

Traces = dict[str, Any]
"""By kind: `authors` (names), `comments` and `changes` (counts), `hidden` (what, in Chinese), `macro`, `unseen` (True for
a kind whose traces can't be looked for)."""

_OFFICE = {"docx", "xlsx", "pptx"}
_OLD = {"doc", "xls", "ppt", "wps", "et", "ofd", "rtf", "odt", "ods"}
_PERSONAL = (
    ("docProps/core.xml", ("dc:creator", "cp:lastModifiedBy")),
    ("docProps/app.xml", ("Company", "Manager")),
)
_COMMENT = re.compile(rb"<(?:w:comment|comment|threadedComment|p:cm|p188:cm)[ >]")
_CHANGE = re.compile(rb"<w:(?:ins|del|moveFrom|moveTo)[ >]")
_HIDDEN_RUN = re.compile(rb"<w:vanish(?:\s+w:val=\"(?:1|true|on)\")?\s*/>(?:(?!</w:r>).)*?<w:t[ >]", re.S)
_HIDDEN_SHEET = re.compile(rb"<sheet\b[^>]*\bstate=\"(?:hidden|veryHidden)\"")
_HIDDEN_LINES = re.compile(rb"<(?:row|col)\b[^>]*\bhidden=\"(?:1|true)\"")
_HIDDEN_SLIDE = re.compile(rb"<p:sld\b[^>]*\bshow=\"0\"")
_NOTE_TEXT = re.compile(rb"<a:t>[^<]{2,}</a:t>")
_MOST_PAGES = 2_000
_REMARKS = {"Text", "FreeText", "Highlight", "Underline", "StrikeOut", "Squiggly", "Ink", "Stamp", "Caret"}
_GPS, _ARTIST = 0x8825, 0x013B


def traces_of(data: bytes, kind: str) -> Traces:
    """What a file of a kind (`file_kinds`) tells besides its text. A file that can't be read gives `unseen`."""
    try:
        if kind in _OFFICE:
            return _office(Package(data), kind)
        if kind == "pdf":
            return _pdf(data)
        if kind in ("jpg", "png", "webp"):
            return _picture(data)
    except CannotRead:
        return {"unseen": True}
    except Exception:  # a library stumbled over a broken file in a way of its own
        return {"unseen": True}
    return {"unseen": True} if kind in _OLD else {}


def _office(package: Package, kind: str) -> Traces:
    found: Traces = {"authors": _authors(package)}
    parts = [name for name in package.names if name.endswith(".xml")]
    found["comments"] = sum(
        len(_COMMENT.findall(package.read(name))) for name in parts if "comment" in name.lower().rpartition("/")[2]
    )
    if kind == "docx":
        texts = [package.read(name) for name in parts if re.match(r"word/(document|header|footer|footnotes)", name)]
        found["changes"] = sum(len(_CHANGE.findall(text)) for text in texts)
        found["hidden"] = ["文字"] if any(_HIDDEN_RUN.search(text) for text in texts) else []
    elif kind == "xlsx":
        sheets = [package.read(name) for name in parts if name.startswith("xl/worksheets/sheet")]
        found["changes"] = sum(name.startswith("xl/revisions/revisionLog") for name in parts)
        found["hidden"] = [
            *(["工作表"] if _HIDDEN_SHEET.search(package.read("xl/workbook.xml")) else []),
            *(["行或列"] if any(_HIDDEN_LINES.search(sheet) for sheet in sheets) else []),
        ]
    else:
        slides = [package.read(name) for name in parts if re.match(r"ppt/slides/slide", name)]
        notes = [package.read(name) for name in parts if re.match(r"ppt/notesSlides/", name)]
        found["hidden"] = [
            *(["幻灯片"] if any(_HIDDEN_SLIDE.search(slide) for slide in slides) else []),
            *(["演讲者备注"] if any(len(_NOTE_TEXT.findall(note)) for note in notes) else []),
        ]
    if any("/embeddings/" in name for name in package.names):
        found["hidden"].append("内嵌文件")
    return _said(found)


def _authors(package: Package) -> list[str]:
    found: list[str] = []
    for part, tags in _PERSONAL:
        text = package.read(part).decode("utf-8", "replace") if part in package else ""
        for tag in tags:
            found += re.findall(rf"<{tag}\b[^>]*>([^<]+)</{tag}>", text)
    return list(dict.fromkeys(name.strip() for name in found if name.strip()))


def _pdf(data: bytes) -> Traces:
    from pdfminer.pdfdocument import PDFDocument
    from pdfminer.pdfpage import PDFPage
    from pdfminer.pdfparser import PDFParser
    from pdfminer.pdftypes import dict_value, list_value, resolve1
    from pdfminer.psparser import PSLiteral
    from pdfminer.utils import decode_text

    document = PDFDocument(PDFParser(BytesIO(data)))
    authors = []
    for info in document.info:
        author = resolve1(info.get("Author"))
        if isinstance(author, bytes) and decode_text(author).strip():
            authors.append(decode_text(author).strip())
    comments = 0
    for number, page in enumerate(PDFPage.create_pages(document)):
        if number >= _MOST_PAGES:
            break
        for annotation in list_value(page.annots) if page.annots else ():
            subtype = dict_value(annotation).get("Subtype")
            comments += isinstance(subtype, PSLiteral) and str(subtype.name) in _REMARKS
    opening = resolve1(document.catalog.get("OpenAction"))
    names = dict_value(document.catalog.get("Names") or {})
    return _said(
        {
            "authors": list(dict.fromkeys(authors)),
            "comments": comments,
            "hidden": ["内嵌文件"] if "EmbeddedFiles" in names else [],
            "macro": "JavaScript" in names
            or "AA" in document.catalog
            or (isinstance(opening, dict) and "JS" in opening),
        }
    )


def _picture(data: bytes) -> Traces:
    from PIL import Image

    with Image.open(BytesIO(data)) as picture:
        told = picture.getexif()
        artist = str(told.get(_ARTIST) or "").strip("\0 ")
        return _said({"authors": [artist] if artist else [], "hidden": ["拍摄地点"] if told.get_ifd(_GPS) else []})


def _said(found: Traces) -> Traces:
    return {key: value for key, value in found.items() if value}
