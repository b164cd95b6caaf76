"""Word documents (DOCX), read from their XML: what Word would print, with automatic numbers written out.

Dropped: deleted text of tracked changes, hidden text, headers, footers, notes and comments.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache

from lxml import etree

from gongkai.documents.model import Block, Document, Heading, Paragraph, Position, Table
from gongkai.documents.readers import limits, refusing
from gongkai.documents.readers.docx_numbering import Numbering
from gongkai.documents.readers.docx_runs import prepare
from gongkai.documents.readers.docx_styles import Style, Styles, Words, styles_in
from gongkai.documents.readers.docx_tables import grid_of, rows_of
from gongkai.documents.readers.layout import is_layout
from gongkai.documents.readers.limits import Package
from gongkai.documents.readers.raised import settled
from gongkai.documents.readers.refusing import CannotRead

LONGEST_HEADING = 100  # characters; an outline level on a longer paragraph is a slip of the author
DEEPEST = 40  # tables in tables, controls in controls

_TITLE = "{http://purl.org/dc/elements/1.1/}title"
_TARGET = re.compile(rb'<Relationship\b[^>]*/officeDocument"[^>]*>')
_Line = tuple[str, int, int]  # its text, the level of a heading or 0, the number of its paragraph
_Item = _Line | Table
_TARGET_NAME = re.compile(rb'Target="/?([^"]+)"')


def read_docx(data: bytes) -> Document:
    """A Word document; paragraphs and tables are numbered from 1 in reading order.

    Errors: CannotRead TRUNCATED, DAMAGED, ENCRYPTED, TOO-LARGE, EMPTY.
    """
    package = Package(data)
    name = _main_part(package)
    xml = _member(package, name)
    body = next((child for child in _parsed(xml, name) if etree.QName(child).localname == "body"), None)
    if body is None:
        raise CannotRead(refusing.damaged("w:body"))
    words = Words(etree.QName(body).namespace or "")
    has_hidden_text = prepare(body, xml, words)
    folder = name.rpartition("/")[0]
    # Styles are the largest part of a small file, and lists the slowest: neither is read for a document without them.
    styles = Styles(_styles(package, f"{folder}/styles.xml", words) if b"pStyle" in xml else {}, words)
    numbering = Numbering(lambda: _optional_part(package, f"{folder}/numbering.xml"), words)
    reader = _Body(words, styles, numbering)
    blocks = reader.read(body)
    if not blocks:
        raise CannotRead(refusing.empty())
    notes = ["文件带有修订标记，已删除的文字未计入。"] if reader.has_deletions else []
    if has_hidden_text:
        notes.append("文件中的隐藏文字未计入。")
    return Document(blocks, title=_title(package), format="docx", notes=tuple(notes))


def _member(package: Package, name: str) -> bytes:
    try:
        return package.read(name)
    except KeyError as error:
        raise CannotRead(refusing.damaged(name)) from error


def _parsed(data: bytes, name: str) -> etree._Element:
    """XML without entities, document type or network, bounded in size."""
    limits.bounded_tags(data)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise CannotRead(refusing.damaged(f"{name}: XML")) from error
    if root.getroottree().docinfo.doctype:  # no office program writes one; it is how entity bombs are declared
        raise CannotRead(refusing.damaged(f"{name}: DOCTYPE"))
    return root


def _styles(package: Package, name: str, words: Words) -> Mapping[str, Style]:
    if name not in package:
        return {}
    data = package.read(name)
    # Files from one template share their styles, the largest part of a small file.
    read = _styles_of_template if len(data) <= limits.MEGABYTE else _styles_of_template.__wrapped__
    return read(data, words.namespace)


@lru_cache(maxsize=8)
def _styles_of_template(data: bytes, namespace: str) -> Mapping[str, Style]:
    return styles_in(_parsed(data, "styles.xml"), Words(namespace))


def _optional_part(package: Package, name: str) -> etree._Element | None:
    return _parsed(package.read(name), name) if name in package else None


def _main_part(package: Package) -> str:
    if "_rels/.rels" in package:
        for relation in _TARGET.findall(package.read("_rels/.rels")):
            target = _TARGET_NAME.search(relation)
            if target and target[1].decode("utf-8", "replace") in package:
                return target[1].decode("utf-8", "replace")
    return "word/document.xml"


def _title(package: Package) -> str:
    core = _optional_part(package, "docProps/core.xml")
    return (core.findtext(_TITLE) or "").strip() if core is not None else ""


class _Body:
    """The walk over a document's body, which has been prepared by `docx_runs.prepare`."""

    def __init__(self, words: Words, styles: Styles, numbering: Numbering) -> None:
        self._words = words
        self._styles = styles
        self._numbering = numbering
        self._paragraphs = 0
        self._tables = 0
        self.has_deletions = False

    def read(self, body: etree._Element) -> tuple[Block, ...]:
        items: list[_Item] = []
        self._walk(body, items, 0)
        return tuple([item if isinstance(item, Table) else _block(*item) for item in items])

    def _walk(self, container: etree._Element, items: list[_Item], depth: int) -> None:
        """Take in what a body, cell, text box or content control holds."""
        if depth > DEEPEST:
            raise CannotRead(refusing.damaged("nesting"))
        words = self._words
        for child in container:
            tag = child.tag
            if tag == words.p:
                self._paragraph(child, items, depth)
            elif tag == words.cell_properties:
                continue
            elif tag == words.tbl:
                self._table(child, items, depth)
            elif tag == words.removed or tag == words.moved_away:
                self.has_deletions = True
            elif tag in words.wrappers:
                self._walk(child, items, depth + 1)
            elif tag == words.alternatives and len(child):
                self._walk(child[0], items, depth + 1)

    def _paragraph(self, element: etree._Element, items: list[_Item], depth: int) -> None:
        self._paragraphs += 1
        pieces: list[str] = []
        properties: list[etree._Element] = []
        boxes: list[etree._Element] = []
        self._gather(element, pieces, properties, boxes)
        level, numbered = self._styles.of(properties[0]) if properties else (0, None)
        number = self._numbering.next(*numbered) if numbered else ""
        lines = _lines(settled("".join(pieces)))
        if lines:
            lines[0] = number + lines[0]
            if level and sum(map(len, lines)) <= LONGEST_HEADING:
                items.append(("".join(lines), level, self._paragraphs))
            else:
                items += [(line, 0, self._paragraphs) for line in lines]
        for box in boxes:
            self._walk(box, items, depth + 1)

    def _gather(
        self,
        element: etree._Element,
        pieces: list[str],
        properties: list[etree._Element],
        boxes: list[etree._Element],
    ) -> None:
        """Put together the text below a paragraph, its properties, and text boxes anchored in it."""
        words = self._words
        for child in element:
            tag = child.tag
            if tag == words.t:
                pieces.append(child.text or "")
            elif tag == words.paragraph_properties:
                properties.append(child)
            elif tag in words.textless:
                continue
            elif tag in words.characters:
                pieces.append(words.characters[tag])
            elif tag == words.removed or tag == words.moved_away:
                self.has_deletions = True
            elif tag == words.text_box:
                boxes.append(child)
            elif tag == words.alternatives:  # the same drawing twice, for new and old programs
                if len(child):
                    self._gather(child[0], pieces, properties, boxes)
            elif len(child):
                self._gather(child, pieces, properties, boxes)

    def _table(self, element: etree._Element, items: list[_Item], depth: int) -> None:
        """A table, or the content of one that only lays out text or other tables."""
        rows = rows_of(element, self._words)
        self.has_deletions = self.has_deletions or rows.has_deletions
        before = self._paragraphs
        number = self._tables + 1
        contents: list[_Item] = []
        texts: list[str] = []

        def text_of(cell: etree._Element) -> str:
            start = len(contents)
            self._walk(cell, contents, depth + 1)
            lines = [item[0] for item in contents[start:] if not isinstance(item, Table)]
            text = lines[0] if len(lines) == 1 else "\n".join(lines)
            texts.append(text)
            return text

        cells = grid_of(rows.cells, number, text_of)
        width = max([cell.column + cell.column_span for cell in cells], default=0)
        if self._tables >= number or is_layout(texts, width):
            items += contents
            return
        self._paragraphs = before  # a place in a table is told by row and column
        self._tables = number
        items.append(Table(cells, at=Position(table=number)))


def _lines(text: str) -> list[str]:
    """The lines of a paragraph that say something, white space in them collapsed."""
    if "\n" not in text:
        line = " ".join(text.split())
        return [line] if line else []
    return [line for line in [" ".join(line.split()) for line in text.split("\n")] if line]


def _block(text: str, level: int, paragraph: int) -> Block:
    at = Position(paragraph=paragraph)
    return Heading(text, level, at) if level else Paragraph(text, at)
