"""Writers turn a `Document` into a file: one module a format, the same document in each.

A format's module is imported when it is asked for, so that writing a text doesn't load a typesetter.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import cast

from gongkai.documents.model import Document
from gongkai.documents.writers.whole import whole

FORMATS = ("html", "docx", "pdf", "xlsx", "csv", "text")


def render(document: Document, format: str) -> bytes:
    """The document as the bytes of a file of one of the `FORMATS`; the same document always gives the same bytes.

    Errors: ValueError for another format or a table whose cells overlap; `pdf.MissingCharacters` (a ValueError) when a
    PDF would need characters that no font at hand can draw.
    """
    if format not in FORMATS:
        raise ValueError(f"no writer for {format!r}; there is one for each of {', '.join(FORMATS)}")
    writer = import_module(f"{__name__}.{format}")
    return cast(Callable[[Document], bytes], writer.render)(document)


def write(document: Document, path: Path, format: str) -> None:
    """Write the document to a path, whole or not at all: a full disk or a crash leaves what was there before.

    Errors: those of `render`; OSError from the file system.
    """
    content = render(document, format)
    with whole(path) as unfinished:
        unfinished.write_bytes(content)
