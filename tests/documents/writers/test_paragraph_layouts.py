"""How paragraphs are set: running text, at the margin, centred, and the closing block of signature and date."""

from io import BytesIO

import docx
import pdfplumber
import pytest
from docx.oxml.ns import qn
from lxml import html

from gongkai.documents.model import Document, Heading, Mark, Paragraph
from gongkai.documents.writers import render
from gongkai.documents.writers.layout import CLOSEST_POINTS, LINE_POINTS, line_pitch

BODY = "经审查，该信息已经主动公开。"
CLOSING = "青溪县自然资源和规划局\n（印章）\n2024年3月20日"


def letter(lines_of_body: int = 1) -> Document:
    return Document(
        (
            Heading("青溪县自然资源和规划局\n政府信息公开申请答复书", 1),
            Paragraph("青自然资公开答〔2024〕7号", layout="centred"),
            Paragraph("孙申请人：", layout="flush"),
            *(Paragraph(BODY) for _ in range(lines_of_body)),
            Paragraph(CLOSING, layout="closing"),
        )
    )


def placed(document: Document) -> list[list[dict[str, float | str]]]:
    """The lines of each page with where they begin and end."""
    with pdfplumber.open(BytesIO(render(document, "pdf"))) as file:
        return [page.extract_text_lines() for page in file.pages]


def test_a_pdf_sets_each_paragraph_where_it_belongs() -> None:
    (lines,) = placed(letter())
    by_text = {str(line["text"]).replace(" ", ""): line for line in lines}
    left, right = 28 / 25.4 * 72, (210 - 26) / 25.4 * 72
    middle = (left + right) / 2
    number, addressee, body = by_text["青自然资公开答〔2024〕7号"], by_text["孙申请人："], by_text[BODY]
    assert (number["x0"] + number["x1"]) / 2 == pytest.approx(middle, abs=2)
    assert addressee["x0"] == pytest.approx(left, abs=2)
    assert body["x0"] == pytest.approx(left + 2 * 16, abs=2)
    closing = [by_text["青溪县自然资源和规划局"], by_text["（印章）"], by_text["2024年3月20日"]]
    centres = [(line["x0"] + line["x1"]) / 2 for line in closing]
    assert max(centres) - min(centres) < 3
    assert closing[0]["x1"] == pytest.approx(right - 4 * 16, abs=3)
    assert closing[0]["top"] - body["bottom"] > 28.9, "no room for the seal"


def test_a_title_keeps_its_own_line_break() -> None:
    texts = [str(line["text"]) for line in placed(letter())[0][:2]]
    assert texts == ["青溪县自然资源和规划局", "政府信息公开申请答复书"]


@pytest.mark.parametrize("lines_of_body", range(11, 22))
def test_a_closing_is_never_cut_and_never_alone_on_a_page(lines_of_body: int) -> None:
    last = [str(line["text"]).replace(" ", "") for line in placed(letter(lines_of_body))[-1]]
    seal = last.index("（印章）")
    assert last[seal - 1 : seal + 2] == CLOSING.split("\n")
    assert last[seal - 2] == BODY


def test_a_paragraph_of_pages_before_the_closing_goes_on_overleaf() -> None:
    document = Document((Heading("标题", 1), Paragraph(BODY * 200), Paragraph(CLOSING, layout="closing")))
    pages = [[str(line["text"]).replace(" ", "") for line in page] for page in placed(document)]
    assert len(pages) == 5
    assert all(len(page) > 20 for page in pages[:-1]), "a page was left half empty"
    assert "（印章）" in pages[-1]


def test_a_docx_has_a_style_for_each_and_holds_the_closing_together() -> None:
    paragraphs = docx.Document(BytesIO(render(letter(), "docx"))).paragraphs
    assert [paragraph.style.name for paragraph in paragraphs] == [
        "Heading 1",
        "Centred Text",
        "Flush Text",
        "Normal",
        "Closing Text",
        "Closing Text",
        "Closing Text",
    ]
    kept = [paragraph._p.pPr.find(qn("w:keepNext")) is not None for paragraph in paragraphs[3:]]
    assert kept == [True, True, True, False]
    indents = [int(paragraph._p.pPr.find(qn("w:ind")).get(qn("w:rightChars"))) for paragraph in paragraphs[4:]]
    assert indents == [400, 400 + (11 - 4) * 50, 400 + round((11 - 6.5) * 50)]


def test_html_marks_them_by_class() -> None:
    page = html.fromstring(render(letter(), "html"))
    assert [paragraph.get("class") for paragraph in page.iter("p")] == ["centred", "flush", None, "closing"]
    assert [span.text for span in page.find(".//h1")] == ["青溪县自然资源和规划局", "政府信息公开申请答复书"]


def test_plain_text_says_it_all_without_layout() -> None:
    assert "青溪县自然资源和规划局 （印章） 2024年3月20日" in render(letter(), "text").decode()


# -- a letter on as few pages as its lines can be set closer for (GB/T 9704—2012, 7.3.5) --------------------------------

MARK = Mark(("本文书由青溪县自然资源局出具。", "校验码：7K3M-9QXT"), "https://example.org/verify/7K3M-9QXT/")


def test_lines_are_set_closer_only_where_that_saves_the_page_of_the_signature() -> None:
    pitches = [line_pitch(letter(lines_of_body)) for lines_of_body in range(1, 24)]
    assert pitches[0] == pitches[-1] == LINE_POINTS
    closer = [number for number, pitch in enumerate(pitches, 1) if pitch < LINE_POINTS]
    assert closer
    assert closer == list(range(closer[0], closer[-1] + 1))
    assert min(pitches) >= CLOSEST_POINTS
    assert [len(placed(letter(number))) for number in closer] == [1] * len(closer)
    assert len(placed(letter(closer[-1] + 1))) == 2


def test_a_text_without_signature_keeps_its_lines() -> None:
    assert line_pitch(Document((Paragraph(BODY),) * 24)) == LINE_POINTS


@pytest.mark.parametrize("lines_of_body", [3, 13, 16, 20])
def test_the_mark_of_a_letter_stands_in_the_margin_below_its_last_page(lines_of_body: int) -> None:
    unmarked = placed(letter(lines_of_body))
    pages = placed(Document(letter(lines_of_body).blocks, mark=MARK))
    assert len(pages) == len(unmarked), "the mark took room from the text"
    foot = (297 - 35) / 25.4 * 72
    marks = [(page, line) for page in pages for line in page if "校验码" in str(line["text"])]
    assert [page is pages[-1] for page, _ in marks] == [True]
    assert foot < float(marks[0][1]["top"]) < (297 - 5) / 25.4 * 72
    (number,) = (line for line in pages[-1] if f"{len(pages)}—" in str(line["text"]).replace(" ", ""))
    assert float(number["x1"]) > (210 - 26 - 10) / 25.4 * 72


def test_the_mark_of_a_docx_letter_is_placed_on_the_page_and_takes_no_line() -> None:
    body = docx.Document(BytesIO(render(Document(letter().blocks, mark=MARK), "docx"))).element.body
    (table,) = body.iter(qn("w:tbl"))
    placing = table.tblPr.find(qn("w:tblpPr"))
    assert placing.get(qn("w:vertAnchor")) == "page"
    assert int(placing.get(qn("w:tblpY"))) > (297 - 35) / 25.4 * 1440
    assert int(table.getnext().pPr.find(qn("w:spacing")).get(qn("w:line"))) == 20
