from dataclasses import replace
from decimal import Decimal

import pytest

from gongkai.documents.model import Paragraph, Table
from gongkai.regulation.annual_report.compare import Change, Comparison, compare
from gongkai.regulation.annual_report.comparison_view import comparison_document, comparison_json
from gongkai.regulation.annual_report.messages import advice, message

from .filled_reports import BLANK, UNREADABLE, filled_report, new_applications


def change_of(comparison: Comparison, address: str) -> Change:
    (change,) = [change for change in comparison.changes if address in change.current_cells]
    return change


def codes(comparison: Comparison) -> list[str]:
    return [finding.code for finding in comparison.findings]


def test_a_row_shows_both_years_the_difference_and_its_share() -> None:
    comparison = compare(filled_report(2022, new_applications(8)), filled_report(2023, new_applications(10)))
    change = change_of(comparison, "applications.new_received.total")
    assert (change.previous, change.current, change.difference, change.relative) == (8, 10, 2, Decimal("0.2500"))
    assert change.name.label == "本年新收政府信息公开申请数量·总计"


def test_from_nothing_there_is_a_difference_but_no_share() -> None:
    change = change_of(
        compare(filled_report(2022), filled_report(2023, new_applications(3))), "applications.granted.total"
    )
    assert (change.difference, change.relative) == (3, None)


@pytest.mark.parametrize("printed", [BLANK, UNREADABLE])
def test_a_blank_or_unreadable_cell_is_not_compared_as_zero(printed: str) -> None:
    address = "art20_5.administrative_license.decisions"
    change = change_of(compare(filled_report(2022, {address: printed}), filled_report(2023, {address: 7})), address)
    assert (change.previous, change.difference, change.previous_text) == (None, None, printed)


def test_a_printed_mark_counts_as_nothing() -> None:
    address = "art20_5.administrative_license.decisions"
    change = change_of(compare(filled_report(2022, {address: "/"}), filled_report(2023, {address: 7})), address)
    assert (change.difference, change.previous_text) == (7, "/")


def test_across_the_change_of_the_form_merged_rows_are_added_up() -> None:
    before = filled_report(2020, {"applications.other_handling.natural_person": 4})
    after = filled_report(
        2021,
        {"applications.other_fee_unpaid.natural_person": 1, "applications.other_misc.natural_person": 2},
    )
    change = change_of(compare(before, after), "applications.other_misc.total")
    assert (change.previous, change.current, change.current_text) == (4, 3, "0 + 1 + 2")
    assert change.name.label == "其他处理·总计"
    assert change.note


def test_what_the_other_form_does_not_ask_for_is_named() -> None:
    comparison = compare(filled_report(2020), filled_report(2021))
    named = {(entry.side, address) for entry in comparison.incomparable for address in entry.cells}
    assert ("previous", "art20_9.centralized_procurement.total_amount_wan") in named
    assert ("current", "art20_1.normative_documents.in_force") in named
    assert {entry.reason for entry in comparison.incomparable} == {"form_changed"}


def test_a_table_that_one_report_lacks_is_named_as_missing() -> None:
    comparison = compare(filled_report(2022), filled_report(2023, without=("remedies",)))
    (entry,) = comparison.incomparable
    assert (entry.side, entry.table, entry.reason) == ("previous", "remedies", "table_missing")


def test_of_a_mixed_report_the_form_of_the_section_decides_what_it_was_asked_for() -> None:
    old, new = filled_report(2023, edition="2019"), filled_report(2023)
    editions = {**new.table_editions, "applications": "2019"}
    cells = {
        address: value
        for report, edition in ((new, "2021"), (old, "2019"))
        for address, value in report.cells.items()
        if editions.get(address.partition(".")[0]) == edition
    }
    mixed = replace(new, table_editions=editions, cells=cells)
    reasons = {entry.table: entry.reason for entry in compare(filled_report(2022, edition="2019"), mixed).incomparable}
    assert reasons["art20_9"] == "form_changed"
    assert "applications" not in reasons


def test_carrying_over_another_number_than_last_year_carried_forward_is_found() -> None:
    comparison = compare(
        filled_report(2022, new_applications(9, forward=2)), filled_report(2023, new_applications(9, over=1))
    )
    (finding,) = [finding for finding in comparison.findings if finding.code == "X-CARRY-TOTAL"]
    assert (finding.severity, finding.left, finding.right) == ("error", 1, 2)


def test_carrying_over_holds_across_the_change_of_the_form() -> None:
    before, after = (
        filled_report(2020, new_applications(9, forward=2)),
        filled_report(2021, new_applications(9, over=2)),
    )
    assert "X-CARRY-TOTAL" not in codes(compare(before, after))
    assert "X-CARRY-TOTAL" in codes(compare(before, filled_report(2021, new_applications(9, over=3))))


def test_what_is_wrong_with_one_report_alone_is_not_repeated() -> None:
    broken = filled_report(2023, {**new_applications(9), "applications.results_total.natural_person": 8})
    assert not [code for code in codes(compare(filled_report(2022), broken)) if code.startswith("APP-")]


