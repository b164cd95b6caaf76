"""Every worked example of the law on applications: the case files under tests/cases/applications."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.regulation.application import Extended, outcome, standing
from gongkai.regulation.application.reading import read
from gongkai.regulation.deadlines import (
    correction_notice_due,
    decision_consultation_until,
    fee_payment_due,
    lawsuit_after_reconsideration_due,
    lawsuit_due,
    publication_due,
    reconsideration_due,
)
from gongkai.regulation.law import law_on, resolve
from gongkai.regulation.workdays import provisional_workdays, workdays
from tests.regulation.application.histories import history

CASES = Path(__file__).parents[2] / "cases" / "applications"
CALENDAR = provisional_workdays()


def cases(name: str) -> list[Any]:
    table = tomllib.loads((CASES / f"{name}.toml").read_text("utf-8"))
    return [pytest.param(case, id=case["id"]) for case in table["case"]]


HISTORIES = [*cases("worked_examples"), *cases("boundaries")]
PERIODS = {
    "reconsideration": lambda start: reconsideration_due(start, workdays()).on,
    "lawsuit": lambda start: lawsuit_due(start, workdays()).on,
    "lawsuit_after_reconsideration": lambda start: lawsuit_after_reconsideration_due(start, workdays()).on,
    "publication": lambda start: publication_due(start, workdays()).on,
    # Three working days are an agency's own promise, so they stand in no law.
    "message_board": lambda start: workdays().add(start, 3),
    "decision_consultation": decision_consultation_until,
}


def excluded_working_days(case: dict[str, Any], on: date) -> int:
    clock = read(history(case), CALENDAR, on).clock()
    assert clock
    return CALENDAR.count(clock.start, clock.due(CALENDAR)) - clock.working_days


def asked(name: str, case: dict[str, Any], on: date) -> Any:
    """What the product says to one expectation of a case."""
    events = history(case)
    found = standing(events, CALENDAR, on)
    match name:
        case "findings":
            return [finding.code for finding in found.findings]
        case "is_working_day":
            return case["expected"][name] if CALENDAR.is_working_day(case["expected"][name]) else None
        case "last_day_to_request_correction":
            return correction_notice_due(events[0].on, CALENDAR).on
        case "due_on_if_extended":
            limit = law_on(events[0].on).parameter("extension_limit", int).value
            return standing((*events, Extended(found.due_on, limit)), CALENDAR, found.due_on).due_on
        case "due_on_as_first_published":
            return standing(events, workdays(known_on=events[0].on), events[0].on).due_on
        case "due_on_without_events":
            return standing(events[:1], CALENDAR, on).due_on
        case "excluded_working_days":
            return excluded_working_days(case, on)
        case "opinion_due":
            sent = read(events, CALENDAR, on).consultations
            return sent["1"].due_on
        case "pay_by":
            notice = next(event for event in case["events"] if event["kind"] == "fee_notified")
            return fee_payment_due(notice["received_on"], CALENDAR).on
        case "applicant_has_until":
            return standing(events, CALENDAR, events[-1].on).waiting_until
        case "row_2019" | "row_2021":
            return outcome(found.outcome).rows[name.removeprefix("row_")]
        case _:
            return getattr(found, name)


@pytest.mark.parametrize("case", HISTORIES)
def test_an_application_stands_where_the_case_says(case: dict[str, Any]) -> None:
    on = case.get("on", history(case)[-1].on)
    said = {name: asked(name, case, on) for name in case["expected"]}
    assert said == case["expected"]


@pytest.mark.parametrize("case", HISTORIES)
def test_the_derivation_counts_every_day_up_to_the_due_date(case: dict[str, Any]) -> None:
    found = standing(history(case), CALENDAR, case.get("on", history(case)[-1].on))
    numbers = [step.number for step in found.derivation() if step.number is not None]
    assert numbers == list(range(1, len(numbers) + 1))
    if found.due_on:
        assert found.derivation()[-1].on == found.due_on


@pytest.mark.parametrize("case", cases("periods"))
def test_a_single_period_ends_when_the_case_says(case: dict[str, Any]) -> None:
    assert PERIODS[case["period"]](case["start"]) == case["due_on"]


@pytest.mark.parametrize("case", [case for case in cases("periods") if "last_counted" in case.values[0]])
def test_the_last_natural_day_is_counted_before_it_rolls_on(case: dict[str, Any]) -> None:
    functions = {
        "reconsideration": reconsideration_due,
        "lawsuit": lawsuit_due,
        "lawsuit_after_reconsideration": lawsuit_after_reconsideration_due,
    }
    days = functions[case["period"]](case["start"], workdays()).days
    assert max(day.on for day in days if day.is_counted) == case["last_counted"]
    assert days[-1].on == case["due_on"]


@pytest.mark.parametrize("case", [*HISTORIES, *cases("periods")])
def test_a_case_names_the_article_it_rests_on(case: dict[str, Any]) -> None:
    assert resolve(case["source"])


def test_all_thirty_seven_examples_are_there() -> None:
    ids = {case.values[0]["id"] for case in [*HISTORIES, *cases("periods")]}
    assert {f"EX{number:02}" for number in range(1, 38)} <= ids


def test_an_application_across_new_year_is_carried_forward() -> None:
    """EX18: received in 2022, replied to in 2023."""
    (case,) = (case.values[0] for case in HISTORIES if case.values[0]["id"] == "EX18")
    assert standing(history(case), CALENDAR, date(2022, 12, 31)).is_open
