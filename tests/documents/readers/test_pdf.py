"""What the PDF reader makes of running text, and what it refuses."""

import io

import pypdf
import pytest

from gongkai.documents.model import Document, Heading, Paragraph, Table
from gongkai.documents.readers.pdf.reading import document_from
from gongkai.documents.readers.refusing import CannotRead
from tests.documents.readers.pdf_files import at, chinese, drawn, photographed, typeset, without_characters

PROSE = "本机关认真执行《中华人民共和国政府信息公开条例》，全年主动公开政府信息5687条，其中微博618条、微信801条，各项工作有序推进。"


def texts(document: Document) -> list[str]:
    """The headings and paragraphs."""
    return [block.text for block in document.blocks if not isinstance(block, Table)]


def refusal_of(data: bytes) -> str:
    """The code with which a file is refused."""
    with pytest.raises(CannotRead) as refused:
        document_from(data)
    return refused.value.refusal.code


# -- paragraphs -------------------------------------------------------------------------------------------------------


def test_wrapped_lines_become_one_paragraph_without_spaces() -> None:
    assert texts(document_from(typeset(f"{PROSE}\n\n{PROSE}"))) == [PROSE, PROSE]


def test_a_paragraph_goes_on_over_a_page_break_and_its_page_numbers() -> None:
    document = document_from(typeset(f"{PROSE * 20}\n\n二、其他事项", '#set page(numbering: "— 1 —")'))
    assert texts(document) == [PROSE * 20, "二、其他事项"]


def test_paragraphs_without_indents_end_where_the_next_word_would_have_fitted() -> None:
    document = document_from(typeset(f"{PROSE}\n\n{PROSE}", "#set par(first-line-indent: 0em)"))
    assert texts(document) == [PROSE, PROSE]


def test_latin_words_keep_their_space_over_a_line_end() -> None:
    sentence = "the annual report is published every year on the website of the county government for everyone to read"
    assert texts(document_from(typeset(sentence, "#set par(justify: false)"))) == [sentence]


def test_a_bracket_after_a_line_end_keeps_the_space_before_it() -> None:
    text = "开放数据见以下地址，欢迎社会各界广泛查询使用：https://example.invalid/data (CSV & JSON)，每季度更新一次。"
    for width in range(10, 18):
        assert texts(document_from(typeset(text, f"#set page(width: {width}cm)\n#set par(justify: false)"))) == [text]


@pytest.mark.parametrize("indent", ["0em", "2em"])
def test_paragraphs_of_one_line_each_stay_apart(indent: str) -> None:
    lines = [
        "二、公开内容",
        "全年主动公开信息十二条。",
        "收到申请三件，全部办结。",
        "（一）主动公开",
        "数据见本机关网站。",
    ]
    setup = f"#set par(first-line-indent: (amount: {indent}, all: true))"
    assert texts(document_from(typeset("\n\n".join(lines), setup))) == lines


def test_a_line_that_begins_with_the_number_of_a_provision_goes_on() -> None:
    text = (
        "本机关在二〇二三年里依照中华人民共和国政府信息公开条例第二十条第（五）项的规定公开了全部行政许可的办理结果。"
    )
    for width in range(10, 18):
        assert texts(document_from(typeset(text, f"#set page(width: {width}cm)"))) == [text]


def test_text_of_next_to_no_size_is_read() -> None:
    assert texts(document_from(drawn(at(100, 600, "县", 0.2)))) == ["县"]


def test_a_line_stretched_by_justification_has_no_spaces_between_its_characters() -> None:
    stretched = "".join(at(80 + 30 * index, 700, character) for index, character in enumerate("邮编：223100，电话："))
    spaced = f"BT /F2 12 Tf 80 600 Td {chinese('号 ， 邮 编 ： 地 址 在 青 溪 县')} Tj ET\n"
    assert texts(document_from(drawn(stretched))) == ["邮编：223100，电话："]
    assert texts(document_from(drawn(spaced))) == ["号，邮编：地址在青溪县"]


def test_a_space_the_author_wrote_stays() -> None:
    assert texts(document_from(typeset("联系人：王某 电话：0000-1234567"))) == ["联系人：王某 电话：0000-1234567"]


