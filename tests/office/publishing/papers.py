"""Files as staff attach them: clean ones, and ones that tell more than they should."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable

from docx import Document
from openpyxl import Workbook
from openpyxl.comments import Comment
from PIL import Image
from pypdf import PdfWriter
from pypdf.annotations import FreeText
from pypdf.generic import DictionaryObject, NameObject, TextStringObject


def docx(text: str = "食堂管理台账", *, author: str = "", inside: Callable[[bytes], bytes] = bytes) -> bytes:
    """A Word file; `inside` changes the XML of its text."""
    document = Document()
    document.core_properties.author = author
    document.core_properties.last_modified_by = ""
    document.add_paragraph(text)
    made = io.BytesIO()
    document.save(made)
    return _changed(made.getvalue(), "word/document.xml", inside)


def xlsx(*, hidden_sheet: bool = False, hidden_column: bool = False, comment: str = "") -> bytes:
    """A workbook with one sheet of figures."""
    book = Workbook()
    book.properties.creator = ""
    sheet = book.active
    sheet["A1"], sheet["B1"] = "学校", "人数"
    if hidden_sheet:
        book.create_sheet("底稿").sheet_state = "hidden"
    if hidden_column:
        sheet.column_dimensions["B"].hidden = True
    if comment:
        sheet["A1"].comment = Comment(comment, "某人")
    made = io.BytesIO()
    book.save(made)
    return made.getvalue()


def pdf(*, author: str = "", remark: str = "", script: bool = False) -> bytes:
    """A page without text."""
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if author:
        writer.add_metadata({"/Author": author})
    if remark:
        writer.add_annotation(0, FreeText(text=remark, rect=(10, 10, 100, 50)))
    if script:
        run = DictionaryObject(
            {NameObject("/S"): NameObject("/JavaScript"), NameObject("/JS"): TextStringObject("x()")}
        )
        writer.root_object[NameObject("/OpenAction")] = run
    made = io.BytesIO()
    writer.write(made)
    return made.getvalue()


def picture(*, where_taken: bool = False) -> bytes:
    """A photograph of nothing."""
    made, told = io.BytesIO(), Image.Exif()
    if where_taken:
        told.get_ifd(0x8825)[1] = "N"
    Image.new("RGB", (8, 8)).save(made, "JPEG", exif=told)
    return made.getvalue()


def package(names: dict[str, bytes]) -> bytes:
    """A zip file."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as packed:
        for name, data in names.items():
            packed.writestr(name, data)
    return made.getvalue()


def _changed(data: bytes, part: str, change: Callable[[bytes], bytes]) -> bytes:
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        parts = {name: packed.read(name) for name in packed.namelist()}
    return package({**parts, part: change(parts[part])})
