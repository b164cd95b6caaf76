"""Whether a document holds on a day: worked cases in tests/cases/disclosure/validity.toml, and the reasons."""

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from gongkai.regulation.disclosure.normative import (
    Amended,
    CleanedUp,
    Extended,
    Lapsed,
    NormativeDocument,
    NormativeEvent,
    Published,
    Repealed,
    ValidityTerm,
    is_in_force,
    validity,
)
from gongkai.regulation.law import cite
from tests.regulation.disclosure.normative.documents import DOCUMENT, with_events, with_published

CASES = Path(__file__).parents[3] / "cases" / "disclosure" / "validity.toml"
KINDS: dict[str, type[NormativeEvent]] = {
    "published": Published,
    "amended": Amended,
    "extended": Extended,
    "lapsed": Lapsed,
    "repealed": Repealed,
    "cleaned_up": CleanedUp,
}


def worked_cases() -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in tomllib.loads(CASES.read_text("utf-8"))["case"]]


@pytest.mark.parametrize("case", worked_cases())
def test_a_document_stands_as_the_worked_case_says(case: dict[str, Any]) -> None:
    events = tuple(
        KINDS[entry["event"]](**{name: value for name, value in entry.items() if name != "event"})
        for entry in case["events"]
    )
    document = NormativeDocument("gf-1", case.get("title", "青溪县河道管理办法"), events)
    for day, state in case["states"]:
        standing = validity(document, day)
        assert (day, standing.state) == (day, state)
        assert standing.reason
        cite(standing.source)


def test_the_states_before_publication_follow_the_procedure() -> None:
    days = {
        date(2020, 12, 2): "draft",
        date(2020, 12, 8): "under_review",
        date(2021, 1, 19): "adopted",
        date(2021, 1, 26): "published_not_effective",
        date(2021, 3, 1): "in_force",
    }
    assert {day: validity(DOCUMENT, day).state for day in days} == days


def test_it_lapses_on_the_day_after_its_last_and_says_why() -> None:
    assert is_in_force(DOCUMENT, date(2026, 2, 28))
    standing = validity(DOCUMENT, date(2026, 3, 1))
    assert (standing.state, standing.since, standing.label) == ("lapsed", date(2026, 3, 1), "失效")
    assert "2026-02-28" in standing.reason


def test_a_repeal_names_its_act() -> None:
    repealed = with_events(Repealed(date(2023, 5, 1), date(2023, 6, 1), "青政〔2023〕9号"))
    assert is_in_force(repealed, date(2023, 5, 31))
    standing = validity(repealed, date(2023, 6, 1))
    assert (standing.state, standing.act) == ("repealed", "青政〔2023〕9号")


@pytest.mark.parametrize(
    ("day", "severity"),
    [
        (date(2025, 8, 31), None),
        (date(2025, 9, 1), "info"),
        (date(2025, 11, 30), "warning"),
        (date(2026, 1, 29), "error"),
        (date(2026, 2, 28), "error"),
    ],
)
def test_warnings_come_180_90_and_30_days_before_the_end(day: date, severity: str | None) -> None:
    findings = validity(DOCUMENT, day).findings
    assert [finding.severity for finding in findings] == ([severity] if severity else [])


def test_an_office_s_own_term_goes_before_the_default() -> None:
    open_ended = with_published(Published(date(2021, 1, 25), date(2021, 3, 1)), "青溪县停车管理办法（试行）")
    assert validity(open_ended, date(2022, 1, 1)).expires_on == date(2023, 2, 28)
    assert validity(open_ended, date(2022, 1, 1), ValidityTerm(5, 3)).expires_on == date(2024, 2, 29)


def test_a_day_long_ago_is_answered_too() -> None:
    old = NormativeDocument("gf-0", "旧办法", (Published(date(1995, 1, 1), date(1995, 1, 1), date(1996, 12, 31)),))
    assert is_in_force(old, date(1996, 12, 30))
    assert not is_in_force(old, date(1997, 1, 1))
