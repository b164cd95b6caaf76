"""Two reports as they were really published, and the project's own example of the same shape."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path

import pytest

from gongkai.documents.model import Refusal
from gongkai.documents.readers import read as read_file
from gongkai.regulation.annual_report import Report, check, claims, read
from tests.samples import EXAMPLE, shared_sample

COUNTED = {
    "items_disclosed": 5687,
    "weibo_posts": 618,
    "wechat_articles": 801,
    "press_conferences": 10,
    "interpretations": 64,
    "responses": 353,
    "epidemic_responses": 147,
    "online_service_cases": 126048,
    "three_battles_items": 383,
    "grassroots_fields": 26,
    "applications_received": 2,
    "natural_person_applications": 2,
    "normative_documents": 8,
    "excellent_interpretations": 2,
}


def read_whole(path: Path) -> Report:
    document = read_file(path)
    assert not isinstance(document, Refusal), document
    report = read(document)
    assert isinstance(report, Report), report
    return report


def errors(report: Report) -> list[str]:
    return [finding.code for finding in check(report) if finding.severity == "error"]


@pytest.fixture(params=["example", "published"])
def county(request: pytest.FixtureRequest) -> Report:
    return read_whole(EXAMPLE if request.param == "example" else shared_sample("shitai-2020.txt"))


def test_the_flattened_report_is_read_to_its_last_cell(county: Report) -> None:
    assert (county.edition, county.year, len(county.cells)) == ("2019", 2020, 198)
    assert {cell.state for cell in county.cells.values()} == {"number"}
    told = {address: cell.value for address, cell in county.cells.items() if cell.value}
    assert told == {
        "art20_1.normative_documents.newly_made": 8,
        "art20_1.normative_documents.newly_disclosed": 8,
        "art20_1.normative_documents.total_disclosed": 314,
        "art20_9.centralized_procurement.project_count": 1,
        "art20_9.centralized_procurement.total_amount_wan": Decimal("9.46"),
        "applications.new_received.natural_person": 2,
        "applications.new_received.total": 2,
        "applications.granted.natural_person": 2,
        "applications.granted.total": 2,
        "applications.results_total.natural_person": 2,
        "applications.results_total.total": 2,
    }


def test_the_flattened_report_has_six_sections_five_topics_and_no_error(county: Report) -> None:
    assert list(county.narrative.sections) == [
        "overview",
        "proactive",
        "applications",
        "remedies",
        "problems",
        "other_matters",
    ]
    assert len(county.narrative.topics()) == 5
    assert errors(county) == []


def test_the_counts_of_section_one_are_claims_with_their_figures(county: Report) -> None:
    claimed = {claim.figure: claim.value for claim in claims(county)}
    assert {figure: claimed.get(figure) for figure in COUNTED} == COUNTED


def test_a_lost_title_names_no_agency() -> None:
    report = read_whole(shared_sample("shitai-2020.txt"))
    assert report.agency is None
    assert report.year_where == "line 1"


def test_the_amount_keeps_its_text_and_its_place() -> None:
    cell = read_whole(EXAMPLE).cells["art20_9.centralized_procurement.total_amount_wan"]
    assert cell.text == "9.46万元"
    assert (
        EXAMPLE.read_text(encoding="utf-8")
        .splitlines()[int(cell.where.removeprefix("line ")) - 1]
        .startswith("9.46万元")
    )


def test_the_mixed_report_has_exactly_its_two_real_faults() -> None:
    report = read_whole(shared_sample("hongze-2023.pdf"))
    assert report.table_editions["art20_1"] == "2021"
    assert report.table_editions["applications"] == "2019"
    assert (report.agency, report.year, len(report.cells)) == ("洪泽区人民政府", 2023, 186)
    faults = {f.code: (f.left, f.right) for f in check(report) if f.severity == "error"}
    assert faults == {"REM-RECONSIDERATION": (11, 0), "REM-LITIGATION_AFTER_RECONSIDERATION": (5, 0)}


def test_every_printed_cell_of_the_mixed_report_is_read() -> None:
    report = read_whole(shared_sample("hongze-2023.pdf"))
    told = {address: cell.value for address, cell in report.cells.items() if cell.value}
    assert {cell.state for cell in report.cells.values()} == {"number"}
    expected = json.loads((Path(__file__).parent / "hongze_2023_cells.json").read_text(encoding="utf-8"))
    assert {address: float(value) for address, value in told.items()} == expected
