"""Who may do what: worked cases (tests/cases/review/refusals.toml) and the edges of the question."""

import tomllib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gongkai.regulation.review import Edited, Passed, ReviewRecord, advice, message, why_not
from tests.regulation.review.acts import AUTHOR, DAY, FIRST, IN_REVIEW, at, event_of, record_of

CASES = Path(__file__).parents[2] / "cases" / "review" / "refusals.toml"
DECISIONS = {"clears": "may_disclose", "refuses": "may_not_disclose", "refers": "referred"}


def worked_cases() -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in tomllib.loads(CASES.read_text("utf-8"))["case"]]


def event_in_words(words: str, moment: datetime) -> Any:
    person, verb, *rest = words.split()
    if verb in DECISIONS:
        entry = {"event": "secrecy_reviewed", "basis": "对照保密事项范围", "decision": DECISIONS[verb]}
        return event_of({**entry, "by": person, "at": moment, "content_hash": rest[0]})
    if verb == "delegates":
        days = {"from_date": date(2024, 4, 1), "to_date": date(2024, 4, 30), "reason": "年休假"}
        names = {"delegator": person, "delegate": rest[2], "step": rest[0]}
        return event_of({"event": "delegated", "at": moment, **names, **days})
    if verb in ("returns", "withdraws"):
        step = {"step": rest[0]} if rest else {}
        event = {"returns": "returned", "withdraws": "withdrawn"}[verb]
        return event_of({"event": event, "by": person, "at": moment, "reason": "要素不全", **step})
    event = {"edits": "edited", "submits": "submitted", "passes": "passed", "publishes": "published"}[verb]
    step = {"step": rest[0]} if verb == "passes" else {}
    return event_of({"event": event, "by": person, "at": moment, "content_hash": rest[-1], **step})


@pytest.mark.parametrize("case", worked_cases())
def test_an_attempt_is_judged_as_the_worked_case_says(case: dict[str, Any]) -> None:
    moments = [at(8) + timedelta(minutes=index) for index in range(len(case["record"]))]
    record = ReviewRecord(
        tuple(event_in_words(words, moment) for words, moment in zip(case["record"], moments, strict=True))
    )
    person, verb, *rest = case["attempt"].split()
    verbs = {"passes": "pass", "publishes": "publish", "withdraws": "withdraw", "returns": "return"}
    step = rest[0] if verb in ("passes", "returns") else None
    refusal = why_not(record, verbs[verb], step=step, person=person, content_hash=rest[-1] if rest else "a1", on=DAY)
    assert (refusal.code if refusal else "") == case["refused"]
    if refusal:
        for language in ("zh", "en"):
            assert "{" not in message(refusal, language) + advice(refusal, language)


def test_a_delegation_holds_on_its_first_and_last_day_only() -> None:
    delegated = event_of(
        {
            "event": "delegated",
            "delegator": AUTHOR,
            "delegate": FIRST,
            "step": "first",
            "from_date": date(2024, 4, 10),
            "to_date": date(2024, 4, 12),
            "reason": "外出培训",
            "at": at(8, 12),
        }
    )
    record = record_of(*IN_REVIEW, delegated)

    def refused(day: int) -> bool:
        on = date(2024, 4, day)
        return why_not(record, "pass", step="first", person=FIRST, content_hash="a1", on=on) is not None

    assert [refused(day) for day in (9, 10, 12, 13)] == [False, True, True, False]


def test_a_superuser_is_asked_the_same_question_because_there_is_no_other() -> None:
    refusal = why_not(record_of(*IN_REVIEW), "publish", person="系统管理员", content_hash="a1", on=DAY)
    assert refusal is not None
    assert refusal.severity == "error"


def test_a_day_before_the_end_of_the_record_is_a_broken_promise() -> None:
    with pytest.raises(ValueError, match="goes on to"):
        why_not(record_of(*IN_REVIEW), "edit", person=AUTHOR, content_hash="a1", on=date(2024, 4, 7))


def test_a_pass_without_its_step_is_a_broken_promise() -> None:
    with pytest.raises(ValueError, match="step"):
        why_not(record_of(*IN_REVIEW), "pass", person=FIRST, content_hash="a1", on=DAY)


@pytest.mark.parametrize(
    "entry",
    [
        {"event": "returned", "step": "first", "by": FIRST, "reason": " "},
        {"event": "secrecy_reviewed", "by": FIRST, "content_hash": "a1", "basis": "", "decision": "may_disclose"},
        {"event": "passed", "step": "first", "by": "", "content_hash": "a1"},
        {"event": "withdrawn", "by": AUTHOR, "reason": ""},
        {"event": "edited", "by": AUTHOR, "content_hash": ""},
    ],
)
def test_an_event_without_its_particulars_is_no_fact(entry: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match="needs"):
        event_of({**entry, "at": at(8)})


def test_a_record_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match="out of order"):
        record_of(Edited(AUTHOR, at(9), "a1"), Passed("first", FIRST, at(8), "a1"))
