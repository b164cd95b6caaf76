from dataclasses import replace
from io import BytesIO

import pdfplumber
import pytest

from gongkai.documents.model import Heading, Mark, Paragraph
from gongkai.documents.writers import render
from gongkai.regulation.letters import Letter, kinds, parts_to_document, to_document
from tests.regulation.letters.made_letters import AFTER, case_of, filled_cases, written


def denial() -> Letter:
    facts = {"process_kind": "discussion", "reasons": "一、尚未定稿。\n二、公开会妨碍讨论。"}
    return written("reply_deny_process", case_of("reply_deny_process", AFTER, facts), AFTER)


def test_a_letter_has_the_layout_of_an_official_document() -> None:
    blocks = to_document(denial()).blocks
    assert blocks[0] == Heading("青溪县自然资源局\n政府信息公开申请答复书", 1)
    layouts = [(block.layout, block.text) for block in blocks if isinstance(block, Paragraph)]
    assert layouts[0] == ("centred", "青自然资公开答〔2024〕7号")
    assert layouts[1] == ("flush", "孙申请人：")
    assert layouts[-1] == ("closing", "青溪县自然资源局（印章）\n2024年3月20日")
    assert {layout for layout, _ in layouts[2:-1]} == {"body"}


def test_lines_of_a_part_are_paragraphs() -> None:
    texts = [block.text for block in to_document(denial()).blocks if isinstance(block, Paragraph)]
    assert texts[4:6] == ["理由如下：一、尚未定稿。", "二、公开会妨碍讨论。"]


def test_the_title_of_the_file_names_agency_letter_and_number() -> None:
    assert to_document(denial()).title == "青溪县自然资源局政府信息公开申请答复书（青自然资公开答〔2024〕7号）"


def test_edited_parts_go_on_paper_as_they_are() -> None:
    parts = [replace(part, text="改写的理由。") if part.key == "reasons" else part for part in denial().parts]
    texts = [block.text for block in parts_to_document(parts).blocks if isinstance(block, Paragraph)]
    assert "改写的理由。" in texts


@pytest.mark.parametrize("kind", kinds())
def test_every_kind_is_written_as_a_file(kind: str) -> None:
    document = to_document(written(kind, next(filled_cases(kind, AFTER)), AFTER))
    assert render(document, "docx").startswith(b"PK")
    assert render(document, "pdf").startswith(b"%PDF")
    assert "（印章）" in render(document, "html").decode()


@pytest.mark.parametrize("kind", kinds())
def test_signature_and_date_stand_on_a_page_with_words_of_the_letter(kind: str) -> None:
    mark = Mark(("校验码：7K3M-9QXT",), "https://example.org/verify/7K3M-9QXT/")
    letter = written(kind, next(filled_cases(kind, AFTER)), AFTER)
    with pdfplumber.open(BytesIO(render(replace(to_document(letter), mark=mark), "pdf"))) as file:
        pages = [[str(line["text"]).replace(" ", "") for line in page.extract_text_lines()] for page in file.pages]
    signature = pages[-1].index("青溪县自然资源局（印章）")
    words = "".join(part.text for part in letter.parts).replace(" ", "").replace("\n", "")
    assert pages[-1][signature - 1] in words
    assert pages[-1][signature + 1] == "2024年3月20日"
    assert any("校验码" in line for line in pages[-1])
