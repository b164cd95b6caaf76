"""Small office files for tests, made by the libraries that people's programs stand for."""

from collections.abc import Callable
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import docx
import xlsxwriter
from docx.document import Document as WordDocument
from docx.oxml import parse_xml
from xlsxwriter.workbook import Workbook

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def word_file(write: Callable[[WordDocument], object]) -> bytes:
    """A DOCX that a function has written into."""
    document = docx.Document()
    write(document)
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def word_body(xml: str) -> bytes:
    """A DOCX whose body is the given WordprocessingML."""

    def write(document: WordDocument) -> None:
        body = document.element.body
        for element in parse_xml(f"<w:body {W}>{xml}</w:body>"):
            body.insert(len(body) - 1, element)

    return word_file(write)


def sheet_file(write: Callable[[Workbook], object]) -> bytes:
    """An XLSX that a function has written into."""
    file = BytesIO()
    with xlsxwriter.Workbook(file) as workbook:
        write(workbook)
    return file.getvalue()


def small_word_file() -> bytes:
    """A heading, a paragraph and a table with merged cells."""

    def write(document: WordDocument) -> None:
        document.core_properties.title = "青溪县年报"
        document.add_heading("一、总体情况", 1)
        document.add_paragraph("主动公开政府信息5687条。")
        table = document.add_table(4, 3)
        for row in range(4):
            for column in range(3):
                table.cell(row, column).text = f"{row}{column}"
        table.cell(0, 0).merge(table.cell(0, 2)).text = "第二十条"
        table.cell(2, 0).merge(table.cell(3, 0)).text = "规章"

    return word_file(write)


def small_sheet_file() -> bytes:
    """A sheet of prose and a sheet with a table."""

    def write(workbook: Workbook) -> None:
        workbook.add_worksheet("正文").write(0, 0, "一、总体情况")
        sheet = workbook.add_worksheet("表一")
        sheet.merge_range(0, 0, 0, 2, "第二十条")
        sheet.write_row(1, 0, ["规章", 9.46, 1234.0])

    return sheet_file(write)


def with_part(package: bytes, name: str, content: bytes) -> bytes:
    """The same zip package with one member put in the place of another."""
    file = BytesIO()
    with ZipFile(BytesIO(package)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return file.getvalue()


def part_of(package: bytes, name: str) -> bytes:
    with ZipFile(BytesIO(package)) as archive:
        return archive.read(name)
