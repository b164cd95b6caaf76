"""What the format's own library needs to get at the same tables: the measure for our own code.

The first of a format is the library that the reader is built on.
"""

from __future__ import annotations

import ctypes
import io
import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import docx
import openpyxl
import pdfplumber
import pypdfium2
from lxml import etree, html
from pypdfium2 import raw

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


def with_lxml(path: Path) -> None:
    """lxml.html.fromstring and every cell of every table."""
    tree = html.fromstring(path.read_bytes().decode())
    [cell.text_content() for table in tree.iter("table") for cell in table.iter("td", "th")]


def with_raw_lxml(path: Path) -> None:
    """zipfile, lxml.etree and the text of every w:tc."""
    with zipfile.ZipFile(path) as archive:
        tree = etree.fromstring(archive.read("word/document.xml"))
    ["".join(text.text or "" for text in cell.iter(f"{WORD}t")) for cell in tree.iter(f"{WORD}tc")]


def with_python_docx(path: Path) -> None:
    """python-docx and the text of every cell of every table."""
    document = docx.Document(str(path))
    [cell.text for table in document.tables for row in table.rows for cell in row.cells]


def with_openpyxl(path: Path) -> None:
    book = openpyxl.load_workbook(io.BytesIO(path.read_bytes()), data_only=True)
    [cell.value for sheet in book for row in sheet.iter_rows() for cell in row]


def with_pdfplumber(path: Path) -> None:
    """extract_tables and extract_text of every page."""
    with pdfplumber.open(path) as document:
        for page in document.pages:
            page.extract_tables()
            page.extract_text()


def with_pdfium(path: Path) -> None:
    """Every character with its box, and no tables: PDFium finds none."""
    document = pypdfium2.PdfDocument(path.read_bytes())
    box = [ctypes.c_double() for _ in range(4)]
    for page in document:
        text = page.get_textpage()
        for index in range(text.count_chars()):
            raw.FPDFText_GetUnicode(text, index)
            raw.FPDFText_GetCharBox(text, index, *box)
    document.close()


LIBRARIES: Mapping[str, Mapping[str, Callable[[Path], None]]] = {
    "text": {},
    "html": {"lxml": with_lxml},
    "html-word": {"lxml": with_lxml},
    "docx": {"zipfile + lxml": with_raw_lxml, "python-docx": with_python_docx},
    "xlsx": {"openpyxl": with_openpyxl},
    "pdf": {"PDFium": with_pdfium, "pdfplumber": with_pdfplumber},
}
