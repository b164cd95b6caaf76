import pytest

from gongkai.documents.model import Heading, Paragraph, Position, Table
from gongkai.documents.readers.docx import read_docx
from gongkai.documents.readers.docx_numbering import written
from gongkai.documents.readers.refusing import CannotRead
from tests.documents.readers.office_files import part_of, small_word_file, with_part, word_body, word_file


def texts(data: bytes) -> list[str]:
    return [block.text for block in read_docx(data).blocks if isinstance(block, Paragraph | Heading)]


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def paragraph(text: str, properties: str = "") -> str:
    return f"<w:p><w:pPr>{properties}</w:pPr>{run(text)}</w:p>"


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{paragraph(text)}</w:tc>"


def test_headings_paragraphs_and_the_title_are_read():
    document = read_docx(small_word_file())
    assert document.title == "青溪县年报"
    assert document.blocks[:2] == (
        Heading("一、总体情况", 1, Position(paragraph=1)),
        Paragraph("主动公开政府信息5687条。", Position(paragraph=2)),
    )


def test_merged_cells_are_one_cell_with_spans_and_a_place():
    table = read_docx(small_word_file()).blocks[2]
    assert isinstance(table, Table)
    by_text = {cell.text: cell for cell in table.cells}
    assert (by_text["第二十条"].row_span, by_text["第二十条"].column_span) == (1, 3)
    assert (by_text["规章"].row_span, by_text["规章"].column_span) == (2, 1)
    assert by_text["32"].at == Position(table=1, row=4, column=3)
    assert len(table.cells) == 1 + 3 + 3 + 2


def test_rows_that_begin_later_keep_their_column():
    rows = (
        f"<w:tr>{cell('a')}{cell('b')}{cell('c')}</w:tr>"
        f"<w:tr><w:trPr><w:gridBefore w:val='1'/></w:trPr>{cell('d')}{cell('e')}</w:tr>"
    )
    table = read_docx(word_body(f"<w:tbl>{rows}</w:tbl>")).blocks[0]
    assert isinstance(table, Table)
    assert [(c.text, c.row, c.column) for c in table.cells[3:]] == [("d", 1, 1), ("e", 1, 2)]


def test_paragraphs_of_a_cell_are_its_lines_and_an_empty_cell_is_a_cell():
    two = f"<w:tc>{paragraph('本年新')}{paragraph('制作数量')}</w:tc>"
    table = read_docx(
        word_body(f"<w:tbl><w:tr>{two}{cell('')}</w:tr><w:tr>{cell('a')}{cell('b')}</w:tr></w:tbl>")
    ).blocks[0]
    assert isinstance(table, Table)
    assert [c.text for c in table.cells] == ["本年新\n制作数量", "", "a", "b"]


def test_a_table_that_holds_tables_dissolves():
    inner = f"<w:tbl><w:tr>{cell('规章')}{cell('0')}</w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('前')}{inner}{paragraph('后')}</w:tc>{cell('旁')}</w:tr></w:tbl>"
    blocks = read_docx(word_body(outer)).blocks
    assert [getattr(block, "text", "table") for block in blocks] == ["前", "table", "后", "旁"]


def test_a_deep_nest_of_tables_is_refused_and_does_not_exhaust_the_stack():
    xml = paragraph("文")
    for _ in range(60):
        xml = f"<w:tbl><w:tr><w:tc>{xml}</w:tc></w:tr></w:tbl>"
    with pytest.raises(CannotRead, match="DAMAGED"):
        read_docx(word_body(xml))


def test_deleted_text_is_dropped_inserted_text_kept_and_both_noted():
    xml = (
        f"<w:p>{run('公开')}<w:del>{run('旧')}<w:r><w:delText>删</w:delText></w:r></w:del><w:ins>{run('新')}</w:ins></w:p>"
        f"<w:moveFrom>{paragraph('移走')}</w:moveFrom>"
        f"<w:tbl><w:tr>{cell('a')}{cell('b')}</w:tr><w:tr><w:trPr><w:del/></w:trPr>{cell('c')}{cell('d')}</w:tr></w:tbl>"
    )
    document = read_docx(word_body(xml))
    assert document.blocks[0] == Paragraph("公开新", Position(paragraph=1))
    assert isinstance(document.blocks[1], Table)
    assert [c.text for c in document.blocks[1].cells] == ["a", "b"]
    assert document.notes == ("文件带有修订标记，已删除的文字未计入。",)


def test_hidden_text_is_dropped_and_noted():
    runs = run("公开") + run("藏", "<w:vanish/>") + run("显", "<w:vanish w:val='0'/>")
    document = read_docx(word_body(f"<w:p>{runs}</w:p>"))
    assert document.blocks[0] == Paragraph("公开显", Position(paragraph=1))
    assert document.notes == ("文件中的隐藏文字未计入。",)


SUPERSCRIPT = '<w:vertAlign w:val="superscript"/>'


