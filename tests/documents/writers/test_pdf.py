from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from io import BytesIO

import pdfplumber
import pytest
from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import PDFStream, resolve1

from gongkai.documents.model import Document, Heading, Paragraph, Table, TableCell
from gongkai.documents.writers import render
from gongkai.documents.writers.pdf import MissingCharacters
from tests.documents.writers.sample_report import TITLE, sample_report

MARKUP = '#panic("x") $x^2$ *b* _i_ @ref <label> \\ `raw` // /* [c] {d} = - + ~ https://a.b #let'


def text_of(content: bytes) -> str:
    """All text without white space, page numbers included."""
    with pdfplumber.open(BytesIO(content)) as pdf:
        return "".join("".join((page.extract_text() or "").split()) for page in pdf.pages)


@pytest.fixture(scope="module")
def report() -> bytes:
    return render(sample_report(), "pdf")


@pytest.fixture
def parsed(report: bytes) -> PDFDocument:
    return PDFDocument(PDFParser(BytesIO(report)))


def test_every_font_is_embedded_and_maps_to_characters(parsed: PDFDocument) -> None:
    fonts = list(_fonts(parsed))
    assert len(fonts) >= 2
    for font in fonts:
        descendant = resolve1(resolve1(font["DescendantFonts"])[0])
        descriptor = resolve1(descendant["FontDescriptor"])
        assert isinstance(resolve1(descriptor["FontFile3"]), PDFStream)
        assert "ToUnicode" in font


def _fonts(parsed: PDFDocument) -> Iterator[dict[str, object]]:
    for number in parsed.xrefs[0].get_objids():
        found = parsed.getobj(number)
        if isinstance(found, dict) and getattr(found.get("Subtype"), "name", "") == "Type0":
            yield found


def test_it_is_tagged_and_names_its_language_title_and_standard(parsed: PDFDocument) -> None:
    catalog = parsed.catalog
    assert resolve1(catalog["MarkInfo"])["Marked"] is True
    assert "StructTreeRoot" in catalog
    assert resolve1(catalog["Lang"]) in (b"zh-CN", "zh-CN")
    metadata = resolve1(catalog["Metadata"]).get_data().decode()
    assert "<pdfuaid:part>1</pdfuaid:part>" in metadata
    assert TITLE in metadata


def test_the_headings_are_bookmarks(parsed: PDFDocument) -> None:
    bookmarks = [(level, title) for level, title, *_ in parsed.get_outlines()]
    assert ("".join(bookmarks[0][1].split()), bookmarks[0][0]) == (TITLE, 1)
    assert (2, "一、总体情况") in bookmarks
    assert (3, "（五）监督保障") in bookmarks


def test_it_has_no_date_so_that_it_can_be_made_again_byte_for_byte(report: bytes, parsed: PDFDocument) -> None:
    assert not any("CreationDate" in info for info in parsed.info)
    assert render(sample_report(), "pdf") == report


def test_pages_are_a4_and_numbered(report: bytes) -> None:
    with pdfplumber.open(BytesIO(report)) as pdf:
        for number, page in enumerate(pdf.pages, 1):
            assert (round(page.width), round(page.height)) == (595, 842)
            assert page.extract_text().splitlines()[-1].replace(" ", "") == f"—{number}—"


def test_the_applications_table_stands_whole_on_one_page(report: bytes) -> None:
    with pdfplumber.open(BytesIO(report)) as pdf:
        pages = ["".join(page.extract_text().split()) for page in pdf.pages]
    holding = [page for page in pages if "一、本年新收政府信息公开申请数量" in page]
    assert len(holding) == 1
    assert "四、结转下年度继续办理" in holding[0]


def test_nothing_reaches_beyond_the_margins(report: bytes) -> None:
    with pdfplumber.open(BytesIO(report)) as pdf:
        for page in pdf.pages:
            assert min(char["x0"] for char in page.chars) >= 28 / 25.4 * 72 - 1
            assert max(char["x1"] for char in page.chars) <= (210 - 26) / 25.4 * 72 + 8  # hanging punctuation


