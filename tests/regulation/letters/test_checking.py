"""An edited letter: what may be changed, and what is found when something else was."""

import tomllib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.law import law_on
from gongkai.regulation.letters import CaseFacts, Part, advice, check_letter, kind_of, kinds, message
from tests.regulation.letters.made_letters import AFTER, BEFORE, case_of, filled_cases, written

EDITS = tomllib.loads((Path(__file__).parents[2] / "cases" / "letters" / "edits.toml").read_text("utf-8"))["case"]
DENIAL = "reply_deny_process"
EVERY_LETTER = [
    pytest.param(kind, case, on, id=f"{kind} {number} {on}")
    for kind in kinds()
    for on in (BEFORE, AFTER)
    for number, case in enumerate(filled_cases(kind, on))
]


def codes(parts: list[Part], kind: str, case: CaseFacts, on: date) -> list[str]:
    return [finding.code for finding in check_letter(parts, kind, case, law_on(on - timedelta(days=25)), on)]


def denial() -> tuple[list[Part], CaseFacts]:
    case = case_of(DENIAL, AFTER, {"process_kind": "discussion", "reasons": "会议记录是讨论中的意见。"})
    return list(written(DENIAL, case, AFTER).parts), case


@pytest.mark.parametrize(("kind", "case", "on"), EVERY_LETTER)
def test_a_letter_passes_its_own_check(kind: str, case: CaseFacts, on: date) -> None:
    letter = written(kind, case, on)
    assert letter.findings == ()
    assert letter.is_complete
    assert codes(list(letter.parts), kind, case, on) == []


@pytest.mark.parametrize(("kind", "case", "on"), EVERY_LETTER)
def test_whatever_part_is_removed_it_is_missed(kind: str, case: CaseFacts, on: date) -> None:
    parts = list(written(kind, case, on).parts)
    for gone in parts:
        found = codes([part for part in parts if part != gone], kind, case, on)
        assert found, f"{kind} without its {gone.key} passes"


@pytest.mark.parametrize(("kind", "case", "on"), EVERY_LETTER)
def test_a_word_added_to_any_locked_part_is_found(kind: str, case: CaseFacts, on: date) -> None:
    parts = list(written(kind, case, on).parts)
    for place, part in enumerate(parts):
        edited = [*parts[:place], replace(part, text=part.text + "等"), *parts[place + 1 :]]
        assert bool(codes(edited, kind, case, on)) == part.locked, f"{kind}: {part.key}"


@given(requested=st.text(max_size=200), reasons=st.text(max_size=200))
def test_whatever_people_wrote_a_letter_passes_its_own_check(requested: str, reasons: str) -> None:
    case = case_of(DENIAL, AFTER, {"process_kind": "draft", "requested": requested, "reasons": f"理由{reasons}"})
    letter = written(DENIAL, case, AFTER)
    expected = [] if requested.strip() else ["LET-FACT-MISSING"]
    assert [finding.code for finding in letter.findings] == expected
    found = [code for code in codes(list(letter.parts), DENIAL, case, AFTER) if code != "LET-GAP"]
    assert found == expected


@given(data=st.data())
def test_no_change_of_a_single_character_in_a_locked_part_slips_through(data: st.DataObject) -> None:
    parts, case = denial()
    place = data.draw(st.sampled_from([number for number, part in enumerate(parts) if part.locked]))
    text = parts[place].text
    at = data.draw(st.integers(0, len(text) - 1))
    other = data.draw(st.characters(categories=("Lu", "Ll", "Lo", "Nd")).filter(lambda drawn: drawn != text[at]))
    parts[place] = replace(parts[place], text=text[:at] + other + text[at + 1 :])
    assert codes(parts, DENIAL, case, AFTER)


@pytest.mark.parametrize("case", [pytest.param(case, id=case["name"]) for case in EDITS])
def test_an_edit_is_judged_as_the_case_says(case: dict[str, Any]) -> None:
    parts, given_facts = denial()
    assert case["part"] in [part.key for part in parts]
    edited = [
        replace(part, text=case["text"]) if part.key == case["part"] else part
        for part in parts
        if part.key != case["part"] or "text" in case
    ]
    assert codes(edited, DENIAL, given_facts, AFTER) == case["findings"]


def test_a_part_does_not_come_unlocked_because_whoever_edits_says_so() -> None:
    parts, case = denial()
    edited = [replace(part, text="不予公开。", locked=False) if part.key == "decision" else part for part in parts]
    assert "LET-LOCKED-CHANGED" in codes(edited, DENIAL, case, AFTER)


def test_a_part_twice_an_unknown_one_and_another_order_are_found() -> None:
    parts, case = denial()
    assert codes([*parts, parts[-1]], DENIAL, case, AFTER) == ["LET-PART-TWICE"]
    assert codes([*parts, Part("postscript", "另：请注意查收。", False)], DENIAL, case, AFTER) == ["LET-PART-UNKNOWN"]
    assert codes([*parts[:-2], parts[-1], parts[-2]], DENIAL, case, AFTER) == ["LET-ORDER"]


def test_the_applicant_may_have_asked_about_an_article_of_another_outcome() -> None:
    facts = {"process_kind": "discussion", "reasons": "尚未定稿。", "requested": "适用《条例》第三十八条的内部讨论记录"}
    case = case_of(DENIAL, AFTER, facts)
    assert codes(list(written(DENIAL, case, AFTER).parts), DENIAL, case, AFTER) == []


def test_an_old_remedies_notice_does_not_do_for_a_letter_of_the_new_law() -> None:
    facts = {"process_kind": "discussion", "reasons": "会议记录是讨论中的意见。"}
    old = {part.key: part for part in written(DENIAL, case_of(DENIAL, BEFORE, facts), BEFORE).parts}
    parts, case = denial()
    edited = [old["remedies"] if part.key == "remedies" else part for part in parts]
    assert codes(edited, DENIAL, case, AFTER) == ["LET-REMEDY-WRONG"]


@pytest.mark.parametrize("kind", [kind for kind in kinds() if kind_of(kind).outcome])
def test_a_reply_that_cites_the_basis_of_another_outcome_is_found(kind: str) -> None:
    case = next(filled_cases(kind, AFTER))
    parts = list(written(kind, case, AFTER).parts)
    contact = next(number for number, part in enumerate(parts) if part.key == "contact")
    clashes = 0
    for other in (
        "第三十六条第（一）项",
        "第三十六条第（四）项",
        "第三十六条第（六）项",
        "第三十八条",
        "第三十九条第一款",
    ):
        edited = list(parts)
        edited[contact] = replace(parts[contact], text=f"{parts[contact].text}（《条例》{other}）")
        found = codes(edited, kind, case, AFTER)
        is_own = any(other in part.text for part in parts)
        assert found == ([] if is_own else ["LET-ARTICLE-FOREIGN"]), f"{kind} citing {other}"
        clashes += not is_own
    assert clashes >= 4


def test_every_finding_of_a_letter_is_said_in_both_languages_and_names_parts_by_their_names() -> None:
    parts, case = denial()
    found = check_letter(parts[:-4], DENIAL, case, law_on(AFTER), AFTER)
    assert found
    for finding in found:
        assert "{" not in message(finding) + message(finding, "en")
        assert advice(finding)
    said = [message(finding) for finding in found if finding.code == "LET-PART-MISSING"]
    assert "缺少“联系方式”。" in said
