from gongkai.documents.model import Paragraph, Table
from gongkai.regulation.annual_report.aggregate import Aggregate, aggregate
from gongkai.regulation.annual_report.check import check
from gongkai.regulation.annual_report.dataset import dataset_columns, dataset_rows
from gongkai.regulation.annual_report.report import Report
from gongkai.regulation.annual_report.summary import aggregate_document, aggregate_json, total_report

from .filled_reports import BLANK, UNREADABLE, filled_report, new_applications

GRANTED = "applications.granted.natural_person"


def collected(*reports: Report) -> Aggregate:
    return aggregate(((f"{rank}.docx", report) for rank, report in enumerate(reports)), judge=lambda report: ())


def test_the_report_of_sums_of_consistent_reports_is_consistent() -> None:
    result = collected(
        filled_report(2022, new_applications(5, over=1), agency="青溪县财政局"),
        filled_report(2022, new_applications(8, forward=2), agency="青溪县水务局"),
    )
    total = total_report(result, "2021")
    assert (total.year, total.agency, total.edition, total.value(GRANTED)) == (2022, None, "2021", 12)
    assert [finding.code for finding in check(total) if finding.severity == "error"] == []
    assert {cell.note for cell in total.cells.values()} == {""}


def test_a_partial_sum_says_in_the_cell_that_it_is_one() -> None:
    result = collected(filled_report(2022, {GRANTED: 5}), filled_report(2022, {GRANTED: BLANK}, agency="青溪县水务局"))
    cell = total_report(result, "2021").cells[GRANTED]
    assert (cell.value, cell.note) == (5, "部分合计：2份中1份有数")


def test_a_sum_of_nothing_is_unreadable_not_zero() -> None:
    cell = total_report(collected(filled_report(2022, {GRANTED: UNREADABLE})), "2021").cells[GRANTED]
    assert (cell.state, cell.value) == ("unreadable", None)


def test_a_report_of_sums_over_two_years_has_no_year() -> None:
    result = collected(filled_report(2022, new_applications(5)), filled_report(2023, new_applications(8)))
    assert total_report(result, "2021").year is None
    assert (total_report(result, "2021", 2023).year, total_report(result, "2021", 2023).value(GRANTED)) == (2023, 8)


def test_the_dataset_has_one_row_a_report_and_one_column_a_cell() -> None:
    result = collected(filled_report(2020, new_applications(5)), filled_report(2022, {GRANTED: UNREADABLE}))
    columns = dict(dataset_columns(result))
    first, second = dataset_rows(result)
    assert set(first) | set(second) == set(columns)
    assert (first["name"], first["year"], first["edition"], first[GRANTED]) == ("0.docx", 2020, "2019", 5)
    assert (second[GRANTED], second["unreadable"]) == (None, 2)
    assert second["unreadable_cells"] == f"{GRANTED} applications.granted.total"
    assert "art20_9.centralized_procurement.project_count" not in second
    assert columns[GRANTED] == "予以公开·自然人"


def test_a_report_without_a_table_keeps_its_row_and_the_next_report_its_numbers() -> None:
    result = collected(
        filled_report(2022, without=("applications",)), filled_report(2022, new_applications(8), agency="青溪县水务局")
    )
    first, second = dataset_rows(result)
    assert GRANTED not in first
    assert second[GRANTED] == 8


def test_the_document_shows_counts_missing_agencies_and_covered_totals() -> None:
    result = aggregate(
        [("a", filled_report(2022, {GRANTED: 5})), ("b", filled_report(2022, {GRANTED: BLANK}, agency="青溪县水务局"))],
        expected=("青溪县档案馆",),
        judge=lambda report: (),
    )
    document = aggregate_document(result)
    text = "\n".join(block.text for block in document.blocks if isinstance(block, Paragraph))
    assert "共2份报告（2022年度、2021年格式2份）" in text
    assert "缺报 1 家：青溪县档案馆。" in text
    (table,) = [block for block in document.blocks if isinstance(block, Table)]
    texts = [cell.text for cell in table.cells]
    assert texts[5:10] == ["予以公开·自然人", "件", "5", "1/2", "空白1份"]


def test_the_json_says_of_each_total_whether_it_is_complete() -> None:
    result = collected(filled_report(2022, {GRANTED: 5}), filled_report(2022, {GRANTED: BLANK}, agency="青溪县水务局"))
    data = aggregate_json(result)
    assert data["totals"]["2021"][GRANTED]["complete"] is False
    assert data["totals"]["2021"]["applications.new_received.total"]["complete"] is True
    assert data["counts"] == [{"edition": "2021", "year": 2022, "reports": 2}]