def test_a_raised_number_is_a_footnote_and_no_digit_of_the_number_before_it():
    rows = (
        f"<w:tc><w:p>{run('22')}{run('1', SUPERSCRIPT)}{run('0', SUPERSCRIPT)}</w:p></w:tc>{cell('a')}",
        f"<w:tc><w:p>{run('3km')}{run('2', SUPERSCRIPT)}</w:p></w:tc><w:tc><w:p>{run('5', SUPERSCRIPT)}</w:p></w:tc>",
    )
    table = read_docx(word_body(f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in rows)}</w:tbl>")).blocks[0]
    assert isinstance(table, Table)
    assert [cell.text for cell in table.cells] == ["22[10]", "a", "3km2", "5"]


def test_a_file_laid_out_for_the_eye_has_no_more_text_than_others():
    xml = "<w:p>\n  <w:r>\n <w:rPr>\n<w:b/>\n</w:rPr>\n  <w:t>公</w:t>\n </w:r>\n <w:r>\n<w:t>开</w:t>\n</w:r>\n</w:p>"
    assert texts(word_body(xml)) == ["公开"]


def test_a_line_break_begins_a_paragraph_and_a_tab_is_a_space():
    assert texts(word_body(f"<w:p>{run('甲')}<w:r><w:br/><w:t>乙</w:t><w:tab/><w:t>丙</w:t></w:r></w:p>")) == [
        "甲",
        "乙 丙",
    ]


def test_a_text_box_is_read_once():
    box = f"<w:pict><v:shape><v:textbox><w:txbxContent>{paragraph('框')}</w:txbxContent></v:textbox></v:shape></w:pict>"
    xml = (
        '<w:p xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
        'xmlns:v="urn:schemas-microsoft-com:vml">'
        f"{run('外')}<w:r><mc:AlternateContent><mc:Choice Requires='wps'>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent></w:r></w:p>"
    )
    assert texts(word_body(xml)) == ["外", "框"]


def test_content_controls_links_and_fields_are_text():
    xml = (
        f"<w:sdt><w:sdtContent>{paragraph('控件')}</w:sdtContent></w:sdt>"
        f"<w:p><w:hyperlink>{run('链接')}</w:hyperlink><w:r><w:instrText>PAGE</w:instrText></w:r>"
        f"<w:fldSimple>{run('域')}</w:fldSimple></w:p>"
    )
    assert texts(word_body(xml)) == ["控件", "链接域"]


NUMBERING = b"""<w:numbering xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">
<w:abstractNum w:abstractNumId="7">
<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1\xe3\x80\x81"/></w:lvl>
<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1.%2"/></w:lvl>
<w:lvl w:ilvl="2"><w:numFmt w:val="bullet"/><w:lvlText w:val="*"/></w:lvl></w:abstractNum>
<w:num w:numId="3"><w:abstractNumId w:val="7"/></w:num>
<w:num w:numId="4"><w:abstractNumId w:val="7"/>
<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>
</w:numbering>"""


def numbered(text: str, level: int, number: int = 3) -> str:
    return paragraph(text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')


def test_automatic_numbers_are_written_out():
    xml = "".join(
        [
            numbered("总体情况", 0),
            numbered("甲", 1),
            numbered("乙", 1),
            numbered("点", 2),
            numbered("主动公开", 0),
            numbered("丙", 1),
            numbered("另起", 0, 4),
            numbered("收到", 0),
            paragraph("无号"),
        ]
    )
    data = with_part(word_body(xml), "word/numbering.xml", NUMBERING)
    assert texts(data) == [
        "一、总体情况",
        "一.1甲",
        "一.2乙",
        "点",
        "二、主动公开",
        "二.1丙",
        "五、另起",
        "三、收到",
        "无号",
    ]


@pytest.mark.parametrize(
    ("value", "style", "expected"),
    [
        (10, "chineseCounting", "十"),
        (21, "japaneseCounting", "二十一"),
        (120, "chineseCounting", "120"),
        (4, "upperRoman", "IV"),
        (27, "upperLetter", "27"),
        (12, "decimalFullWidth", "１２"),
        (3, "decimalEnclosedCircle", "③"),
    ],
)
def test_numbers_are_written_as_word_prints_them(value, style, expected):
    assert written(value, style) == expected


def test_a_style_derived_from_a_heading_is_a_heading_and_a_long_paragraph_is_not():
    def write(document):
        own = document.styles.add_style("县标题", 1)
        own.base_style = document.styles["Heading 2"]
        document.add_paragraph("二、主动公开", style="县标题")
        document.add_paragraph("长" * 120, style="县标题")
        document.add_paragraph("年报", style="Title")

    blocks = read_docx(word_file(write)).blocks
    assert [getattr(block, "level", None) for block in blocks] == [2, None, 1]


def test_strict_files_are_read_like_transitional_ones():
    data = small_word_file()
    strict = part_of(data, "word/document.xml").replace(
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
    )
    assert len(read_docx(with_part(data, "word/document.xml", strict)).blocks) == 3


def test_a_document_without_text_is_refused_as_empty():
    with pytest.raises(CannotRead, match="EMPTY"):
        read_docx(word_body("<w:p/>"))


def test_a_document_without_its_main_part_is_refused_as_damaged():
    with pytest.raises(CannotRead, match="DAMAGED"):
        read_docx(with_part(small_word_file(), "word/document.xml", b"<x/>"))
