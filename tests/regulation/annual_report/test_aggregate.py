from collections.abc import Iterable, Iterator
from decimal import Decimal

import pytest

from gongkai.regulation.annual_report.aggregate import Aggregate, aggregate
from gongkai.regulation.annual_report.messages import advice, message
from gongkai.regulation.annual_report.report import Report
from gongkai.regulation.finding import Finding

from .filled_reports import BLANK, UNREADABLE, filled_report, new_applications

GRANTED = "applications.granted.natural_person"


def collected(*reports: Report, expected: tuple[str, ...] = ()) -> Aggregate:
    return aggregate(((f"{rank}.docx", report) for rank, report in enumerate(reports)), expected, judge=nothing)


def nothing(report: Report) -> Iterable[Finding]:
    return ()


def agencies(count: int) -> list[str]:
    return [f"青溪县第{number}镇人民政府" for number in range(1, count + 1)]


def test_totals_add_up_each_cell_of_an_edition() -> None:
    result = collected(
        filled_report(2022, new_applications(5), agency="青溪县财政局"),
        filled_report(2022, new_applications(8), agency="青溪县水务局"),
    )
    total = result.totals("2021")[GRANTED]
    assert (total.total, total.numbers, total.complete) == (13, 2, True)


def test_amounts_of_money_are_added_exactly() -> None:
    money = "art20_8.administrative_fees.fee_amount_wan"
    amounts: list[int | Decimal] = [Decimal("0.1"), Decimal("0.2"), Decimal("123456789.00005"), 3]
    reports = [
        filled_report(2022, {money: amount}, agency=name) for amount, name in zip(amounts, agencies(4), strict=True)
    ]
    assert collected(*reports).totals("2021")[money].total == Decimal("123456792.30005")


@pytest.mark.parametrize(("printed", "kind"), [(BLANK, "blank"), (UNREADABLE, "unreadable")])
def test_a_total_without_every_report_is_never_complete(printed: str, kind: str) -> None:
    result = collected(
        filled_report(2022, {GRANTED: 5}, agency="青溪县财政局"),
        filled_report(2022, {GRANTED: printed}, agency="青溪县水务局"),
    )
    total = result.totals("2021")[GRANTED]
    assert (total.total, total.complete, getattr(total, kind)) == (5, False, 1)


def test_a_printed_mark_adds_nothing_and_leaves_the_total_complete() -> None:
    result = collected(
        filled_report(2022, {GRANTED: 5}),
        filled_report(2022, {GRANTED: "/"}, agency="青溪县水务局"),
    )
    total = result.totals("2021")[GRANTED]
    assert (total.total, total.mark, total.complete) == (5, 1, True)


def test_a_report_without_the_table_makes_its_totals_incomplete() -> None:
    result = collected(
        filled_report(2022, {GRANTED: 5}, agency="青溪县财政局"),
        filled_report(2022, agency="青溪县水务局", without=("applications",)),
    )
    total = result.totals("2021")[GRANTED]
    assert (total.total, total.absent, total.complete) == (5, 1, False)
    assert result.totals("2021")["remedies.cases.reconsideration_total"].complete


def test_a_cell_nobody_filled_in_has_no_total() -> None:
    assert collected(filled_report(2022, {GRANTED: BLANK})).totals("2021")[GRANTED].total is None


def test_the_two_editions_are_not_added_to_each_other() -> None:
    result = collected(filled_report(2020, new_applications(5)), filled_report(2021, new_applications(8)))
    assert result.editions() == ("2019", "2021")
    assert result.totals("2019")[GRANTED].total == 5
    assert result.totals("2021")[GRANTED].total == 8


def test_years_can_be_added_up_apart() -> None:
    result = collected(filled_report(2022, new_applications(5)), filled_report(2023, new_applications(8)))
    assert result.totals("2021", 2023)[GRANTED].total == 8
    assert result.counts() == {("2021", 2022): 1, ("2021", 2023): 1}
    (finding,) = result.findings
    assert (finding.code, finding.values["years"]) == ("YEARS-MIXED", "2022年1份、2023年1份")


