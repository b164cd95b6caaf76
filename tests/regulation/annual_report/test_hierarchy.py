import pytest

from gongkai.regulation.annual_report.hierarchy import check_parts
from gongkai.regulation.annual_report.messages import message
from gongkai.regulation.annual_report.report import Report

from .filled_reports import BLANK, UNREADABLE, Printed, filled_report

PENALTIES = "art20_6.administrative_penalty.decisions"


def parts(*penalties: Printed) -> list[tuple[str, Report]]:
    return [(f"部门{rank}", filled_report(2022, {PENALTIES: number})) for rank, number in enumerate(penalties, start=1)]


def test_a_whole_that_is_the_sum_of_its_parts_passes() -> None:
    assert check_parts(filled_report(2022, {PENALTIES: 12}), parts(5, 7)) == []


def test_a_cell_that_is_not_the_sum_is_found_with_both_numbers() -> None:
    (finding,) = check_parts(filled_report(2022, {PENALTIES: 13}), parts(5, 7))
    assert (finding.code, finding.severity, finding.verdict) == ("X-HIERARCHY", "warning", "fails")
    assert (finding.cells, finding.left, finding.right) == ((PENALTIES,), 13, 12)


def test_computed_cells_are_left_to_the_reports_own_arithmetic() -> None:
    whole = filled_report(2022, {"applications.granted.total": 5, "applications.results_total.natural_person": 5})
    assert check_parts(whole, parts(0)) == []


@pytest.mark.parametrize("printed", [BLANK, UNREADABLE])
def test_a_part_without_a_number_leaves_the_cell_open_and_is_named(printed: str) -> None:
    (finding,) = check_parts(filled_report(2022, {PENALTIES: 12}), parts(5, printed))
    assert (finding.verdict, finding.cells, finding.where) == ("not_assessable", (PENALTIES,), ("部门2",))


def test_a_mark_in_a_part_counts_as_nothing() -> None:
    assert check_parts(filled_report(2022, {PENALTIES: 5}), parts(5, "/")) == []


def test_a_whole_without_a_number_leaves_the_cell_open() -> None:
    (finding,) = check_parts(filled_report(2022, {PENALTIES: BLANK}), parts(5))
    assert (finding.verdict, finding.where, finding.values["parts"]) == ("not_assessable", (), "汇总报告")


@pytest.mark.parametrize("part", [filled_report(2021), filled_report(2022, edition="2019")], ids=["year", "edition"])
def test_a_part_of_another_year_or_edition_is_not_added(part: Report) -> None:
    findings = check_parts(filled_report(2022), [("部门1", part)])
    assert {(finding.verdict, finding.where) for finding in findings} == {("not_assessable", ("部门1",))}
    assert len(findings) == 6  # one for each table, not one for each cell


def test_two_parts_of_one_name_both_count() -> None:
    same_name = [("部门", filled_report(2022, {PENALTIES: 5})), ("部门", filled_report(2022, {PENALTIES: 7}))]
    assert check_parts(filled_report(2022, {PENALTIES: 12}), same_name) == []


def test_without_parts_there_is_nothing_to_say() -> None:
    assert check_parts(filled_report(2022), []) == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_both_verdicts_have_words_of_their_own(language: str) -> None:
    fails = check_parts(filled_report(2022, {PENALTIES: 13}), parts(5, 7))[0]
    unjudged = check_parts(filled_report(2022, {PENALTIES: 12}), parts(5, BLANK))[0]
    assert "13" in message(fails, language)
    assert "12" in message(fails, language)
    assert "部门2" in message(unjudged, language)
