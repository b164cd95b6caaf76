import pytest

from gongkai.documents.model import Flow, Heading, Paragraph, Position, Table
from gongkai.documents.readers import _read_strict
from gongkai.documents.readers.html import read_html
from gongkai.documents.readers.refusing import CannotRead


def page(body: str, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><meta charset='utf-8'>{head}</head><body>{body}</body></html>".encode()


def texts(body: str) -> list[str]:
    return [block.text for block in read_html(page(body)).blocks if isinstance(block, Paragraph | Heading)]


def only_table(body: str) -> Table:
    (table,) = (block for block in read_html(page(body)).blocks if isinstance(block, Table))
    return table


def grid(body: str) -> list[tuple[str, int, int, int, int]]:
    return [(c.text, c.row, c.column, c.row_span, c.column_span) for c in only_table(f"<table>{body}</table>").cells]


def test_running_text_is_joined_over_inline_elements_and_wrapped_source_lines():
    assert texts("<p>主动<span>公开</span>5687<font>条</font>\n  信息，\n共计 \n 618 files\n today</p>") == [
        "主动公开5687条信息，共计618 files today"
    ]


def test_text_beside_and_after_elements_is_kept_in_order():
    assert texts("甲<p>乙</p>丙<!-- 注 --><b>丁</b><div>戊<br>己</div>庚") == ["甲", "乙", "丙丁", "戊", "己", "庚"]


def test_headings_have_their_level_and_line():
    blocks = read_html(b"<html><body>\n<h1>A<br>B</h1>\n<h3>C</h3></body></html>").blocks
    assert blocks == (Heading("A B", 1, Position(line=2)), Heading("C", 3, Position(line=3)))


def test_the_title_of_the_page_is_no_text():
    document = read_html(page("<p>文</p>", "<title> 青溪县\n年报 </title>"))
    assert (document.title, len(document.blocks)) == ("青溪县年报", 1)


def test_scripts_styles_and_hidden_elements_are_dropped_and_the_text_after_them_is_not():
    body = (
        "<p>一<script>var 甲</script>二<style>乙</style>三<span style='DISPLAY : none'>丙</span>四"
        "<i hidden>丁</i>五</p>"
        "<template><p>戊</p></template><noscript>己</noscript>"
        "<p STYLE='color:red;mso-hide:all'>庚</p><i style='visibility:\nhidden'>辛</i>"
    )
    document = read_html(page(body))
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["一二三四五"]
    assert document.notes == ("页面中隐藏的文字未计入。",)


@pytest.mark.parametrize(
    "meta", ["<meta charset=utf-8>", "<meta http-equiv=Content-Type content='text/html; charset=utf-8'>"]
)
def test_gbk_declared_as_utf8_reads_right_and_says_so(meta):
    document = read_html(f"<html><head>{meta}</head><body><p>青溪县人民政府</p></body></html>".encode("gbk"))
    assert document.blocks[0] == Paragraph("青溪县人民政府", Position(line=1))
    assert "GB18030" in document.notes[0]


def test_cells_are_placed_as_a_browser_places_them():
    assert grid(
        "<tr><th rowspan=2 colspan=2>角</th><th colspan=3>申请人</th></tr><tr><td>a<td>b<td>c</tr>"
        "<tr><td rowspan=2>组<td>行<td>1<td>2<td>3</tr><tr><td>行二<td>4<td>5<td>6</tr>"
    ) == [
        *[("角", 0, 0, 2, 2), ("申请人", 0, 2, 1, 3), ("a", 1, 2, 1, 1), ("b", 1, 3, 1, 1), ("c", 1, 4, 1, 1)],
        *[("组", 2, 0, 2, 1), ("行", 2, 1, 1, 1), ("1", 2, 2, 1, 1), ("2", 2, 3, 1, 1), ("3", 2, 4, 1, 1)],
        *[("行二", 3, 1, 1, 1), ("4", 3, 2, 1, 1), ("5", 3, 3, 1, 1), ("6", 3, 4, 1, 1)],
    ]


def test_rowspan_zero_reaches_to_the_end_of_its_group_and_none_beyond():
    assert grid(
        "<thead><tr><td rowspan=9>头<td>a</tr></thead><tbody><tr><td rowspan=0>身<td>b</tr><tr><td>c</tr></tbody>"
    ) == [("头", 0, 0, 1, 1), ("a", 0, 1, 1, 1), ("身", 1, 0, 2, 1), ("b", 1, 1, 1, 1), ("c", 2, 1, 1, 1)]


def test_overlapping_spans_leave_every_square_to_one_cell():
    cells = grid("<tr><td>a<td rowspan=2>b<td>c</tr><tr><td colspan=3>d</tr><tr><td>e<td>f<td>g</tr>")
    squares = [(row + i, column + j) for _, row, column, high, wide in cells for i in range(high) for j in range(wide)]
    assert len(squares) == len(set(squares))
    assert ("d", 1, 0, 1, 1) in cells


@pytest.mark.parametrize("span", ["100000", "9" * 50, "3x", " +3"])
def test_an_absurd_span_does_not_widen_the_table(span):
    cells = grid(f"<tr><td colspan='{span}'>全<tr><td>a<td>b<td>c")
    assert cells[0] == ("全", 0, 0, 1, 3)


@pytest.mark.parametrize("span", ["", "-2", "x", "0"])
def test_a_span_that_is_no_number_is_one(span):
    assert grid(f"<tr><td colspan='{span}'>a<td>b")[0] == ("a", 0, 0, 1, 1)


def test_headers_and_captions_are_known():
    table = only_table("<table><caption>表 一</caption><thead><tr><td>a<td>b</thead><tr><th>c<td>d</table>")
    assert table.caption == "表 一"
    assert [cell.is_header for cell in table.cells] == [True, True, True, False]


def test_a_label_cut_over_elements_is_one_text_with_its_lines():
    cells = grid("<tr><td><p><span>本年新</span></p><p>制<font>作</font>数量</p><td>自<br>然<br/>人<td>&nbsp;<p></p>")
    assert [cell[0] for cell in cells] == ["本年新\n制作数量", "自\n然\n人", ""]


def test_every_cell_says_where_it_was_read():
    document = read_html(page("<table><tr><td>x<td>y</table><p>z</p>\n<table><tr><td>a<td>b\n<tr><td>c<td>d</table>"))
    assert isinstance(document.blocks[2], Table)
    assert document.blocks[2].cells[-1].at == Position(line=3, table=2, row=2, column=2)


def test_layout_tables_dissolve_and_the_tables_in_them_stay():
    body = "<table><tr><td>导航<td><p>正文</p><table><tr><td>规章<td>0</table><p>后文</p></table>"
    blocks = read_html(page(body)).blocks
    assert [type(block).__name__ for block in blocks] == ["Paragraph", "Paragraph", "Table", "Paragraph"]


def test_a_frame_around_one_cell_belongs_to_its_cell():
    assert grid("<tr><td><table><tr><td>规章</table><td>0")[0][0] == "规章"


def test_long_prose_in_a_table_is_prose():
    prose = "主动公开政府信息，接受监督。" * 40
    assert texts(f"<table><tr><td>一、总体情况<td><p>{prose}</p><p>尾</p></table>") == ["一、总体情况", prose, "尾"]


def test_preformatted_text_is_read_as_text():
    (flow,) = read_html(page("<pre>\n规章 |\n0 |\n</pre>")).blocks
    assert isinstance(flow, Flow)
    assert [cell.text for cell in flow.cells] == ["规章", "0"]


def test_a_table_flattened_to_paragraphs_is_the_same_blocks_as_in_text():
    lines = ["规章 |", "0 |", "|", "9.46万元", "8 |"]
    (flow,) = read_html(page("".join(f"<p>{line}</p>\n" for line in lines))).blocks
    assert isinstance(flow, Flow)
    assert [(cell.text, cell.at.line) for cell in flow.cells] == [
        *[("规章", 1), ("0", 2), ("", 3), ("9.46万元", 4), ("8", 5)]
    ]


def test_rows_with_pipes_in_paragraphs_are_a_table_between_the_prose():
    first, table, last = read_html(page("<p>前</p><div>规章 | 0 | 3<br>规范性文件 | 8 | 314</div><h2>后</h2>")).blocks
    assert isinstance(table, Table)
    assert [(cell.text, cell.row) for cell in table.cells][2:4] == [("3", 0), ("规范性文件", 1)]
    assert (isinstance(first, Paragraph), isinstance(last, Heading), table.aligned) == (True, True, False)


def test_a_line_of_links_with_pipes_stays_a_paragraph():
    assert texts("<p>首页 | 新闻 | 公开 | 互动</p><p>一、总体情况</p>") == ["首页 | 新闻 | 公开 | 互动", "一、总体情况"]


def test_a_page_of_nothing_but_pipes_is_refused_as_too_large():
    with pytest.raises(CannotRead, match="TOO-LARGE"):
        read_html(page("<p>甲|</p>" + "<p>" + "|" * 200_000 + "</p>"))


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("22<sup>1</sup>", "22[1]"),
        ("<p>9.46万<sup><a href='#1'>2</a></sup></p>", "9.46万[2]"),
        ("22<span style='vertical-align:super'>1</span>", "22[1]"),
        ("22<sup>[1]</sup>", "22[1]"),
        ("22<sup>注</sup>", "22注"),
        ("3km<sup>2</sup>", "3km2"),
        ("<sup>5</sup>", "5"),
    ],
)
def test_a_raised_number_is_a_footnote_and_no_digit_of_the_number_before_it(body, text):
    assert grid(f"<tr><td>规章<td>{body}</tr>")[1][0] == text