def test_the_large_centred_lines_are_one_title() -> None:
    title = "#align(center, text(22pt)[青溪县人民政府办公室\\ 2023年政府信息公开工作年度报告])"
    first, second = document_from(typeset(f"{title}\n\n{PROSE}")).blocks
    assert isinstance(first, Heading)
    assert (first.text, first.level) == ("青溪县人民政府办公室2023年政府信息公开工作年度报告", 1)
    assert isinstance(second, Paragraph)
    assert second.at.page == 1


def test_the_title_in_the_metadata_is_the_documents_title() -> None:
    assert document_from(typeset('#set document(title: "年度报告")\n' + PROSE)).title == "年度报告"


@pytest.mark.parametrize(
    "numbering", ["1", "- 1 -", "-1-", "— 1 —", "第1页", "第 1 页 共 1 页", "1/1", "1 / 1", "· 1 ·", "第1页/共1页"]
)
def test_page_numbers_are_left_out(numbering: str) -> None:
    document = document_from(
        typeset(f"甲：{PROSE}\n\n#pagebreak()\n乙：{PROSE}", f'#set page(numbering: "{numbering}")')
    )
    assert texts(document) == [f"甲：{PROSE}", f"乙：{PROSE}"]


def test_a_running_title_is_left_out_and_the_title_is_kept() -> None:
    setup = "#set page(header: align(right)[青溪县人民政府文件], footer: context [青溪县 #here().page()])"
    pages = ["青溪县人民政府文件", f"甲：{PROSE}", f"乙：{PROSE}", f"丙：{PROSE}"]
    source = "{}\n\n{}\n#pagebreak()\n{}\n#pagebreak()\n{}".format(*pages)
    assert texts(document_from(typeset(source, setup))) == pages


def test_a_year_at_the_end_of_the_text_is_no_page_number() -> None:
    document = document_from(typeset(f"{PROSE}\n\n2023"))
    assert texts(document) == [PROSE, "2023"]


def test_radicals_are_read_as_the_characters_they_look_like_and_punctuation_stays() -> None:
    document = document_from(typeset("⼀、⾏政复议（２０２３）：⻔户⽹站"))
    assert texts(document) == ["一、行政复议（２０２３）：门户网站"]


def test_prose_on_coloured_lines_and_in_boxes_is_no_table() -> None:
    lines = "".join(
        f"0.9 0.9 1 rg 70 {700 - 20 * row} 450 20 re f 0 g {at(74, 705 - 20 * row, PROSE[:34])}" for row in range(5)
    )
    boxed = typeset(f"#rect(width: 100%)[{PROSE}]")
    assert not any(isinstance(block, Table) for block in document_from(drawn(lines)).blocks)
    assert texts(document_from(boxed)) == [PROSE]


def test_two_pages_side_by_side_are_read_one_after_the_other() -> None:
    left, right = "左" + PROSE * 3, "右" + PROSE * 3
    sheet = f"#grid(columns: (1fr, 1fr), gutter: 2cm)[{left}][{right}]"
    assert texts(document_from(typeset(sheet, "#set page(flipped: true)"))) == [left, right]


# -- pages that are turned --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("degrees", [90, 180, 270])
def test_a_page_turned_by_its_rotate_entry_reads_as_it_is_shown(degrees: int) -> None:
    upright = f"<</Rotate {degrees}>>"
    turns = {90: "0 1 -1 0 595 0", 180: "-1 0 0 -1 595 842", 270: "0 -1 1 0 0 842"}
    content = f"q {turns[degrees]} cm {at(60, 500, '第一行在上')}{at(60, 400, '第二行在下')} Q"
    document = document_from(drawn(content, page=upright[2:-2]))
    assert texts(document) == ["第一行在上", "第二行在下"]


def test_text_laid_out_sideways_on_an_upright_page_is_turned() -> None:
    content = f"q 0 1 -1 0 595 0 cm {at(60, 500, '第一行在上')}{at(60, 400, '第二行在下')} Q"
    assert texts(document_from(drawn(content))) == ["第一行在上", "第二行在下"]


# -- what isn't seen --------------------------------------------------------------------------------------------------


def test_text_drawn_twice_to_look_bold_is_read_once() -> None:
    document = document_from(drawn(at(100, 700, "行政复议110") + at(100.4, 700, "行政复议110")))
    assert texts(document) == ["行政复议110"]


