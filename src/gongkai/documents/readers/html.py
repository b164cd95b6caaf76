"""Web pages, saved or published, as a browser would show them: what is hidden or script is no text.

lxml parses; the walk below is flat, so that no depth of nesting can exhaust the stack.
"""

from __future__ import annotations

import re

from lxml import etree

from gongkai.documents.model import Block, Document, Heading, Paragraph, Position, Table
from gongkai.documents.readers import limits, refusing
from gongkai.documents.readers.decoding import decode
from gongkai.documents.readers.embedded import html_in_strings
from gongkai.documents.readers.html_tables import BLOCK_TAGS, one_line, table_of
from gongkai.documents.readers.refusing import CannotRead
from gongkai.documents.readers.text import blocks_of

LARGEST_HTML = 16 * limits.MEGABYTE
CELLS_OF_A_REPORT = 40  # with fewer in its tables a page may keep the real ones in a script
SHORT_PAGE = 200  # characters: a frame around something that a script brings
LARGEST_TAG = 100_000  # bytes; the parser compares each attribute of a tag with all those before it
MOST_ATTRIBUTES = 5_000
SHORTENED_SCRIPT = 2_000  # bytes

_META_CHARSET = re.compile(rb"<meta[^<>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]+)", re.IGNORECASE)
_XML_ENCODING = re.compile(rb"<\?xml[^<>]{0,100}?encoding\s*=\s*[\"']([\w.:-]+)")
_DATA_URI = re.compile(rb"data:[\w/+.-]{0,80};base64,[A-Za-z0-9+/=\s]*")
_BETWEEN_ATTRIBUTES = re.compile(rb"[\s/\"']+")
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all", re.IGNORECASE)
_UNSEEN = (
    *("script", "style", "noscript", "template", "textarea", "select", "button", "title"),
    *("svg", "math", "iframe", "object", "audio", "video", "canvas"),
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def read_html(data: bytes, charset: str = "") -> Document:
    """A page as a document; `charset` is the encoding a mail header names for it, if one does.

    Errors: CannotRead EMPTY, TOO-LARGE, MOJIBAKE, UNKNOWN-FORMAT, DAMAGED.
    """
    if len(data) > LARGEST_HTML:
        raise CannotRead(refusing.too_large(f"{LARGEST_HTML // limits.MEGABYTE} MB"))
    text, decoding_notes = decode(data, declared_charset(data) or charset)
    notes = list(decoding_notes)
    page = _parse(text)
    title = one_line(page.findtext(".//title") or "")
    hosts = [text for host in page.iter("script", "textarea", "template") for text in host.itertext()]
    if _drop_unseen(page):
        notes.append("页面中隐藏的文字未计入。")
    blocks = _Page().read(page)
    if embedded := _embedded_blocks(blocks, hosts):
        blocks += embedded
        notes.append("部分内容取自网页脚本中的文字。")
    if not blocks:
        raise CannotRead(refusing.empty())
    return Document(tuple(blocks), title=title, format="html", notes=tuple(notes))


def declared_charset(data: bytes) -> str:
    """The encoding a page names in its first bytes, or nothing."""
    start = data[:4096]
    found = _META_CHARSET.search(start) or _XML_ENCODING.match(start)
    return found[1].decode("ascii", "ignore") if found else ""


def _parse(text: str) -> etree._Element:
    data = text.replace("\0", "").encode("utf-8", "replace")
    if b";base64," in data:
        data = _DATA_URI.sub(b"", data)
    limits.bounded_tags(data)
    data = _without_absurd_tags(data)
    parser = etree.HTMLParser(
        encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True, huge_tree=True, default_doctype=False
    )
    try:
        page = etree.fromstring(data, parser)
    except etree.LxmlError as error:
        raise CannotRead(refusing.empty()) from error
    if page is None:
        raise CannotRead(refusing.empty())
    if any("Excessive depth" in entry.message for entry in parser.error_log):
        # The parser has left out everything from there on, so the rest of the report would be missing unseen.
        raise CannotRead(refusing.damaged("nesting"))
    return page


def _without_absurd_tags(data: bytes) -> bytes:
    """A page in which no tag can keep the parser busy for minutes with tens of thousands of attributes.

    Where a tag ends isn't asked, because a quoted `>` doesn't end it: whatever follows a `<` for that long with that many
    gaps counts. Only scripts and styles do so honestly, and of those nothing but their beginning is kept.
    """
    if len(data) < LARGEST_TAG:
        return data
    pieces = data.split(b"<")
    for index, piece in enumerate(pieces):
        if len(piece) < LARGEST_TAG or piece.startswith(b"!--"):
            continue
        if len(_BETWEEN_ATTRIBUTES.findall(piece)) > MOST_ATTRIBUTES:
            if not piece[:6].lower().startswith((b"script", b"style")):
                raise CannotRead(refusing.damaged("attributes"))
            pieces[index] = piece[:SHORTENED_SCRIPT]
    return b"<".join(pieces)


def _drop_unseen(page: etree._Element) -> bool:
    """Take out what a browser doesn't show; whether that includes text a page hides by style."""
    etree.strip_elements(page, *_UNSEEN, with_tail=False)
    has_hidden_text = False
    for element in list(page.iter()):
        style = element.get("style")
        if (style and _HIDING.search(style)) or element.get("hidden") is not None:
            has_hidden_text = has_hidden_text or any(text.strip() for text in element.itertext())
            # What follows it stays; and what is left of a cell or row is none.
            element.clear(keep_tail=True)
            element.tag = "span"
    return has_hidden_text


def _embedded_blocks(blocks: list[Block], hosts: list[str]) -> list[Block]:
    """What the scripts of a page hold, if the page itself lacks it: all of its text, or the tables of a report."""
    cells = sum(len(block.cells) for block in blocks if isinstance(block, Table))
    if cells >= CELLS_OF_A_REPORT:
        return []
    source = html_in_strings(hosts)
    own_text = sum(len(block.text) for block in blocks if isinstance(block, Heading | Paragraph))
    if not source or (own_text > SHORT_PAGE and "<table" not in source.lower()):
        return []
    page = _parse(source)
    _drop_unseen(page)
    return _Page().read(page)


class _Page:
    """The walk over a page: text gathers until something that begins a new line ends the paragraph."""

    def __init__(self) -> None:
        self._blocks: list[Block] = []
        self._pieces: list[str] = []
        self._line: int | None = None
        self._level = 0  # of the heading we are in
        self._tables = 0

    def read(self, page: etree._Element) -> list[Block]:
        walk = etree.iterwalk(page, events=("start", "end"))
        for event, element in walk:
            tag = element.tag
            if event == "start":
                if tag in BLOCK_TAGS:
                    self._end_paragraph()
                    if (tag == "table" and self._table(element)) or (tag == "pre" and self._preformatted(element)):
                        walk.skip_subtree()
                        continue
                    self._level = _HEADINGS.get(tag, self._level)
                elif tag == "br":
                    self._break()
                text = element.text
            else:
                if tag in BLOCK_TAGS:
                    self._end_paragraph()
                    if tag in _HEADINGS:
                        self._level = 0
                text = element.tail
            if text:
                if not self._pieces:
                    self._line = element.sourceline
                self._pieces.append(text)
        self._end_paragraph()
        return self._blocks

    def _break(self) -> None:
        if self._level:
            self._pieces.append("\n")
        else:
            self._end_paragraph()

    def _end_paragraph(self) -> None:
        if not self._pieces:
            return
        text = one_line("".join(self._pieces))
        self._pieces.clear()
        if text:
            at = Position(line=self._line)
            self._blocks.append(Heading(text, self._level, at) if self._level else Paragraph(text, at))

    def _table(self, element: etree._Element) -> bool:
        """Take in a table of data; a table that only lays out the page is left to the walk."""
        table = table_of(element, self._tables + 1)
        if table is None:
            return False
        self._tables += 1
        self._blocks.append(table)
        return True

    def _preformatted(self, element: etree._Element) -> bool:
        if element.find(".//table") is not None:
            return False
        self._blocks.extend(blocks_of("".join(element.itertext()), element.sourceline or 1))
        return True
