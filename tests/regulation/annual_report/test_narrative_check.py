"""Prose against tables, against itself and against the form."""

from __future__ import annotations

from decimal import Decimal

import pytest

from gongkai.regulation.annual_report.claims import claims
from gongkai.regulation.annual_report.messages import message
from gongkai.regulation.annual_report.narrative_check import narrative_findings
from gongkai.regulation.annual_report.report import Cell, Narrative, Number, Passage, Report
from gongkai.regulation.finding import Finding
from tests.regulation.annual_report.reports import blank, mark, number, report

FORM_FINDINGS = {"TOPIC-MISSING", "SECTION-MISSING", "FEE-STATEMENT-MISSING", "SECTION-EMPTY"}
CARRIED: dict[str, Cell | Number] = {
    "applications.new_received.natural_person": 5,
    "applications.new_received.total": 5,
    "applications.carried_over.natural_person": 1,
    "applications.carried_over.total": 1,
    "applications.granted.natural_person": 6,
    "applications.granted.total": 6,
    "applications.results_total.natural_person": 6,
    "applications.results_total.total": 6,
}


def of(prose: str, cells: dict[str, Cell | Number] | None = None, edition: str = "2021", **facts: object) -> Report:
    narrative = Narrative(
        str(facts.get("title", "")),
        (Passage(str(facts.get("preamble", "")), where="line 1"),),
        {
            "overview": (Passage(prose, "disclosure_on_application", where="line 9"),),
            "proactive": (),
            "applications": (),
            "remedies": (),
            "problems": (Passage("公开的及时性还需要提高。"),),
            "other_matters": (Passage(str(facts.get("other", "本年度没有收取信息处理费。"))),),
        },
    )
    agency = facts.get("agency", "青溪县水务局")
    return report(edition, cells, narrative=narrative, agency=None if agency is None else str(agency))


def found(made: Report, keep: frozenset[str] = frozenset()) -> list[Finding]:
    findings = narrative_findings(made, claims(made))
    for finding in findings:
        for language in ("zh", "en"):
            assert message(finding, language)
    return [finding for finding in findings if finding.code not in FORM_FINDINGS - keep]


def codes(made: Report) -> list[tuple[str, str]]:
    return [(finding.code, finding.severity) for finding in found(made)]


@pytest.mark.parametrize(
    "prose",
    [
        "2023年收到申请5件，上年结转1件，办结6件，办结率100%。",
        "共办理政府信息公开申请6件（含上年结转1件）。",
        "收到政府信息公开申请6件（含上年结转1件），均已答复。",
        "收到政府信息公开申请5件，其中自然人申请5件，法人或其他组织申请0件。",
        "收到政府信息公开申请5件，其中网上申请3件，信函申请2件。",
        "收到申请5件，上年结转1件，予以公开6件，无行政复议、行政诉讼情况。",
        "去年收到政府信息公开申请13件。",
        "自2008年以来累计收到政府信息公开申请130件。",
        "收到政府信息公开申请近10件。",
        "与2022年相比，收到申请增加4件。",
        "自然人提出申请5件，共计5件。",
    ],
)
def test_a_sentence_that_agrees_with_the_tables_raises_nothing(prose: str) -> None:
    assert codes(of(prose, CARRIED)) == []


@pytest.mark.parametrize(
    ("prose", "code", "left", "right"),
    [
        ("收到政府信息公开申请7件。", "N-NEW", 7, 5),
        ("新收政府信息公开申请6件，上年结转1件。", "N-NEW", 6, 5),
        ("本年度未收到政府信息公开申请。", "N-NEW", 0, 5),
        ("收到自然人申请4件。", "N-NATURAL", 4, 5),
        ("法人或其他组织提出申请2件。", "N-ORG", 2, 0),
        ("上年结转申请3件。", "N-CARRYIN", 3, 1),
        ("办结政府信息公开申请4件。", "N-DONE", 4, 6),
        ("结转下年度继续办理申请2件。", "N-CARRYOUT", 2, 0),
        ("因政府信息公开被申请行政复议2件。", "N-RECON", 2, 0),
        ("被提起行政诉讼1起。", "N-LITIG", 1, 0),
    ],
)
def test_a_number_the_table_does_not_have_is_an_error_with_both_numbers(
    prose: str, code: str, left: int, right: int
) -> None:
    (finding,) = found(of(prose, CARRIED))
    assert (finding.code, finding.severity, finding.left, finding.right) == (code, "error", left, right)
    assert finding.where[0] == "line 9"
    assert finding.quotes == (prose,)
    assert finding.cells