def test_a_table_longer_than_a_page_repeats_its_headers() -> None:
    cells = [TableCell("名称", 0, 0, is_header=True), TableCell("件数", 0, 1, is_header=True)]
    for row in range(1, 121):
        cells += [TableCell(f"第{row}项", row, 0, is_header=True), TableCell(str(row), row, 1)]
    with pdfplumber.open(BytesIO(render(Document((Table(tuple(cells)),)), "pdf"))) as pdf:
        assert len(pdf.pages) > 2
        assert all(page.extract_text().startswith("名称") for page in pdf.pages)


def test_a_group_of_a_long_table_is_not_cut_by_the_foot_of_a_page() -> None:
    cells = [TableCell("类", 0, 0, is_header=True), TableCell("项", 0, 1, is_header=True)]
    for group in range(20):
        cells.append(TableCell(f"第{group}类", 1 + 5 * group, 0, 5, is_header=True))
        cells += [TableCell(f"{group}之{item}", 1 + 5 * group + item, 1) for item in range(5)]
    with pdfplumber.open(BytesIO(render(Document((Table(tuple(cells)),)), "pdf"))) as pdf:
        texts = [page.extract_text() for page in pdf.pages]
    assert len(texts) > 1
    for group in range(20):
        (page,) = (text for text in texts if f"第{group}类" in text)
        assert all(f"{group}之{item}" in page for item in range(5))


def test_a_cell_higher_than_a_page_goes_on_overleaf() -> None:
    long = "".join(f"第{number}件，" for number in range(900))
    table = Table((TableCell("甲", 0, 0, is_header=True), TableCell("乙", 0, 1), TableCell(long, 1, 0, 1, 2)))
    with pdfplumber.open(BytesIO(render(Document((table,)), "pdf"))) as pdf:
        # Above the foot of the page, where its number stands.
        bodies = [page.crop((0, 0, page.width, page.height - 35 / 25.4 * 72)) for page in pdf.pages]
        written = "".join("".join(body.extract_text().split()) for body in bodies)
    assert len(bodies) > 1
    assert long in written


def test_text_is_never_markup() -> None:
    document = Document((Heading(MARKUP, 1), Paragraph(MARKUP), Table((TableCell(MARKUP, 0, 0),), caption=MARKUP)))
    assert text_of(render(document, "pdf")).count("".join(MARKUP.split())) == 4


def test_characters_no_font_can_draw_are_named_instead_of_printed_as_boxes() -> None:
    with pytest.raises(MissingCharacters, match="U\\+20BB7") as raised:
        render(Document((Paragraph("经办人：𠮷野，龘，𪛖。"),)), "pdf")
    assert raised.value.characters == "𠮷𪛖"


def test_rare_characters_of_the_national_table_are_drawn() -> None:
    assert "龘㙍𬭎☑" in text_of(render(Document((Paragraph("龘㙍𬭎☑"),)), "pdf"))


def test_threads_of_a_server_may_write_at_the_same_time() -> None:
    documents = [Document((Paragraph(f"第{number}份。" * 200),)) for number in range(8)]
    with ThreadPoolExecutor(4) as threads:
        together = list(threads.map(lambda document: render(document, "pdf"), documents))
    assert together == [render(document, "pdf") for document in documents]


def test_a_gap_in_the_levels_of_headings_is_no_obstacle() -> None:
    assert render(Document((Heading("（一）主动公开", 3), Heading("题", 1), Heading("1.细目", 6))), "pdf")


def test_a_hundred_pages_of_prose_are_set() -> None:
    paragraphs = tuple(Paragraph(f"第{number}段。" + "政府信息公开工作有序开展，" * 25) for number in range(190))
    content = render(Document((Heading("长报告", 1), *paragraphs)), "pdf")
    with pdfplumber.open(BytesIO(content)) as pdf:
        assert len(pdf.pages) >= 100
        assert "第189段" in "".join(pdf.pages[-1].extract_text().split()) + "".join(
            pdf.pages[-2].extract_text().split()
        )
