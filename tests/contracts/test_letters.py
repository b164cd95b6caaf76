"""Letters as data: every outcome has its reply, every brace a meaning, every basis an article, every part a name."""

import pytest

from gongkai.regulation.application import outcomes
from gongkai.regulation.law import law_on, resolve
from gongkai.regulation.letters import Kind, kind_of, kinds, known_facts, label, questions, reply_kind
from gongkai.regulation.letters.facts import Office
from gongkai.regulation.letters.filling import Words
from tests.regulation.letters.made_letters import AFTER, case_of

every_kind = pytest.mark.parametrize("kind", kinds().values(), ids=lambda kind: kind.key)
every_outcome = pytest.mark.parametrize("outcome", outcomes().values(), ids=lambda outcome: outcome.key)


def sources(kind: Kind) -> set[str]:
    by_choice = [source for by in kind.basis_by.values() for found in by.values() for source in found]
    return {*kind.basis, *by_choice}


@every_kind
def test_every_brace_has_a_meaning(kind: Kind) -> None:
    words = Words(kind, case_of(kind.key, AFTER, {}), law_on(AFTER), AFTER)
    for pattern in kind.patterns:
        if pattern.key != "remedies":
            assert all(words[blank] is not None for blank in pattern.blanks)


@every_kind
def test_every_basis_is_an_article_and_stands_in_a_locked_part(kind: Kind) -> None:
    for source in sources(kind):
        assert source.startswith("@") or resolve(source)
    if sources(kind):
        assert any("{basis}" in pattern.text and pattern.locked for pattern in kind.patterns)


@every_kind
def test_every_part_and_condition_is_named(kind: Kind) -> None:
    for pattern in kind.patterns:
        assert label(pattern.key) != pattern.key
        assert label(pattern.key, "en").isascii()
        for fact, choices in pattern.when.items():
            assert set(choices) <= set(known_facts()[fact].choices)
        assert set(pattern.if_given) <= set(known_facts())
    for fact, by in kind.basis_by.items():
        assert set(by) == set(known_facts()[fact].choices) or kind.key == "third_party_outcome"


@every_kind
def test_the_frame_of_a_letter_is_locked(kind: Kind) -> None:
    locked = {pattern.key for pattern in kind.patterns if pattern.locked}
    assert {"title", "number", "addressee", "opening", "signature", "seal", "date"} <= locked
    assert locked & {"decision", "clock"}
    assert all(pattern.locked for pattern in kind.patterns if pattern.key == "remedies")


def test_every_fact_is_asked_for_by_some_letter() -> None:
    asked = {fact.key for kind in kinds() for fact, _ in questions(kind, every_choice(kind))}
    assert asked == set(known_facts())


@every_outcome
def test_an_outcome_has_a_reply_that_rests_on_its_sources(outcome) -> None:  # type: ignore[no-untyped-def]
    reply = kind_of(reply_kind(outcome.key))
    assert reply.outcome == outcome.key
    assert reply.remedies != "none"
    for source in outcome.sources:
        if source.startswith("report-form"):
            assert reply.basis in ((), ("@report_form_edition",))
        else:
            assert any(found == source or found.startswith(f"{source}-") for found in sources(reply)), source


@every_outcome
def test_a_reply_asks_for_what_the_outcome_requires_and_must_state(outcome) -> None:  # type: ignore[no-untyped-def]
    asked = [fact for fact, _ in questions(reply_kind(outcome.key), every_choice(reply_kind(outcome.key)))]
    assert set(outcome.requires) <= {fact.proves for fact in asked}
    assert set(outcome.must_state) <= {words for fact in asked for words in fact.states}
    if outcome.reasons:
        assert any("理由" in fact.label for fact in asked)


def every_choice(kind: str) -> dict[str, tuple[str, ...]]:
    """All choices at once, so that every part of the kind is there."""
    wanted: dict[str, tuple[str, ...]] = {}
    for pattern in kind_of(kind).patterns:
        for fact, choices in pattern.when.items():
            wanted[fact] = (*wanted.get(fact, ()), *choices)
    return wanted


def test_an_office_names_what_the_letters_take_from_it() -> None:
    assert {"agency", "court", "own_government", "superior", "contact_person"} <= set(Office.__dataclass_fields__)
