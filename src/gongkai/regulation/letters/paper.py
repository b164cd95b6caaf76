"""A letter as a document, laid out as official documents are: the writers of `gongkai.documents` turn it into files.

Source: document-format-2012 (title, addressee, body, signature, seal and date).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from gongkai.documents.model import Block, Document, Heading, Paragraph
from gongkai.regulation.letters.writing import Letter, Part

_CLOSING = ("signature", "seal", "date")


def to_document(letter: Letter) -> Document:
    """The letter on paper: title and number centred, the addressee at the margin, signature, seal and date at the right."""
    return parts_to_document(letter.parts)


def parts_to_document(parts: Sequence[Part]) -> Document:
    """The same from parts that the office has edited."""
    named = {part.key: part.text for part in parts}
    title = f"{named.get('title', '')}（{named.get('number', '')}）".replace("\n", "")
    return Document(tuple(_blocks(parts, named)), title=title)


def _blocks(parts: Sequence[Part], named: dict[str, str]) -> Iterator[Block]:
    for part in parts:
        if part.key == "title":
            yield Heading(part.text, 1)
        elif part.key == "number":
            yield Paragraph(part.text, layout="centred")
        elif part.key == "addressee":
            yield Paragraph(part.text, layout="flush")
        elif part.key not in _CLOSING:
            for line in filter(None, map(str.strip, part.text.splitlines())):
                yield Paragraph(line)
    # The place of the seal is beside the agency's name, so that a seal of 42 mm covers name and date and nothing else.
    signed = f"{named.get('signature', '')}{named.get('seal', '')}"
    closing = [line for line in (signed, named.get("date", "")) if line]
    if closing:
        yield Paragraph("\n".join(closing), layout="closing")