def test_years_that_are_not_neighbours_leave_the_cross_year_rules_open() -> None:
    comparison = compare(
        filled_report(2021, new_applications(9, forward=2)), filled_report(2023, new_applications(9, over=1))
    )
    assert codes(comparison) == ["YEARS-NOT-ADJACENT"]
    assert comparison.findings[0].verdict == "not_assessable"


def test_reports_given_newest_first_are_put_in_order_and_that_is_said() -> None:
    comparison = compare(filled_report(2023, new_applications(10)), filled_report(2022, new_applications(8)))
    assert comparison.reordered
    assert (comparison.previous.year, comparison.current.year) == (2022, 2023)
    assert codes(comparison) == ["YEARS-REVERSED"]
    assert change_of(comparison, "applications.granted.total").difference == 2


def test_reports_without_a_year_are_taken_in_the_order_given() -> None:
    comparison = compare(filled_report(2023), filled_report(None))
    assert not comparison.reordered
    assert codes(comparison) == ["YEARS-UNKNOWN"]


def test_two_agencies_are_noticed() -> None:
    comparison = compare(filled_report(2022), filled_report(2023, agency="青溪县水务局"))
    assert codes(comparison) == ["AGENCIES-DIFFER"]


@pytest.mark.parametrize(
    ("before", "after", "found"), [(20, 130, True), (130, 20, True), (20, 90, False), (90, 150, False)]
)
def test_a_jump_is_named_once_for_its_row(before: int, after: int, found: bool) -> None:
    row = "applications.granted"
    comparison = compare(
        filled_report(2022, {f"{row}.natural_person": before}), filled_report(2023, {f"{row}.natural_person": after})
    )
    jumps = [finding for finding in comparison.findings if finding.code == "CHANGE-LARGE"]
    assert [finding.cells for finding in jumps] == ([(f"{row}.total",)] if found else [])


def test_a_table_that_repeats_last_year_is_a_sign_of_copying() -> None:
    numbers = {"art20_6.administrative_penalty.decisions": 37, "art20_6.administrative_coercion.decisions": 4}
    comparison = compare(filled_report(2022, numbers), filled_report(2023, numbers))
    (finding,) = comparison.findings
    assert (finding.code, finding.severity, finding.values["table"]) == (
        "UNCHANGED-YEAR",
        "warning",
        "第二十条第（六）项",
    )


@pytest.mark.parametrize(
    "numbers",
    [
        {},
        {"art20_6.administrative_penalty.decisions": 9},
        {"art20_1.normative_documents.in_force": 314},
    ],
    ids=["all zero", "small enough to repeat by chance", "a stock that stands still"],
)
def test_a_table_may_repeat_when_that_proves_nothing(numbers: dict[str, int]) -> None:
    assert codes(compare(filled_report(2022, numbers), filled_report(2023, numbers))) == []


def test_the_document_leaves_out_what_is_zero_in_both_years_and_counts_it() -> None:
    comparison = compare(filled_report(2020, new_applications(8)), filled_report(2021, new_applications(10)))
    document = comparison_document(comparison)
    (applications,) = [block for block in document.blocks if isinstance(block, Table) and block.key == "applications"]
    texts = [cell.text for cell in applications.cells]
    assert applications.row_count == 7
    granted = texts.index("予以公开·总计")
    assert texts[granted : granted + 6] == ["予以公开·总计", "8", "10", "+2", "+25.0%", ""]
    paragraphs = [block.text for block in document.blocks if isinstance(block, Paragraph)]
    assert any("155 格两年均为 0" in text for text in paragraphs)
    assert any("采购总金额" in text for text in paragraphs)


def test_the_json_has_every_row_and_plain_numbers() -> None:
    money = "art20_8.administrative_fees.fee_amount_wan"
    comparison = compare(filled_report(2022, {money: Decimal("1.5")}), filled_report(2023, {money: Decimal("2.25")}))
    data = comparison_json(comparison)
    assert len(data["changes"]) == 200
    (row,) = [row for row in data["changes"] if row["current_cells"] == [money]]
    assert (row["previous"], row["current"], row["difference"], row["relative"]) == (1.5, 2.25, 0.75, 0.5)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_finding_can_be_put_into_words(language: str) -> None:
    numbers = {"art20_6.administrative_penalty.decisions": 37, "art20_5.administrative_license.decisions": 1000}
    same = {**numbers, "art20_5.administrative_license.decisions": 3}
    found = [
        *compare(filled_report(2023, same), filled_report(2022, numbers, agency="青溪县水务局")).findings,
        *compare(filled_report(2021), filled_report(2023)).findings,
        *compare(filled_report(None), filled_report(2023)).findings,
    ]
    assert {finding.code for finding in found} == {
        "YEARS-REVERSED",
        "AGENCIES-DIFFER",
        "CHANGE-LARGE",
        "UNCHANGED-YEAR",
        "YEARS-NOT-ADJACENT",
        "YEARS-UNKNOWN",
    }
    for finding in found:
        assert "{" not in message(finding, language)
        assert advice(finding, language)
