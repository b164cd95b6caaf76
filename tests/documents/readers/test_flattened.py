from gongkai.documents.model import Flow, Paragraph
from gongkai.documents.readers.text import blocks_of


def shapes(text: str) -> list[str | list[str]]:
    """Paragraphs as their text, flows as the list of their cells."""
    return [
        [cell.text for cell in b.cells] if isinstance(b, Flow) else getattr(b, "text", "table") for b in blocks_of(text)
    ]


def test_one_cell_a_line_is_a_flow_in_reading_order():
    assert shapes("规章 |\n0 |\n本年新 制作数量 |\n8 |") == [["规章", "0", "本年新 制作数量", "8"]]


def test_every_cell_keeps_its_line():
    (flow,) = blocks_of("规章 |\n\n0 |\n|||")
    assert isinstance(flow, Flow)
    assert [cell.at.line for cell in flow.cells] == [1, 3, 4, 4, 4]


def test_a_line_of_pipes_is_as_many_empty_cells():
    assert shapes("第二十条 |\n|||\n信息内容 |") == [["第二十条", "", "", "", "信息内容"]]


def test_a_lone_pipe_after_a_closed_cell_is_an_empty_cell():
    assert shapes("行政事业性收费 |\n0 |\n|\n0 |") == [["行政事业性收费", "0", "", "0"]]


def test_a_pipe_on_its_own_line_closes_the_cell_above():
    assert shapes("规章\n|\n0\n|\n|\n8\n|||") == [["规章", "0", "", "8", "", ""]]


def test_the_last_cell_of_a_row_may_lack_its_pipe():
    text = "政府集中采购 |\n1 |\n9.46万元\n三、收到和处理政府信息公开申请情况\n申请人情况 |\n2 |\n0\n四、复议情况"
    assert shapes(text) == [
        ["政府集中采购", "1", "9.46万元"],
        "三、收到和处理政府信息公开申请情况",
        ["申请人情况", "2", "0"],
        "四、复议情况",
    ]


def test_a_label_without_pipe_amid_the_table_is_a_cell():
    assert shapes("信息内容 |\n本年制发件数 |\n现行有效件数\n规章 |\n0 |\n减4\n—\n22（其中修订16件）") == [
        ["信息内容", "本年制发件数", "现行有效件数", "规章", "0", "减4", "—", "22（其中修订16件）"]
    ]


def test_several_cells_on_a_line_of_a_flow_are_several_cells():
    assert shapes("甲 |\n乙 | 丙 |\n丁 |\n戊 |") == [["甲", "乙", "丙", "丁", "戊"]]


def test_prose_that_a_layout_put_before_a_pipe_is_a_paragraph():
    prose = "主动公开政府信息，接受监督。" * 20
    assert shapes(f"规章 |\n0 |\n{prose} |\n8 |\n9 |") == [["规章", "0"], prose, ["8", "9"]]


def test_a_line_of_links_is_a_paragraph():
    assert blocks_of("首页 | 公开\n正文")[0] == Paragraph("首页 | 公开", blocks_of("x")[0].at)


def test_cells_without_any_pipe_stay_paragraphs():
    assert shapes("规章\n\n0\n\n0") == ["规章", "0", "0"]
