import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.documents.model import Table, TableCell
from gongkai.documents.writers import layout
from tests.documents.writers.sample_report import sample_report

TABLES = {block.key: block for block in sample_report().blocks if isinstance(block, Table)}


@pytest.mark.parametrize(("key", "count"), [("art20_1", 1), ("applications", 3), ("remedies", 3)])
def test_header_rows_are_the_leading_rows_of_headers(key: str, count: int) -> None:
    assert layout.header_row_count(TABLES[key]) == count


def test_a_label_beside_the_whole_table_leaves_no_header_rows() -> None:
    cells = (TableCell("甲", 0, 0, 2, is_header=True), TableCell("乙", 0, 1, is_header=True), TableCell("1", 1, 1))
    assert layout.header_row_count(Table(cells)) == 0


def test_a_table_of_headers_alone_has_no_header_rows() -> None:
    assert layout.header_row_count(Table((TableCell("甲", 0, 0, is_header=True),))) == 0


def test_squares_without_a_cell_become_empty_cells() -> None:
    rows = layout.rows(Table((TableCell("甲", 0, 0), TableCell("丁", 1, 1))))
    assert [[cell.text for cell in row] for row in rows] == [["甲", ""], ["", "丁"]]


def test_only_the_group_beside_all_results_stands_upright() -> None:
    standing = [cell.text for cell in TABLES["applications"].cells if layout.stands_upright(cell)]
    assert standing == ["三、本年度办理结果"]


def test_widths_that_do_not_fit_the_columns_are_made_from_the_texts() -> None:
    cells = (TableCell("一二三四五六七八", 0, 0), TableCell("1", 0, 1))
    shares = layout.column_shares(Table(cells, column_widths=(1,)))
    assert sum(shares) == pytest.approx(1)
    assert shares[0] == pytest.approx(4 * shares[1])


def test_a_title_is_broken_before_its_year() -> None:
    assert layout.title_lines("洪桥区人民政府2023年政府信息公开工作年度报告", 19) == [
        "洪桥区人民政府",
        "2023年政府信息公开工作年度报告",
    ]


@given(st.text(alphabet="青溪县人民政府2023年，（）ab ", min_size=1, max_size=90), st.integers(8, 20))
def test_a_broken_title_keeps_its_words_and_its_lines_fit(title: str, limit: int) -> None:
    lines = layout.title_lines(title, limit)
    assert "".join(lines).replace(" ", "") == title.replace(" ", "")


@given(st.text())
def test_printable_text_can_be_encoded_and_has_one_kind_of_line_break(text: str) -> None:
    clean = layout.printable(text)
    clean.encode("utf-8")
    assert not set(clean) & set("\r\x00\t\u2028")
