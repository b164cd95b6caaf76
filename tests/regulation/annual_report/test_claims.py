"""What prose claims: worked cases (tests/cases/claims), and how a claim is tied to a report."""

from __future__ import annotations

import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from gongkai.regulation.annual_report.claims import Claim, claims
from gongkai.regulation.annual_report.report import Narrative, Passage, Report
from gongkai.regulation.annual_report.sections import split
from tests.samples import shared_sample

CASES = Path(__file__).parents[2] / "cases" / "claims"
TABLES = {"art20_1": "2021", "applications": "2021", "remedies": "2021"}


def worked_cases() -> list[Any]:
    found = []
    for path in sorted(CASES.glob("*.toml")):
        for case in tomllib.loads(path.read_text(encoding="utf-8"))["case"]:
            found.append(pytest.param(case, id=f"{path.stem}:{case['sentence'][:24]}"))
    return found


def claims_in(sentence: str, tables: dict[str, str] = TABLES, **facts: Any) -> tuple[Claim, ...]:
    narrative = Narrative(sections={"overview": (Passage(sentence, where="line 7"),)})
    return claims(Report(facts.pop("year", 2023), facts.pop("agency", None), tables, {}, narrative))


def noted(claim: Claim) -> set[str]:
    flags = {claim.scope, claim.period}
    flags |= {"approximate"} if claim.approximate else set()
    return (flags | ({"part"} if claim.is_part else set())) - {""}


@pytest.mark.parametrize("case", worked_cases())
def test_a_sentence_claims_what_the_worked_case_says(case: dict[str, Any]) -> None:
    found = claims_in(case["sentence"])
    expected = [(text, Decimal(str(value)), figure) for text, value, figure, *_ in case["claims"]]
    assert [(claim.text, Decimal(claim.value), claim.figure or "") for claim in found] == expected
    for claim, (_, _, _, *flags) in zip(found, case["claims"], strict=True):
        assert set(flags) <= noted(claim)
        if not flags:
            assert not noted(claim) - {"own", "district"}


def test_there_are_enough_worked_cases() -> None:
    assert len(worked_cases()) >= 60


def test_the_claims_of_the_published_report_are_found_with_their_figures() -> None:
    text = shared_sample("shitai-2020.txt").read_text(encoding="utf-8")
    lines = [line for line in text.splitlines() if "|" not in line]
    report = Report(2020, None, {}, {}, split([(line, "", 0) for line in lines]))
    found = {(claim.value, claim.figure) for claim in claims(report)}
    assert found >= {
        (5687, "items_disclosed"),
        (618, "weibo_posts"),
        (801, "wechat_articles"),
        (10, "press_conferences"),
        (64, "interpretations"),
        (353, "responses"),
        (147, "epidemic_responses"),
        (126048, "online_service_cases"),
        (383, "three_battles_items"),
        (26, "grassroots_fields"),
        (2, "applications_received"),
        (2, "natural_person_applications"),
        (100, "completion_rate"),
        (0, "processing_fees"),
        (0, "remedies"),
        (8, "normative_documents"),
        (3, "message_reply_working_days"),
        (2, "excellent_interpretations"),
    }


def test_a_claim_names_the_cells_of_the_edition_its_table_is_printed_on() -> None:
    sentence = "规范性文件8件。"
    assert claims_in(sentence, {"art20_1": "2019"})[0].cells == ("art20_1.normative_documents.newly_made",)
    assert claims_in(sentence, {"art20_1": "2021"})[0].cells == ("art20_1.normative_documents.issued",)
    assert claims_in(sentence, {})[0].cells == ()


def test_no_remedies_at_all_is_a_claim_about_all_fifteen_cells() -> None:
    assert len(claims_in("无行政复议、行政诉讼情况。")[0].cells) == 15


def test_a_claim_keeps_its_place_and_its_sentence() -> None:
    claim = claims_in("加强管理。全年召开新闻发布会６场。")[0]
    assert (claim.text, claim.where, claim.sentence) == ("６场", "line 7", "全年召开新闻发布会６场。")


def test_a_number_of_the_agency_itself_is_its_own() -> None:
    claim = claims_in("青溪县水利局收到政府信息公开申请3件。", agency="青溪县水利局")[0]
    assert claim.scope == "own"
