"""The body of an item: which HTML it may hold, and what is read out of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser

import nh3

_CELL = {"colspan", "rowspan"}
_ALLOWED: dict[str, set[str]] = {
    # Text
    "p": {"class"},
    "br": set(),
    "h2": {"id"},
    "h3": {"id"},
    "h4": {"id"},
    "strong": set(),
    "em": set(),
    "u": set(),
    "s": set(),
    "sub": set(),
    "sup": set(),
    "blockquote": set(),
    "pre": set(),
    "code": set(),
    "hr": set(),
    # Lists
    "ul": set(),
    "ol": {"start"},
    "li": set(),
    # Tables keep their spans: a statutory table without them says something else.
    "table": set(),
    "caption": set(),
    "thead": set(),
    "tbody": set(),
    "tfoot": set(),
    "tr": set(),
    "th": {*_CELL, "scope"},
    "td": _CELL,
    # Links and pictures
    "a": {"href", "title"},
    "img": {"src", "alt", "width", "height"},
    "figure": set(),
    "figcaption": set(),
}
"""The elements a body may hold, and the attributes of each. Anything else is taken out; its text stays."""

_CLASSES = {"p": {"centre", "right", "signature"}}
_WITH_THEIR_CONTENT = {"script", "style", "head", "title", "template", "iframe", "object", "svg", "math", "noscript"}
_SCHEMES = {"http", "https", "mailto", "tel"}

_CLEANER = nh3.Cleaner(
    tags=set(_ALLOWED),
    clean_content_tags=_WITH_THEIR_CONTENT,
    attributes={tag: names - {"class"} for tag, names in _ALLOWED.items() if names - {"class"}},
    allowed_classes=_CLASSES,
    url_schemes=_SCHEMES,
    link_rel="noopener noreferrer",
    strip_comments=True,
)
_BLOCKS = {
    "p", "br", "h1", "h2", "h3", "h4", "h5", "h6", "li", "tr", "table", "caption", "blockquote", "pre", "hr", "div",
    "figure", "figcaption", "ul", "ol",
}  # fmt: skip
_CELLS = {"td", "th"}
_TAG = re.compile(r"</?[a-zA-Z][^>]*>")


def clean(html: str) -> str:
    """The HTML with only what a body may hold (`_ALLOWED`): no script, no style, no frame, no foreign address."""
    return _CLEANER.clean(html).strip()


def from_typed(text: str) -> str:
    """What somebody typed or pasted: HTML as it is; plain text with a paragraph for each line."""
    if _TAG.search(text):
        return text
    return "".join(f"<p>{escape(line.strip())}</p>" for line in text.splitlines() if line.strip())


def text_of(html: str) -> str:
    """The text of a body: a block a line, cells apart by a tab. What the checks read."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    lines = (" ".join(line.split(" ")).strip() for line in "".join(reader.text).split("\n"))
    return "\n".join(line for line in lines if line)


def addresses(html: str) -> Iterator[str]:
    """Where the links and pictures of a body point, in their order."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return iter(reader.addresses)


class _Reader(HTMLParser):
    """Walks over HTML once. The bodies are clean already, so nothing has to be guarded against but size."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.text: list[str] = []
        self.addresses: list[str] = []
        self._silent = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _WITH_THEIR_CONTENT:
            self._silent += 1
        if tag in _BLOCKS:
            self.text.append("\n")
        named = dict(attrs)
        address = named.get("href") if tag == "a" else named.get("src") if tag == "img" else None
        if address is not None:
            self.addresses.append(unescape(address).strip())
        if tag == "img" and named.get("alt"):
            self.text.append(named["alt"] or "")

    def handle_endtag(self, tag: str) -> None:
        if tag in _WITH_THEIR_CONTENT:
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCKS:
            self.text.append("\n")
        if tag in _CELLS:
            self.text.append("\t")

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.text.append(data.replace("\n", " ").replace("\r", " "))