def test_a_raised_number_in_prose_is_a_footnote():
    assert texts("<p>主动公开5687<sup>1</sup>条</p>") == ["主动公开5687[1]条"]


SCRIPTS = {
    "escaped quotes": r"""var body = "<table class=\"t\"><tr><td>规章<\/td><td>0<\/td><\/tr><\/table>"; // don't""",
    "pieces": """document.write('<table><tr><td>规章</td>' +\n "<td>0</td></tr></table>");""",
    "escaped characters": r"""x({"c": "\u003ctable\u003e\u003ctr>\u003ctd>\u89c4\u7ae0</td><td>\x30</td></table>"})""",
    "backticks": "let b = `<table>\n<tr><td>规章</td><td>0</td></tr></table>`",
}


@pytest.mark.parametrize("script", SCRIPTS.values(), ids=SCRIPTS)
def test_a_table_in_a_string_of_a_script_is_found(script):
    document = read_html(page(f"<div>青溪县</div><script>{script}</script>"))
    (table,) = (block for block in document.blocks if isinstance(block, Table))
    assert [cell.text for cell in table.cells] == ["规章", "0"]
    assert document.notes == ("部分内容取自网页脚本中的文字。",)


def test_digits_after_an_escaped_character_are_text():
    script = r'var t = "<p>\u9752\u6eaa\u53bf\u6c34\u52a1\u5c402025\u5e74\u{5e74}\u62a5<\/p>";'
    assert texts(f"<script>{script}</script>") == ["青溪县水务局2025年年报"]


