"""READERS: any published file to a `Document`, or to a `Refusal` that says what to do about it.

A reader is imported when a file of its kind comes, so that reading text doesn't load the libraries for PDF.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from gongkai.documents.model import Document, Refusal
from gongkai.documents.readers import limits, refusing
from gongkai.documents.readers.detect import kind_of
from gongkai.documents.readers.refusing import CannotRead

__all__ = ["read", "read_bytes"]


def read(path: Path) -> Document | Refusal:
    """Read a file, whatever it is, within the limits of `limits`. Nothing in the file can make this raise."""
    return _refusing(lambda: limits.read_file(path), path.name)


def read_bytes(data: bytes, name: str = "") -> Document | Refusal:
    """Read the content of a file; `name` is a hint where the content leaves a choice."""
    return _refusing(lambda: data, name)


def _refusing(source: Callable[[], bytes], name: str) -> Document | Refusal:
    try:
        data = source()
        if _is_pdf(data):  # read in a process of its own, which has its own guard and must not be left halfway
            return _read_strict(data, name)
        with limits.guard():
            return _read_strict(data, name)
    except CannotRead as cannot:
        return cannot.refusal
    except MemoryError:
        return refusing.too_large()
    except Exception as error:  # a library stumbled over a broken file in a way of its own
        return refusing.damaged(type(error).__name__)


def _read_strict(data: bytes, name: str) -> Document:
    """The same with CannotRead for refusals and every other error as it comes: what tests call."""
    if not data:
        raise CannotRead(refusing.empty())
    limit = limits.LARGEST_PDF if _is_pdf(data) else limits.LARGEST_FILE
    if len(data) > limit:
        raise CannotRead(refusing.too_large(f"{limit // limits.MEGABYTE} MB"))
    return _read_kind(data, kind_of(data, name))


def _is_pdf(data: bytes) -> bool:
    return limits.PDF_MARK in data[: limits.PDF_MARK_WITHIN]


def _read_kind(data: bytes, kind: str) -> Document:
    match kind:
        case "pdf":
            from gongkai.documents.readers.pdf import read_pdf

            return read_pdf(data)
        case "docx":
            from gongkai.documents.readers.docx import read_docx

            return read_docx(data)
        case "xlsx" | "csv":
            from gongkai.documents.readers import xlsx

            return xlsx.read_csv(data) if kind == "csv" else xlsx.read_xlsx(data)
        case "html" | "mhtml" | "json":
            return _read_markup(data, kind)
        case "text":
            from gongkai.documents.readers.text import read_text

            return read_text(data)
        case _:
            from gongkai.documents.readers.office import read_office

            return read_office(data, kind)


def _read_markup(data: bytes, kind: str) -> Document:
    from gongkai.documents.readers.html import read_html
    from gongkai.documents.readers.saved_page import html_in_json, html_in_mail

    if kind == "mhtml":
        page, charset = html_in_mail(data)
        return replace(read_html(page, charset), format="mhtml")
    if kind == "json":
        return read_html(html_in_json(data), "utf-8")
    return read_html(data)