def test_hidden_text_is_left_out_and_noted() -> None:
    invisible = "3 Tr " + at(100, 600, "看不见")
    white = "0 Tr 1 g " + at(100, 500, "白色") + "0 g "
    outside = at(100, 900, "页外")
    document = document_from(drawn(at(100, 700, "青溪县") + invisible + white + outside))
    assert texts(document) == ["青溪县"]
    assert document.notes == ("有 7 个看不见的字（隐藏、白色或在页面之外）没有读取",)


def test_white_text_on_a_dark_background_is_read() -> None:
    assert texts(document_from(drawn("0 0 0.5 rg 90 690 200 30 re f 1 g " + at(100, 700, "表头")))) == ["表头"]


# -- refusals ---------------------------------------------------------------------------------------------------------


def test_a_scan_is_refused_and_the_pages_are_counted() -> None:
    with pytest.raises(CannotRead) as refused:
        document_from(photographed((1240, 1754), (1240, 1754)))
    assert refused.value.refusal.code == "SCAN"
    assert "共 2 页，其中 2 页是图片" in refused.value.refusal.message


def test_a_scan_with_an_invisible_recognised_text_is_still_a_scan() -> None:
    writer = pypdf.PdfWriter(io.BytesIO(photographed((1240, 1754))))
    recognised = pypdf.PdfReader(io.BytesIO(drawn("3 Tr " + at(100, 700, "识别出的文字不可靠" * 5)))).pages[0]
    writer.pages[0].merge_page(recognised)
    out = io.BytesIO()
    writer.write(out)
    assert refusal_of(out.getvalue()) == "SCAN"


def test_one_picture_page_among_text_is_noted() -> None:
    pages = [f"{number}页：{PROSE}" for number in "甲乙丙"]
    writer = pypdf.PdfWriter(io.BytesIO(typeset("\n#pagebreak()\n".join(pages))))
    writer.append(io.BytesIO(photographed((1240, 1754))))
    out = io.BytesIO()
    writer.write(out)
    document = document_from(out.getvalue())
    assert texts(document) == pages
    assert document.notes == ("第 4 页是图片，没有文字层，没有读取",)


def test_text_turned_into_outlines_is_refused_as_a_scan() -> None:
    letters = "".join(f"{x} 100 m {x} 140 {x + 9} 140 {x + 9} 100 c f " for x in range(100, 400, 10))
    assert refusal_of(drawn(letters)) == "SCAN"


def test_a_file_without_anything_is_empty() -> None:
    assert refusal_of(drawn("")) == "EMPTY"


def test_fonts_that_hide_their_characters_are_refused() -> None:
    assert refusal_of(without_characters(typeset(PROSE), "Noto")) == "UNMAPPED-FONTS"


def test_a_lone_character_that_the_font_hides_is_shown_as_unknown_and_noted() -> None:
    mixed = typeset(f'共1#text(font: "Noto Sans SC")[2]3件。{PROSE}')
    document = document_from(without_characters(mixed, "Sans"))
    assert texts(document) == [f"共1\ufffd3件。{PROSE}"]
    assert document.notes == ("有 1 个字的字体没有字符对应表，读作“\ufffd”",)


def test_a_file_that_needs_a_password_is_refused_and_an_empty_password_opens() -> None:
    def locked(password: str) -> bytes:
        writer = pypdf.PdfWriter(io.BytesIO(typeset(PROSE)))
        writer.encrypt(password, "owner", algorithm="RC4-128")
        out = io.BytesIO()
        writer.write(out)
        return out.getvalue()

    assert refusal_of(locked("secret")) == "ENCRYPTED"
    assert texts(document_from(locked(""))) == [PROSE]


def test_more_pages_than_a_report_has_are_refused() -> None:
    assert refusal_of(drawn(*[at(100, 700, "页")] * 301)) == "TOO-LARGE"


def test_a_damaged_file_and_a_file_cut_off_are_told_apart() -> None:
    whole = typeset(PROSE)
    assert refusal_of(b"%PDF-1.7\n" + bytes(200) + b"\n%%EOF\n") == "DAMAGED"
    assert refusal_of(whole[: len(whole) // 3]) == "TRUNCATED"
