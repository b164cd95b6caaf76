"""The statutory layout, and that reading it back gives the report again."""

from __future__ import annotations

import pytest

from gongkai.documents.model import Heading, Table
from gongkai.regulation.annual_report.compose import compose
from gongkai.regulation.annual_report.forms import form
from tests.regulation.annual_report.reports import number, report, unreadable


def tables(edition: str = "2021", **cells: object) -> dict[str, Table]:
    document = compose(report(edition, cells))  # type: ignore[arg-type]
    return {block.key: block for block in document.blocks if isinstance(block, Table)}


def test_the_six_sections_stand_in_order_under_the_statutory_title() -> None:
    headings = [block for block in compose(report("2021")).blocks if isinstance(block, Heading)]
    assert headings[0].text == "青溪县水务局2023年政府信息公开工作年度报告"
    assert [heading.text for heading in headings if heading.level == 2] == [
        "一、总体情况",
        "二、主动公开政府信息情况",
        "三、收到和处理政府信息公开申请情况",
        "四、政府信息公开行政复议、行政诉讼情况",
        "五、存在的主要问题及改进情况",
        "六、其他需要报告的事项",
    ]


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_square_of_every_table_is_covered_once(edition: str) -> None:
    for block in compose(report(edition)).blocks:
        if isinstance(block, Table):
            covered = [
                (cell.row + r, cell.column + c)
                for cell in block.cells
                for r in range(cell.row_span)
                for c in range(cell.column_span)
            ]
            assert len(covered) == len(set(covered)) == block.row_count * block.column_count


def test_group_labels_span_their_rows() -> None:
    spans = {cell.text: cell.row_span for cell in tables("2021")["收到和处理申请情况"].cells}
    assert spans["三、本年度办理结果"] == 22
    assert spans["（三）不予公开"] == 8
    assert spans["（六）其他处理"] == 3
    assert {cell.text: cell.row_span for cell in tables("2019")["收到和处理申请情况"].cells}["三、本年度办理结果"] == 20


def test_a_right_total_is_a_sum_and_a_wrong_one_stays_as_printed() -> None:
    address = "applications.new_received"
    right = tables(**{f"{address}.natural_person": 2, f"{address}.total": 2})["收到和处理申请情况"]
    wrong = tables(**{f"{address}.natural_person": 2, f"{address}.total": 3})["收到和处理申请情况"]
    total_right = next(cell for cell in right.cells if (cell.row, cell.column) == (3, 9))
    total_wrong = next(cell for cell in wrong.cells if (cell.row, cell.column) == (3, 9))
    assert total_right.sum_of == tuple((3, column) for column in range(3, 9))
    assert (total_wrong.text, total_wrong.sum_of) == ("3", ())


def test_every_cell_of_the_form_is_printed() -> None:
    cells = {address: number(n) for n, address in enumerate(form("2021").addresses(), 1000)}
    printed = {cell.text for table in tables("2021", **cells).values() for cell in table.cells}
    assert {str(n) for n in range(1000, 1200)} <= printed


def test_an_unread_cell_is_not_printed_as_a_blank() -> None:
    table = tables(**{"art20_1.rules.issued": unreadable("")})["第二十条第（一）项"]
    assert "（未读出）" in {cell.text for cell in table.cells}
