"""Web pages, saved or published, as a browser would show them: what is hidden or script is no text.

lxml parses; the walk below is flat, so that no depth of nesting can exhaust the stack.
"""

from __future__ import annotations

import re
from itertools import groupby

from lxml import etree

from gongkai.documents.model import Block, Document, Flow, Heading, Paragraph, Table
from gongkai.documents.readers import limits, raised, refusing
from gongkai.documents.readers.bulk import place
from gongkai.documents.readers.decoding import in_utf8
from gongkai.documents.readers.embedded import html_in_strings
from gongkai.documents.readers.flattened import run_of_pipes
from gongkai.documents.readers.html_tables import BLOCK_TAGS, one_line, table_of
from gongkai.documents.readers.refusing import CannotRead
from gongkai.documents.readers.text import blocks_of, blocks_of_run

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
_WORDS_OF_HIDING = (b"hidden", b"display", b"mso-hide")
_STYLES = etree.XPath("//@style", smart_strings=False)
_STYLED = etree.XPath("//*[@style or @hidden]")
_RAISED = etree.XPath("//sup | //*[contains(@style, 'super')]")
_UNSEEN = (
    *("script", "style", "noscript", "template", "textarea", "select", "button", "title"),
    *("svg", "math", "iframe", "object", "audio", "video", "canvas"),
)
_INLINE = (
    *("span", "font", "b", "strong", "i", "em", "u", "a", "o:p", "sup", "sub", "s", "strike", "del", "ins", "small"),
    *("big", "tt", "code", "kbd", "samp", "var", "label", "abbr", "acronym", "cite", "q", "bdo", "bdi", "nobr", "mark"),
    *("time", "wbr", "img", "input"),
)
_HEADINGS = {f"h{level}": level for level in range(1, 7)}


def read_html(data: bytes, charset: str = "") -> Document:
    """A page as a document; `charset` is the encoding a mail header names for it, if one does.

    A raised number is a footnote mark (`22[1]`), and a table flattened to paragraphs is what it would be in a text file.
    Errors: CannotRead EMPTY, TOO-LARGE, MOJIBAKE, UNKNOWN-FORMAT, DAMAGED.
    """
    if len(data) > LARGEST_HTML:
        raise CannotRead(refusing.too_large(f"{LARGEST_HTML // limits.MEGABYTE} MB"))
    data, decoding_notes = in_utf8(data, declared_charset(data) or charset)
    notes = list(decoding_notes)
    page, markup = _parse(data)
    title = next(page.iter("title"), None)
    hosts = [text for host in page.iter("script", "textarea", "template") for text in host.itertext()]
    if _drop_unseen(page, markup):
        notes.append("页面中隐藏的文字未计入。")
    blocks = _read(page, markup)
    if embedded := _embedded_blocks(blocks, hosts):
        blocks += embedded
        notes.append("部分内容取自网页脚本中的文字。")
    if not blocks:
        raise CannotRead(refusing.empty())
    name = "" if title is None else one_line(title.text or "")
    return Document(tuple(blocks), title=name, format="html", notes=tuple(notes))


def declared_charset(data: bytes) -> str:
    """The encoding a page names in its first bytes, or nothing."""
    start = data[:4096]
    found = _META_CHARSET.search(start) or _XML_ENCODING.match(start)
    return found[1].decode("ascii", "ignore") if found else ""


def _parse(data: bytes) -> tuple[etree._Element, bytes]:
    """The tree of a page in UTF-8, and its markup in small letters, for a quick look at what it can hold."""
    data = data.replace(b"\0", b"")
    if b";base64," in data:
        data = _DATA_URI.sub(b"", data)
    limits.bounded_tags(data)
    data = _without_absurd_tags(data)
    parser = etree.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        no_network=True,
        huge_tree=True,
        default_doctype=False,
        collect_ids=False,
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
    return page, data.lower()


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


def _drop_unseen(page: etree._Element, markup: bytes) -> bool:
    """Take out what a browser doesn't show; whether that includes text a page hides by style."""
    etree.strip_elements(page, *_UNSEEN, with_tail=False)
    if not any(word in markup for word in _WORDS_OF_HIDING):
        return False
    hiding = {style for style in set(_STYLES(page)) if _HIDING.search(style)}
    if not hiding and b"hidden" not in markup:
        return False
    has_hidden_text = False
    for element in _STYLED(page):
        if element.get("style") in hiding or element.get("hidden") is not None:
            has_hidden_text = has_hidden_text or any(text.strip() for text in element.itertext())
            # What follows it stays; and what is left of a cell or row is none.
            element.clear(keep_tail=True)
            element.tag = "span"
    return has_hidden_text


def _read(page: etree._Element, markup: bytes) -> list[Block]:
    """The blocks of a page from which the unseen is gone."""
    if b"sup" in markup:
        _mark_raised_numbers(page)
    # The parser's library takes inline elements out many times faster than a walk passes through them.
    etree.strip_tags(page, *_INLINE)
    blocks = _Page().read(page)
    return _with_tables_of_pipes(blocks) if b"|" in markup else blocks


def _mark_raised_numbers(page: etree._Element) -> None:
    for element in _RAISED(page):
        text = "".join(element.itertext())
        if raised.is_number(text):
            element[:] = []
            element.text = raised.marked(text)


def _with_tables_of_pipes(blocks: list[Block]) -> list[Block]:
    """The same with each table that was flattened to paragraphs (`<p>规章 |</p><p>0 |</p>`) as the text reader has it.

    A single line with pipes stays a paragraph: on pages they stand between links.
    """
    if sum(block.text.count("|") for block in blocks if isinstance(block, Paragraph)) > limits.MOST_CELLS:
        raise CannotRead(refusing.too_large(f"{limits.MOST_CELLS} 个单元格 / cells"))
    read: list[Block] = []
    for is_text, run in groupby(blocks, key=lambda block: isinstance(block, Paragraph)):
        paragraphs = list(run)
        lines = [(block.at.line or 1, block.text) for block in paragraphs if isinstance(block, Paragraph)]
        index = 0
        while index < len(paragraphs):
            end = run_of_pipes(lines, index) if is_text else 0
            if sum("|" in line for _, line in lines[index:end]) > 1:
                read += blocks_of_run(lines[index:end])
            else:
                end = end or index + 1
                read += paragraphs[index:end]
            index = end
    return read


def _embedded_blocks(blocks: list[Block], hosts: list[str]) -> list[Block]:
    """What the scripts of a page hold, if the page itself lacks it: all of its text, or the tables of a report."""
    cells = sum(len(block.cells) for block in blocks if isinstance(block, Table | Flow))
    if cells >= CELLS_OF_A_REPORT:
        return []
    source = html_in_strings(hosts)
    own_text = sum(len(block.text) for block in blocks if isinstance(block, Heading | Paragraph))
    if not source or (own_text > SHORT_PAGE and "<table" not in source.lower()):
        return []
    page, markup = _parse(source.encode("utf-8", "replace"))
    _drop_unseen(page, markup)
    return _read(page, markup)


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
        text = raised.settled(one_line("".join(self._pieces)))
        self._pieces.clear()
        if text:
            at = place(self._line)
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
