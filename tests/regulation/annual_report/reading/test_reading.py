"""Reading a document: rows by label, columns by header text, editions by headings, and nothing by guessing."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from gongkai.documents.model import Document, Heading, Paragraph, Refusal, Table, TableCell
from gongkai.regulation.annual_report.compose import compose
from gongkai.regulation.annual_report.reading import read
from gongkai.regulation.annual_report.report import Report
from tests.regulation.annual_report.reports import document, flow, grid, lines, number, ragged, report

HEADER = [
    "（本列数据的勾稽关系为：第一项加第二项之和，等于第三项加第四项之和）",
    "自然人",
    "商业企业",
    "科研机构",
    "社会公益组织",
    "法律服务机构",
    "其他",
    "总计",
]
SOME = {
    "applications.new_received.natural_person": 5,
    "applications.new_received.commercial_enterprise": 1,
    "applications.new_received.total": 6,
    "applications.granted.natural_person": 4,
    "applications.granted.total": 4,
    "applications.denied_enforcement_file.commercial_enterprise": 1,
    "applications.denied_enforcement_file.total": 1,
    "applications.results_total.natural_person": 4,
    "applications.results_total.commercial_enterprise": 1,
    "applications.results_total.total": 5,
    "applications.carried_forward.natural_person": 1,
    "applications.carried_forward.total": 1,
}


def read_report(source: Document) -> Report:
    result = read(source)
    assert isinstance(result, Report), result
    return result


def values(result: Report, row: str) -> list[object]:
    return [cell.value for address, cell in result.cells.items() if address.startswith(f"applications.{row}.")]


def states(result: Report, row: str) -> set[str]:
    return {cell.state for address, cell in result.cells.items() if address.startswith(f"applications.{row}.")}


def codes(result: Report) -> list[str]:
    return [finding.code for finding in result.observations]


def replaced(source: Document, change: dict[str, str]) -> Document:
    """The document with the text of some table cells changed."""
    blocks = []
    for block in source.blocks:
        if isinstance(block, Table):
            cells = tuple(
                TableCell(change.get(c.text, c.text), c.row, c.column, c.row_span, c.column_span, at=c.at)
                for c in block.cells
            )
            block = Table(cells)
        blocks.append(block)
    return Document(tuple(blocks))


def without_rows(source: Document, labels: Sequence[str]) -> Document:
    """The document without the rows whose own label is one of these."""
    blocks = []
    for block in source.blocks:
        if isinstance(block, Table):
            gone = {cell.row for cell in block.cells if cell.text in labels}
            kept = [cell for cell in block.cells if cell.row not in gone]
            rank = {
                row: n
                for n, row in enumerate(sorted({r for c in kept for r in range(c.row, c.row + c.row_span)} - gone))
            }
            cells = tuple(
                TableCell(
                    c.text,
                    rank[c.row],
                    c.column,
                    len([r for r in range(c.row, c.row + c.row_span) if r in rank]),
                    c.column_span,
                )
                for c in kept
            )
            block = Table(cells)
        blocks.append(block)
    return Document(tuple(blocks))


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_the_form_as_it_is_printed_is_read_whole(edition: str) -> None:
    original = report(edition, SOME)
    assert read_report(compose(original)) == original


def test_every_cell_says_where_it_was_read() -> None:
    result = read_report(
        document(grid(HEADER, ["一、本年新收政府信息公开申请数量", "2", "0", "0", "0", "0", "0", "2"]))
    )
    assert result.cells["applications.new_received.total"].where == "table 1, row 2, column 8"


def test_columns_are_found_by_their_header_whatever_their_order() -> None:
    header = ["申请人情况", "总计", "其他", "自然人", "商业企业", "科研机构", "社会公益组织", "法律服务机构"]
    result = read_report(
        document(grid(header, ["一、本年新收政府信息公开申请数量", "9", "6", "1", "2", "0", "0", "0"]))
    )
    assert values(result, "new_received") == [1, 2, 0, 0, 0, 6, 9]


def test_a_subtotal_column_is_not_added_twice() -> None:
    header = [*HEADER[:7], "小计", "总计"]
    result = read_report(
        document(grid(header, ["一、本年新收政府信息公开申请数量", "1", "2", "0", "0", "0", "3", "5", "6"]))
    )
    assert values(result, "new_received") == [1, 2, 0, 0, 0, 3, 6]


def test_a_subtotal_row_of_a_group_is_left_out() -> None:
    result = read_report(
        document(
            grid(
                HEADER,
                ["（三）不予公开", "9", "0", "0", "0", "0", "0", "9"],
                ["1.属于国家秘密", "4", "0", "0", "0", "0", "0", "4"],
                ["2.其他法律行政法规禁止公开", "5", "0", "0", "0", "0", "0", "5"],
                ["小计", "9", "0", "0", "0", "0", "0", "9"],
                ["（七）总计", "9", "0", "0", "0", "0", "0", "9"],
                ["四、结转下年度继续办理", "0", "0", "0", "0", "0", "0", "0"],
            )
        )
    )
    assert values(result, "denied_state_secret") == [4, 0, 0, 0, 0, 0, 4]
    assert values(result, "results_total") == [9, 0, 0, 0, 0, 0, 9]
    assert states(result, "granted") == {"unreadable"}


def test_a_header_without_its_spans_is_read_by_order() -> None:
    source = document(
        grid(
            [("勾稽关系", 1, 1), ("申请人情况", 1, 7)],
            ["自然人", ("法人或其他组织", 1, 5), "总计"],
            ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"],
            ["一、本年新收政府信息公开申请数量", "1", "2", "3", "4", "5", "6", "21"],
        )
    )
    assert values(read_report(source), "new_received") == [1, 2, 3, 4, 5, 6, 21]


def test_rival_readings_are_decided_by_the_sum_and_the_choice_is_recorded() -> None:
    source = document(ragged("|".join(HEADER), "一、本年新收政府信息公开申请数量 |  | 3 | 0 | 0 | 0 | 0 | 1 | 4 |"))
    result = read_report(source)
    assert values(result, "new_received") == [3, 0, 0, 0, 0, 1, 4]
    ambiguous = document(ragged("|".join(HEADER), "一、本年新收政府信息公开申请数量 |  | 3 | 0 |  | 0 | 1 | 4 |"))
    chosen = read_report(ambiguous)
    assert values(chosen, "new_received") == [None, 3, 0, None, 0, 1, 4]
    assert "另一读法" in chosen.cells["applications.new_received.total"].choice


def test_rival_readings_that_no_sum_decides_stay_unreadable() -> None:
    source = document(ragged("|".join(HEADER), "一、本年新收政府信息公开申请数量 |  | 0 | 0 |  | 0 | 0 | 0 |"))
    assert states(read_report(source), "new_received") == {"unreadable"}


def test_numbers_are_never_placed_by_counting_alone() -> None:
    source = document(
        ragged("|".join(HEADER), "一、本年新收政府信息公开申请数量 | 2 | 2", "二、上年结转政府信息公开申请数量 | 0")
    )
    result = read_report(source)
    assert states(result, "new_received") == {"unreadable"}
    assert states(result, "carried_over") == {"unreadable"}


def test_a_value_merged_over_columns_or_rows_belongs_to_no_cell() -> None:
    over_columns = document(grid(HEADER, ["一、本年新收政府信息公开申请数量", ("0", 1, 7)]))
    assert states(read_report(over_columns), "new_received") == {"unreadable"}
    over_rows = document(
        grid(
            HEADER,
            ["一、本年新收政府信息公开申请数量", ("5", 2, 1), "0", "0", "0", "0", "0", "5"],
            ["二、上年结转政府信息公开申请数量", "0", "0", "0", "0", "0", "0"],
        )
    )
    result = read_report(over_rows)
    assert values(result, "carried_over") == [None, 0, 0, 0, 0, 0, 0]


def test_a_misprinted_label_is_matched_within_its_group_and_flagged() -> None:
    source = replaced(compose(report("2021", SOME)), {"7.属于行政执法案卷": "7.属于行攻执法案巻"})
    result = read_report(source)
    assert result.value("applications.denied_enforcement_file.commercial_enterprise") == 1
    assert "LABEL-DRIFT" in codes(result)


def test_a_lost_label_between_two_known_rows_is_read_by_its_place_and_flagged() -> None:
    source = replaced(compose(report("2021", SOME)), {"7.属于行政执法案卷": ""})
    result = read_report(source)
    assert result.value("applications.denied_enforcement_file.commercial_enterprise") == 1
    assert "ROW-BY-POSITION" in codes(result)


def test_two_lost_labels_with_different_numbers_are_not_told_apart() -> None:
    source = replaced(compose(report("2021", SOME)), {"7.属于行政执法案卷": "", "8.属于行政查询事项": ""})
    result = read_report(source)
    assert states(result, "denied_enforcement_file") == {"unreadable"}
    assert states(result, "denied_administrative_query") == {"unreadable"}


def test_a_missing_row_is_unreadable_and_not_zero() -> None:
    result = read_report(without_rows(compose(report("2021", SOME)), ["二、上年结转政府信息公开申请数量"]))
    assert states(result, "carried_over") == {"unreadable"}


def test_the_edition_of_each_table_is_that_of_its_own_headings() -> None:
    blocks_2021 = [
        block for block in compose(report("2021")).blocks if not isinstance(block, Table) or "二十条" in block.key
    ]
    blocks_2019 = [
        block for block in compose(report("2019")).blocks if isinstance(block, Table) and "二十条" not in block.key
    ]
    result = read_report(Document((*blocks_2021, *blocks_2019)))
    assert result.table_editions["art20_1"] == "2021"
    assert result.table_editions["applications"] == "2019"
    assert result.edition == "mixed"
    assert len(result.cells) == 10 + 161 + 15


def test_a_flattened_table_is_read_by_labels_and_full_counts() -> None:
    source = document(
        flow(
            "信息内容",
            "本年制发件数",
            "本年废止件数",
            "现行有效件数",
            "规章",
            "0",
            "0",
            "0",
            "行政规范性文件",
            "3",
            "1",
            "20",
        ),
        flow(
            *HEADER,
            "一、本年新收政府信息公开申请数量",
            *"1000001",
            "二、上年结转政府信息公开申请数量",
            *"000000",
            "（一）予以公开",
            *"1000001",
        ),
        Paragraph("五、存在的主要问题及改进情况"),
    )
    result = read_report(source)
    assert result.value("art20_1.normative_documents.in_force") == 20
    assert values(result, "new_received") == [1, 0, 0, 0, 0, 0, 1]
    assert states(result, "carried_over") == {"unreadable"}
    assert values(result, "granted") == [1, 0, 0, 0, 0, 0, 1]


def test_one_cell_a_line_is_read_like_a_flow() -> None:
    source = document(
        Heading("一、总体情况", 2),
        *lines("第二十条第（五）项", "信息内容", "本年处理决定数量", "行政许可", "550"),
        Heading("五、存在的主要问题及改进情况", 2),
        Paragraph("公开还不够及时。"),
    )
    result = read_report(source)
    assert result.value("art20_5.administrative_license.decisions") == 550
    assert [p.text for p in result.narrative.sections["problems"]] == ["公开还不够及时。"]


def test_a_text_that_breaks_off_says_so_of_its_last_row() -> None:
    cut = document(flow(*HEADER, "一、本年新收政府信息公开申请数量", "12", "0", "0", "0", "0", "0", "1"))
    assert values(read_report(cut), "new_received")[-1] is None
    whole = document(flow(*HEADER, "一、本年新收政府信息公开申请数量", "12", "0", "0", "0", "0", "0", "12"))
    assert values(read_report(whole), "new_received") == [12, 0, 0, 0, 0, 0, 12]


def test_the_remedies_table_may_be_split_in_three() -> None:
    leaves = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    source = document(
        grid([("行政复议", 1, 5)], leaves, ["1", "0", "0", "0", "1"]),
        grid([("行政诉讼", 1, 5)], [("未经复议直接起诉", 1, 5)], leaves, ["0", "2", "0", "0", "2"]),
        grid([("行政诉讼", 1, 5)], [("复议后起诉", 1, 5)], leaves, ["0", "0", "3", "0", "3"]),
    )
    result = read_report(source)
    assert result.value("remedies.cases.reconsideration_upheld") == 1
    assert result.value("remedies.cases.litigation_direct_corrected") == 2
    assert result.value("remedies.cases.litigation_after_reconsideration_other_result") == 3


def test_a_row_printed_twice_with_other_numbers_is_unreadable() -> None:
    row = ["一、本年新收政府信息公开申请数量", "2", "0", "0", "0", "0", "0", "2"]
    other = ["一、本年新收政府信息公开申请数量", "3", "0", "0", "0", "0", "0", "3"]
    result = read_report(document(grid(HEADER, row, other)))
    assert states(result, "new_received") == {"unreadable"}
    assert "ROW-TWICE" in codes(result)


def test_two_reports_in_one_file_are_refused() -> None:
    one, two = compose(report("2021", SOME)), compose(report("2021", agency="青溪县林业局"))
    result = read(Document((*one.blocks, *two.blocks)))
    assert isinstance(result, Refusal)
    assert result.code == "MULTIPLE-REPORTS"


def test_two_reports_side_by_side_are_refused() -> None:
    header = [*HEADER, *HEADER[1:]]
    row = ["一、本年新收政府信息公开申请数量", *"2000002", *"3000003"]
    result = read(document(grid(header, row)))
    assert isinstance(result, Refusal)
    assert result.code == "MULTIPLE-REPORTS"


def test_a_file_without_a_statutory_table_is_refused_with_the_reason() -> None:
    other = read(document(Paragraph("关于召开春季防火会议的通知")))
    pictures = read(document(Paragraph("青溪县2023年政府信息公开工作年度报告"), Paragraph("二、主动公开政府信息情况")))
    assert isinstance(other, Refusal)
    assert other.code == "NOT-A-REPORT"
    assert isinstance(pictures, Refusal)
    assert pictures.code == "NO-TABLES"


def test_an_unfilled_form_stays_blank() -> None:
    result = read_report(compose(report("2021", {address: number(0, " ") for address in report("2021").cells})))
    assert {cell.state for cell in result.cells.values()} == {"blank"}


def test_what_the_caller_knows_takes_precedence() -> None:
    result = read(compose(report("2021")), agency="青溪县林业局", year=2024)
    assert isinstance(result, Report)
    assert (result.agency, result.year) == ("青溪县林业局", 2024)


def test_a_table_whose_header_is_lost_is_there_but_unreadable() -> None:
    source = document(
        grid(["信息内容", "本年处理决定数量"], ["行政许可", "550"]),
        Heading("三、收到和处理政府信息公开申请情况", 2),
        grid(["一、本年新收政府信息公开申请数量", "2", "0", "0", "0", "0", "0", "2"]),
    )
    result = read_report(source)
    assert states(result, "new_received") == {"unreadable"}
    assert "applications" in result.table_editions


def test_a_unit_set_apart_from_its_number_belongs_to_it() -> None:
    printed = ("第二十条第（九）项", "信息内容 采购项目数量 采购总金额", "政府集中采购 1 9.46 万元")
    source = document(*lines(*printed, "三、收到和处理政府信息公开申请情况"))
    assert str(read_report(source).value("art20_9.centralized_procurement.total_amount_wan")) == "9.46"


def test_the_figures_of_a_table_may_stand_alone_on_the_next_page() -> None:
    leaves = ["结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    source = document(grid([("行政复议", 1, 5)], leaves), grid(["1", "0", "0", "0", "1"], table=2))
    assert read_report(source).value("remedies.cases.reconsideration_upheld") == 1


def test_a_sound_grid_orders_its_columns_by_position_whatever_row_their_labels_stand_in() -> None:
    kinds = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    source = document(
        grid(
            [("勾稽关系", 2, 1), ("", 1, 1), ("法人或其他组织", 1, 5), ("总计", 1, 1)],
            ["自然人", *kinds, ""],
            ["一、本年新收政府信息公开申请数量", "1", "2", "3", "4", "5", "6", "21"],
        )
    )
    assert values(read_report(source), "new_received") == [1, 2, 3, 4, 5, 6, 21]


def test_where_the_group_label_is_lost_the_order_of_the_form_must_be_confirmed_by_the_sums() -> None:
    kinds = ["商业企业", "科研机构", "社会公益组织", "法律服务机构", "其他"]
    source = document(
        grid(
            [("勾稽关系", 3, 1), ("申请人情况", 1, 7)],
            [("自然人", 2, 1), ("总计", 2, 1)],
            kinds,
            ["一、本年新收政府信息公开申请数量", "1", "2", "3", "4", "5", "6", "21"],
            ["二、上年结转政府信息公开申请数量", "6", "1", "2", "0", "0", "0", "3"],
        )
    )
    result = read_report(source)
    assert values(result, "new_received") == [1, 2, 3, 4, 5, 6, 21]
    assert states(result, "carried_over") == {"unreadable"}


def test_a_header_without_a_single_column_of_the_form_is_no_header() -> None:
    result = read(document(grid(["申请人情况", "小计", "小计"], ["一、本年新收政府信息公开申请数量", "1", "2"])))
    assert isinstance(result, Refusal)


def test_a_headless_table_of_the_old_form_alone_keeps_its_edition() -> None:
    source = document(
        grid(["信息内容", "本年处理决定数量"], ["行政许可", "550"]),
        Heading("三、收到和处理政府信息公开申请情况", 2),
        grid(HEADER, ["政府集中采购", "1", "9.46", "", "", "", "", ""]),
    )
    assert read_report(source).table_editions["art20_9"] == "2019"
