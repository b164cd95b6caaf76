"""Three answers to every relation: it holds, it fails, or it can't be assessed."""

from __future__ import annotations

from decimal import Decimal

from gongkai.regulation.annual_report.check import check
from gongkai.regulation.annual_report.report import Cell, Number, Report
from gongkai.regulation.finding import Finding
from tests.regulation.annual_report.reports import blank, mark, number, report, unreadable


def found(subject: Report, code: str, **more: object) -> list[Finding]:
    return [finding for finding in check(subject, **more) if finding.code == code]  # type: ignore[arg-type]


def row(values: list[Number | Cell], key: str = "new_received") -> dict[str, Cell | Number]:
    columns = [
        "natural_person",
        "commercial_enterprise",
        "research_institution",
        "public_welfare_organization",
        "legal_service_institution",
        "other_organization",
        "total",
    ]
    return {f"applications.{key}.{column}": value for column, value in zip(columns, values, strict=True)}


def test_a_report_of_zeros_has_no_error() -> None:
    for edition in ("2019", "2021"):
        assert [finding for finding in check(report(edition)) if finding.severity == "error"] == []


def test_a_wrong_sum_fails_and_names_the_printed_total_last() -> None:
    (finding,) = found(report("2021", row([1, 2, 0, 0, 0, 0, 4], "carried_over")), "APP-COLUMNS-2021")
    assert (finding.severity, finding.verdict) == ("error", "fails")
    assert (finding.left, finding.right) == (3, 4)
    assert finding.cells[-1] == "applications.carried_over.total"


def test_the_flow_names_the_carried_forward_cell_last() -> None:
    flows = found(report("2021", row([1, 0, 0, 0, 0, 0, 1])), "APP-FLOW")
    assert [finding.cells[-1] for finding in flows] == [
        "applications.carried_forward.natural_person",
        "applications.carried_forward.total",
    ]
    assert (flows[0].left, flows[0].right) == (1, 0)


def test_marks_count_as_nothing() -> None:
    assert found(report("2021", row([3, mark(), mark("—"), 0, 0, 0, 3])), "APP-COLUMNS-2021") == []
    (finding,) = found(report("2021", row([3, mark(), 0, 0, 0, 0, 4])), "APP-COLUMNS-2021")
    assert finding.verdict == "fails"


def test_blanks_that_may_be_zeros_are_no_finding() -> None:
    assert found(report("2021", row([3, blank(), blank(), 0, 0, 0, 3])), "APP-COLUMNS-2021") == []


def test_a_blank_that_may_hold_the_missing_number_is_not_assessable_and_named() -> None:
    (finding,) = found(report("2021", row([3, blank(), 0, 0, 0, 0, 5])), "APP-COLUMNS-2021")
    assert (finding.verdict, finding.severity) == ("not_assessable", "warning")
    assert finding.missing == ("applications.new_received.commercial_enterprise",)


def test_no_number_in_a_blank_makes_parts_fit_a_total_that_is_too_small() -> None:
    (finding,) = found(report("2021", row([3, blank(), 0, 0, 0, 0, 2])), "APP-COLUMNS-2021")
    assert finding.verdict == "fails"


def test_an_unreadable_cell_makes_even_a_fitting_sum_not_assessable() -> None:
    (finding,) = found(report("2021", row([3, unreadable(), 0, 0, 0, 0, 3])), "APP-COLUMNS-2021")
    assert finding.verdict == "not_assessable"


def test_rows_without_any_number_are_one_finding_for_the_whole_table() -> None:
    nothing = {address: blank() for address in report("2021").cells if address.startswith("applications.")}
    findings = [finding for finding in check(report("2021", nothing)) if finding.code.startswith("APP-")]
    assert sorted(finding.code for finding in findings) == ["APP-COLUMNS-2021", "APP-FLOW", "APP-RESULTS-2021"]
    assert {finding.verdict for finding in findings} == {"not_assessable"}


def test_each_group_of_the_remedies_table_has_its_own_sum() -> None:
    cells = {"remedies.cases.reconsideration_upheld": 10, "remedies.cases.reconsideration_corrected": 1}
    (finding,) = found(report("2021", cells), "REM-RECONSIDERATION")
    assert (finding.left, finding.right) == (11, 0)