def test_a_second_report_of_an_agency_and_year_is_not_added_twice() -> None:
    result = collected(
        filled_report(2022, new_applications(5)), filled_report(2022, new_applications(8), agency="青溪县 财政局")
    )
    assert result.totals("2021")[GRANTED].total == 5
    assert [entry.counted for entry in result.entries] == [True, False]
    (finding,) = result.findings
    assert (finding.code, finding.where) == ("REPORT-DUPLICATE", ("0.docx", "1.docx"))


def test_an_expected_agency_without_a_report_is_missing() -> None:
    result = collected(filled_report(2022), expected=("青溪县财政局", "青溪县水务局", "青溪县水务局"))
    assert result.missing == ("青溪县水务局",)
    assert [finding.code for finding in result.findings] == ["REPORT-MISSING"]


def test_a_report_that_says_neither_agency_nor_year_is_named() -> None:
    result = collected(filled_report(None, agency=None), filled_report(2022))
    (finding,) = result.findings
    assert (finding.code, finding.where) == ("REPORT-UNIDENTIFIED", ("0.docx",))


def test_a_number_far_from_its_siblings_is_named_with_median_and_place() -> None:
    granted = [30, 34, 28, 41, 25, 37, 33, 3000]
    reports = [filled_report(2022, {GRANTED: n}, agency=a) for n, a in zip(granted, agencies(8), strict=True)]
    (finding,) = collected(*reports).findings
    assert (finding.code, finding.severity) == ("OUTLIER", "info")
    assert (finding.cells, finding.left, finding.right) == (("applications.granted.total",), 3000, 33)
    assert (finding.where, finding.values["position"], finding.values["count"]) == (("7.docx",), "1", "8")


@pytest.mark.parametrize(
    "granted",
    [
        [30, 34, 28, 41, 25, 37, 3000],
        [30, 34, 28, 41, 25, 37, 33, 90],
        [1, 1, 1, 1, 1, 1, 1, 12],
        [0, 0, 0, 0, 0, 0, 0, 3000],
    ],
    ids=["too few reports", "within the usual spread", "too small to matter", "nobody else has any"],
)
def test_no_outlier_is_named_without_ground(granted: list[int]) -> None:
    reports = [
        filled_report(2022, {GRANTED: n}, agency=a) for n, a in zip(granted, agencies(len(granted)), strict=True)
    ]
    assert collected(*reports).findings == ()


def test_reports_of_other_years_are_no_siblings() -> None:
    low = [filled_report(2022, {GRANTED: 30}, agency=name) for name in agencies(8)]
    high = [filled_report(2023, {GRANTED: 3000}, agency=name) for name in agencies(8)]
    assert {finding.code for finding in collected(*low, *high).findings} == {"YEARS-MIXED"}


def test_each_report_is_judged_and_counted_by_severity() -> None:
    def judge(report: Report) -> Iterator[Finding]:
        yield from (Finding("A", "error"), Finding("B", "error"), Finding("C", "warning"), Finding("D", "info"))
        yield Finding("E", "error", "not_assessable")

    (entry,) = aggregate([("a.docx", filled_report(2022))], judge=judge).entries
    assert (entry.errors, entry.warnings) == (2, 1)


def test_without_a_judge_the_checker_judges() -> None:
    broken = filled_report(2022, {**new_applications(9), "applications.results_total.natural_person": 8})
    (entry,) = aggregate([("a.docx", broken)]).entries
    assert entry.errors > 0


def test_nothing_collected_is_an_empty_collection() -> None:
    result = collected()
    assert (result.entries, result.findings, result.editions(), result.totals("2021")) == ((), (), (), {})


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_finding_can_be_put_into_words(language: str) -> None:
    granted = [30, 34, 28, 41, 25, 37, 33, 3000]
    reports = [filled_report(2022, {GRANTED: n}, agency=a) for n, a in zip(granted, agencies(8), strict=True)]
    result = collected(
        *reports, reports[0], filled_report(2023), filled_report(2022, agency=None), expected=("青溪县档案馆",)
    )
    codes = {"OUTLIER", "REPORT-DUPLICATE", "REPORT-UNIDENTIFIED", "REPORT-MISSING", "YEARS-MIXED"}
    assert {finding.code for finding in result.findings} == codes
    for finding in result.findings:
        assert "{" not in message(finding, language)
        assert advice(finding, language)