@pytest.mark.parametrize(
    ("prose", "begins"),
    [
        ("本年度未收到政府信息公开申请。", "文字称未收到政府信息公开申请，表中"),
        ("收到政府信息公开申请7件。", "文字称收到政府信息公开申请7件，表中"),
    ],
)
def test_what_is_said_not_to_have_happened_is_not_named_twice(prose: str, begins: str) -> None:
    (finding,) = found(of(prose, CARRIED))
    assert message(finding).startswith(begins)


def test_receipts_that_silently_count_those_carried_over_are_a_warning_with_both_numbers() -> None:
    (finding,) = found(of("共受理政府信息公开申请6件。", CARRIED))
    assert (finding.code, finding.severity, finding.left, finding.right) == ("N-NEW", "warning", 6, 5)


def test_a_number_of_the_whole_county_in_a_bureau_report_is_a_warning() -> None:
    prose = "全县收到政府信息公开申请90件。"
    assert codes(of(prose, CARRIED)) == [("N-NEW", "warning")]
    assert codes(of(prose, CARRIED, agency="青溪县人民政府")) == [("N-NEW", "error")]


def test_a_number_of_the_office_alone_in_a_county_report_is_a_warning() -> None:
    assert codes(of("县政府办公室收到政府信息公开申请2件。", CARRIED, agency="青溪县人民政府")) == [
        ("N-NEW", "warning")
    ]


def test_no_remedies_in_prose_against_remedies_in_the_table_is_an_error() -> None:
    cells: dict[str, Cell | Number] = {
        "remedies.cases.reconsideration_upheld": 2,
        "remedies.cases.reconsideration_total": 2,
    }
    (finding,) = found(of("无行政复议、行政诉讼情况。", cells))
    assert (finding.code, finding.severity, finding.left, finding.right) == ("N-NO-REMEDY", "error", 0, 2)
    assert finding.cells == tuple(cells)


@pytest.mark.parametrize(("rate", "expected"), [("100%", [("N-DONE-RATE", "warning")]), ("95.2%", []), ("95%", [])])
def test_a_completion_rate_is_recomputed_to_the_places_it_is_printed_with(
    rate: str, expected: list[tuple[str, str]]
) -> None:
    cells: dict[str, Cell | Number] = {
        "applications.new_received.total": 21,
        "applications.results_total.total": 20,
        "applications.carried_forward.total": 1,
    }
    assert codes(of(f"政府信息公开申请办结率{rate}。", cells)) == expected


def test_a_rate_of_answers_in_time_is_not_compared_with_the_table() -> None:
    cells: dict[str, Cell | Number] = {"applications.new_received.total": 2, "applications.carried_forward.total": 2}
    assert codes(of("政府信息公开申请按时办结率100%。", cells)) == []


def test_normative_documents_may_be_any_of_the_rows_three_numbers() -> None:
    cells: dict[str, Cell | Number] = {
        "art20_1.normative_documents.newly_made": 8,
        "art20_1.normative_documents.newly_disclosed": 9,
        "art20_1.normative_documents.total_disclosed": 314,
    }
    assert codes(of("规范性文件9件。", cells, "2019")) == []
    (finding,) = found(of("规范性文件10件。", cells, "2019"))
    assert (finding.code, finding.severity, finding.left, finding.right) == ("N-NORMATIVE", "warning", 10, 8)


def test_money_in_prose_is_compared_in_the_unit_of_the_table() -> None:
    cells: dict[str, Cell | Number] = {"art20_9.centralized_procurement.total_amount_wan": number(Decimal("9.46"))}
    assert codes(of("政府集中采购金额94600元。", cells, "2019")) == []
    assert codes(of("政府集中采购金额9.46万元。", cells, "2019")) == []
    (finding,) = found(of("政府集中采购金额946万元。", cells, "2019"))
    assert (finding.code, finding.left, finding.right) == ("N-TABLE", 946, Decimal("9.46"))