def test_the_rules_of_an_edition_apply_to_its_own_tables_only() -> None:
    subject = report("2021", row([1, 0, 0, 0, 0, 0, 2]))
    assert found(subject, "APP-COLUMNS-2019") == []
    assert len(found(subject, "APP-COLUMNS-2021")) == 1


def test_a_decrease_may_not_exceed_what_there_was() -> None:
    cells = {
        "art20_5.administrative_license.prior_year_count": 3,
        "art20_5.administrative_license.change": -4,
    }
    assert len(found(report("2019", cells), "ITEM-NONNEG-art20_5-administrative_license")) == 1
    cells["art20_5.administrative_license.change"] = -3
    assert found(report("2019", cells), "ITEM-NONNEG-art20_5-administrative_license") == []


def test_money_without_a_project_is_a_warning() -> None:
    cells = {"art20_9.centralized_procurement.total_amount_wan": number(Decimal("9.46"), "9.46万元")}
    (finding,) = found(report("2019", cells), "PROC-AMOUNT")
    assert finding.severity == "warning"


def test_rules_are_asked_only_of_bodies_that_clearly_can_not_make_any() -> None:
    cells = {"art20_1.rules.in_force": 2}
    assert len(found(report("2021", cells, agency="青溪县水务局"), "RULES-POWER")) == 1
    assert found(report("2021", cells, agency="安岭省人民政府"), "RULES-POWER") == []
    assert found(report("2021", cells, agency="宁西壮族自治区人民政府"), "RULES-POWER") == []
    assert found(report("2021", cells, agency=None), "RULES-POWER") == []


def test_last_year_is_asked_for_its_carried_forward_cases() -> None:
    before = report("2021", row([2, 0, 0, 0, 0, 0, 2], "carried_forward"), year=2022)
    now = report("2021", row([1, 0, 0, 0, 0, 0, 1], "carried_over"), year=2023)
    (finding,) = found(now, "X-CARRY-TOTAL", previous=before)
    assert (finding.left, finding.right, finding.severity) == (1, 2, "error")
    (column,) = found(now, "X-CARRY-COLUMN", previous=before)
    assert column.severity == "warning"


def test_the_carry_over_is_compared_across_the_change_of_the_form() -> None:
    before = report("2019", row([2, 0, 0, 0, 0, 0, 2], "carried_forward"), year=2020)
    now = report("2021", row([2, 0, 0, 0, 0, 0, 2], "carried_over"), year=2021)
    assert found(now, "X-CARRY-TOTAL", previous=before) == []
    cells = {"art20_1.normative_documents.in_force": 5}
    assert found(report("2021", cells, year=2021), "X-INFORCE-normative_documents", previous=before) == []


def test_documents_in_force_follow_from_last_years() -> None:
    before = report("2021", {"art20_1.normative_documents.in_force": 20}, year=2022)
    cells = {
        "art20_1.normative_documents.in_force": 22,
        "art20_1.normative_documents.issued": 3,
        "art20_1.normative_documents.repealed": 2,
    }
    (finding,) = found(report("2021", cells, year=2023), "X-INFORCE-normative_documents", previous=before)
    assert (finding.left, finding.right) == (22, 21)


def test_a_report_of_another_year_is_not_taken_for_last_years() -> None:
    before = report("2021", row([2, 0, 0, 0, 0, 0, 2], "carried_forward"), year=2021)
    now = report("2021", year=2023)
    assert found(now, "X-CARRY-TOTAL", previous=before) == []
    assert len(found(now, "YEARS-NOT-ADJACENT", previous=before)) == 1


def test_a_ledger_figure_is_compared_when_it_is_given() -> None:
    subject = report("2021", {"art20_8.administrative_fees.fee_amount_wan": 1})
    assert found(subject, "FEE-AMOUNT", facts={"ledger.processing_fees.collected_wan": 2})
    assert found(subject, "FEE-AMOUNT", facts={"ledger.processing_fees.collected_wan": 1}) == []
    assert found(subject, "FEE-ROW-CONSISTENT") == []