def test_snippets_in_the_scripts_of_a_page_with_text_are_no_part_of_it():
    document = read_html(page(f"<p>{'正文' * 200}</p><script>share('<div>分享到微博</div>')</script>"))
    assert len(document.blocks) == 1


def test_a_page_in_a_value_of_json_is_found():
    document = _read_strict('{"data": {"content": "<p>一、总体情况<\\/p>"}}'.encode(), "answer.json")
    assert [block.text for block in document.blocks if isinstance(block, Paragraph)] == ["一、总体情况"]


def test_a_page_saved_as_one_file_by_a_browser_is_read():
    saved = (
        b"From: <Saved by Blink>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b"Content-Type: text/html; charset=gbk\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<p>=C7=E0=CF=AA=CF=D8</p>\r\n--x--\r\n"
    )
    document = _read_strict(saved, "page.mht")
    assert (document.format, document.blocks[0]) == ("mhtml", Paragraph("青溪县", Position(line=1)))


@pytest.mark.parametrize("body", ["", "<script>x()</script>", "<p> &nbsp; </p><img src=x>"])
def test_a_page_without_text_is_refused_as_empty(body):
    with pytest.raises(CannotRead, match="EMPTY"):
        read_html(page(body))


@pytest.mark.parametrize(
    "bulk", ["<script>{}</script>", "<style>{}</style>", "<!-- {} -->", "<script src='>'>{}</script>"]
)
def test_a_large_script_style_or_comment_does_not_get_in_the_way(bulk):
    assert texts("<p>前</p>" + bulk.format("var a = 1; " * 30_000) + "<p>后</p>") == ["前", "后"]


def test_nesting_beyond_what_the_parser_keeps_is_refused_and_not_cut_off():
    with pytest.raises(CannotRead, match="DAMAGED"):
        read_html(page("<div>" * 100_000 + "文"))


def test_nesting_that_only_careless_programs_write_is_read():
    assert texts("<font><span>" * 700 + "文") == ["文"]