@pytest.mark.parametrize("cell", [blank(), mark("—")])
def test_a_count_that_meets_no_number_can_not_be_assessed(cell: Cell) -> None:
    made = of("收到政府信息公开申请3件。", {"applications.new_received.total": cell})
    (finding,) = found(made)
    assert (finding.code, finding.severity, finding.verdict) == ("N-NEW", "info", "not_assessable")
    assert codes(of("未收到政府信息公开申请。", {"applications.new_received.total": cell})) == []


def test_two_values_for_one_figure_contradict_each_other() -> None:
    made = of("收到政府信息公开申请5件。办结申请6件。全年共收到政府信息公开申请7件。", CARRIED)
    (finding,) = [finding for finding in found(made) if finding.code == "N-PROSE-CONFLICT"]
    assert (finding.severity, finding.left, finding.right) == ("warning", 5, 7)
    assert len(finding.quotes) == 2


def test_applicants_that_do_not_add_up_to_the_receipts_are_found() -> None:
    made = of("收到申请5件，其中自然人申请5件，法人或其他组织申请1件。", CARRIED)
    (finding,) = [finding for finding in found(made) if finding.code == "N-PROSE-SUM"]
    assert (finding.left, finding.right) == (6, 5)


def test_outcomes_beyond_the_completed_applications_are_found() -> None:
    made = of("办结申请6件，其中予以公开6件，部分公开2件。", CARRIED)
    assert ("N-PROSE-SUM", "warning") in codes(made)


def test_a_period_of_another_year_is_an_error() -> None:
    made = of("推进公开。", preamble="本报告统计期限为2022年1月1日至12月31日。")
    (finding,) = found(made)
    assert (finding.code, finding.severity, finding.left, finding.right) == ("N-PERIOD", "error", 2022, 2023)


def test_a_period_that_is_not_a_whole_year_is_an_error() -> None:
    made = of("推进公开。", preamble="数据统计期限为2023年1月1日至2023年11月30日。")
    assert codes(made) == [("N-PERIOD", "error")]


def test_a_title_of_another_year_is_an_error() -> None:
    made = of("推进公开。", title="青溪县水务局2022年政府信息公开工作年度报告")
    assert codes(made) == [("N-TITLE-YEAR", "error")]


def test_a_missing_section_is_named() -> None:
    made = report(narrative=Narrative(sections={"overview": (Passage("推进公开。"),)}))
    missing = [finding for finding in narrative_findings(made, ()) if finding.code == "SECTION-MISSING"]
    assert "存在的主要问题及改进情况" in missing[0].values["sections"]
    assert "总体情况" not in missing[0].values["sections"]


def test_missing_topics_are_for_information() -> None:
    (finding,) = found(of("推进公开。"), frozenset({"TOPIC-MISSING"}))
    assert finding.severity == "info"
    assert "监督保障" in finding.values["topics"]
    assert "依申请公开" not in finding.values["topics"]


@pytest.mark.parametrize(("edition", "expected"), [("2021", ["FEE-STATEMENT-MISSING"]), ("2019", [])])
def test_fees_must_be_reported_since_2021(edition: str, expected: list[str]) -> None:
    made = of("推进公开。", edition=edition, other="无其他需要报告的事项。")
    assert [entry.code for entry in found(made, frozenset({"FEE-STATEMENT-MISSING"}))] == expected


def test_an_empty_section_is_named() -> None:
    made = report(narrative=Narrative(sections={"overview": (Passage("推进公开。"),), "problems": ()}))
    empty = [finding for finding in narrative_findings(made, ()) if finding.code == "SECTION-EMPTY"]
    assert [finding.values["section"] for finding in empty] == ["存在的主要问题及改进情况"]


def test_fees_are_compared_with_the_ledger_only_when_it_is_given() -> None:
    made = of("全年收取信息处理费380元。", other="无其他收费事项。")
    assert codes(made) == []
    fee = {"ledger.processing_fees.collected_wan": Decimal("0.04")}
    (finding,) = [entry for entry in narrative_findings(made, claims(made), fee) if entry.code not in FORM_FINDINGS]
    assert (finding.code, finding.severity) == ("N-FEE", "error")
