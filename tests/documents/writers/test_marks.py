"""A mark stands below the text in every format: its lines to read, its address to scan."""

from io import BytesIO
from zipfile import ZipFile

import pytest
from pdfplumber import open as open_pdf

from gongkai.documents.model import Document, Heading, Mark, Paragraph
from gongkai.documents.readers import read_bytes
from gongkai.documents.writers import FORMATS, render

MARK = Mark(("校验码：7K3M-9QXT-2HFB", "文号：青政规〔2024〕3号"), "https://example.org/verify/7K3M-9QXT-2HFB/")
MARKED = Document((Heading("办法", 1), Paragraph("第一条 为了规范，制定本办法。")), mark=MARK)


@pytest.mark.parametrize("format", FORMATS)
def test_every_line_and_the_address_can_be_read_back(format):
    read = read_bytes(render(MARKED, format), f"marked.{format}")
    words = repr(read)
    assert all(line in words for line in (*MARK.lines, MARK.address))


@pytest.mark.parametrize("format", FORMATS)
def test_a_marked_document_gives_the_same_bytes_each_time(format):
    assert render(MARKED, format) == render(MARKED, format)


@pytest.mark.parametrize("format", FORMATS)
def test_the_mark_is_part_of_the_file(format):
    other = Document(MARKED.blocks, mark=Mark(MARK.lines, "https://example.org/verify/another/"))
    assert len({render(each, format) for each in (MARKED, other, Document(MARKED.blocks))}) == 3


def test_word_finds_the_code_as_a_picture_with_words_for_it():
    with ZipFile(BytesIO(render(MARKED, "docx"))) as file:
        assert [name for name in file.namelist() if name.startswith("word/media/")]
        assert 'descr="二维码：打开校验页面"' in file.read("word/document.xml").decode()


def test_a_mark_never_runs_over_the_foot_of_a_page():
    long = Document((Heading("办法", 1), *(Paragraph(f"第{number}条") for number in range(1, 20))), mark=MARK)
    with open_pdf(BytesIO(render(long, "pdf"))) as pdf:
        pages = [page.extract_text() for page in pdf.pages]
    assert sum("校验码" in page for page in pages) == sum("https" in page for page in pages) == 1
    assert next(page for page in pages if "校验码" in page).count("青政规") == 1


def test_a_character_that_no_font_draws_is_named_in_a_mark_too():
    with pytest.raises(ValueError, match="U\\+10FFFD"):
        render(Document(MARKED.blocks, mark=Mark(("\U0010fffd",), "https://example.org/")), "pdf")
