"""Word documents: paragraphs, what tracked changes took out or put in, and text that isn't shown."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from lxml import etree

from gongkai.documents.proof.pieces import Piece, Text, inside

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TAKEN_OUT = (f"{_W}del", f"{_W}moveFrom")
_PUT_IN = (f"{_W}ins", f"{_W}moveTo")
_WORDS = (f"{_W}t", f"{_W}delText", f"{_W}instrText", f"{_W}delInstrText")
_PLACES = (
    ("word/document.xml", "正文"),
    ("word/footnotes.xml", "脚注"),
    ("word/endnotes.xml", "尾注"),
    ("word/comments.xml", "批注"),
)


def pieces(parts: Mapping[str, bytes], where: str) -> Iterator[Piece]:
    """The text of the parts that people write in, as it reads with the tracked changes, and as it read before them."""
    for name, label in _PLACES:
        if name not in parts:
            continue
        try:
            root = etree.fromstring(
                parts[name], etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True)
            )
        except etree.XMLSyntaxError:
            continue  # the part is read without its tags elsewhere
        yield Text(inside(where, label), _words(root, _TAKEN_OUT), is_main=name == "word/document.xml")
        yield Text(inside(where, f"{label}（接受修订以前的文字）"), _words(root, _PUT_IN))
        for number, paragraph in enumerate(root.iter(f"{_W}p"), start=1):
            shown, before = _words(paragraph, _TAKEN_OUT), _words(paragraph, _PUT_IN)
            hidden = "".join(_words(run, ()) for run in paragraph.iter(f"{_W}r") if _is_hidden(run))
            yield Text(inside(where, f"{label}第{number}段"), shown)
            if before != shown:
                yield Text(inside(where, f"{label}第{number}段（修订中删去或者移走的文字）"), before)
            if hidden:
                yield Text(inside(where, f"{label}第{number}段（隐藏文字）"), hidden)


def _words(element: etree._Element, without: tuple[str, ...]) -> str:
    """The words in an element, those within some tags left out."""
    found: list[str] = []
    stack = [element]
    while stack:
        each = stack.pop()
        if each.tag in without and each is not element:
            continue
        if each.tag in _WORDS:
            found.append(each.text or "")
        stack.extend(reversed(each))
    return "".join(found)


def _is_hidden(run: etree._Element) -> bool:
    mark = run.find(f"{_W}rPr/{_W}vanish")
    return mark is not None and mark.get(f"{_W}val") not in ("0", "false")
