"""Worked cases: what a letter written from given facts says (tests/cases/letters/letters.toml and outcomes.toml)."""

import tomllib
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from gongkai.regulation.application import outcomes
from gongkai.regulation.law import LawMissing, law_on
from gongkai.regulation.letters import CaseFacts, check_letter, reply_kind, write_letter
from tests.regulation.letters.made_letters import AFTER, BEFORE, OFFICE, case_of

CASES = Path(__file__).parents[2] / "cases" / "letters"
LETTERS = tomllib.loads((CASES / "letters.toml").read_text("utf-8"))["case"]
OUTCOMES = tomllib.loads((CASES / "outcomes.toml").read_text("utf-8"))["case"]


def facts_of(case: dict[str, Any]) -> dict[str, Any]:
    """TOML has lists where facts are tuples."""
    return {key: tuple(value) if isinstance(value, list) else value for key, value in case["facts"].items()}


@pytest.mark.parametrize("case", [pytest.param(case, id=case["id"]) for case in LETTERS])
def test_a_letter_says_what_the_case_wants_and_nothing_it_may_not(case: dict[str, Any]) -> None:
    facts = {"received_on": case["received_on"], **facts_of(case)}
    given = case_of(case["kind"], case["on"], facts, number=case.get("number", ""), addressee=case.get("addressee", ""))
    letter = write_letter(case["kind"], given, law_on(case["received_on"]), case["on"])
    text = "\n".join(part.text for part in letter.parts)
    assert [words for words in case.get("says", ()) if words not in text] == [], text
    assert [words for words in case.get("says_not", ()) if words in text] == [], text
    assert [finding.code for finding in letter.findings] == case.get("findings", [])


@pytest.mark.parametrize("on", [BEFORE, AFTER], ids=["before 2024", "since 2024"])
@pytest.mark.parametrize("case", [pytest.param(case, id=case["outcome"]) for case in OUTCOMES])
def test_the_reply_for_an_outcome_names_its_article_and_the_remedies_of_its_day(case: dict[str, Any], on: date) -> None:
    kind, received = reply_kind(case["outcome"]), on - timedelta(days=25)
    given = case_of(kind, on, facts_of(case))
    letter = write_letter(kind, given, law_on(received), on)
    assert letter.findings == ()
    assert check_letter(letter.parts, kind, given, law_on(received), on) == ()
    text = "\n".join(part.text for part in letter.parts)
    assert [words for words in (*case["cites"], *case["says"]) if words not in text] == [], text
    first = case["reconsideration_first"] and on == AFTER
    assert ("应当先申请行政复议" in text) == first
    assert ("6个月内" in text) != first
    assert ("或者池山市自然资源局" in text) == (on == BEFORE)


def test_every_outcome_has_a_worked_case() -> None:
    assert [case["outcome"] for case in OUTCOMES] == list(outcomes())


def test_no_letter_is_written_under_a_law_that_does_not_know_it() -> None:
    on = date(2020, 12, 31)
    with pytest.raises(LawMissing):
        write_letter("fee_notice", case_of("fee_notice", on, {}), law_on(on), on)
    with pytest.raises(LawMissing):
        write_letter("reply_disclose", case_of("reply_disclose", on, {}), law_on(date(2019, 5, 14)), on)


def test_a_fee_may_be_asked_in_2021_for_an_application_of_2020() -> None:
    on = date(2021, 1, 4)
    letter = write_letter("fee_notice", case_of("fee_notice", on, {}), law_on(date(2020, 12, 21)), on)
    assert letter.kind == "fee_notice"


@pytest.mark.parametrize(
    ("facts", "error"),
    [
        ({"search_recrod": "检索"}, ValueError),
        ({"petition_kind": "申诉"}, ValueError),
        ({"withheld_grounds": ("internal", "secret")}, ValueError),
        ({"extension_days": "二十"}, TypeError),
        ({"received_on": "2024-03-01"}, TypeError),
        ({"item_count": -1}, ValueError),
        ({"correction_days": 0}, ValueError),
        ({"item_count": True}, TypeError),
    ],
)
def test_facts_that_are_none_are_a_broken_promise(facts: dict[str, Any], error: type[Exception]) -> None:
    with pytest.raises(error):
        CaseFacts(OFFICE, "青自然资公开答〔2024〕7号", "孙申请人", facts)


def test_braces_in_a_fact_are_only_text() -> None:
    letter = write_letter(
        "reply_not_exist", case_of("reply_not_exist", AFTER, {"search_record": "{agency}{0}"}), law_on(AFTER), AFTER
    )
    assert "检索情况：{agency}{0}。" in [part.text for part in letter.parts]
