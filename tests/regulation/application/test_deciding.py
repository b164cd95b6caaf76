"""The seven questions lead to every outcome, and nowhere else."""

import pytest

from gongkai.regulation.application import VERBS, all_questions, asked, outcomes


def test_every_outcome_is_reached_by_some_answers():
    reached = {choice.outcome for question in all_questions().values() for choice in question.choices if choice.outcome}
    assert reached == set(outcomes())


def test_every_answer_leads_to_exactly_one_thing():
    for question in all_questions().values():
        for choice in question.choices:
            leads = [choice.next, choice.verb, choice.outcome]
            assert sum(map(bool, leads)) == 1, (question.key, choice.key)
            assert not choice.next or choice.next in all_questions()
            assert not choice.verb or choice.verb in VERBS


def test_no_answer_leads_back():
    order = list(all_questions())
    for question in all_questions().values():
        for choice in question.choices:
            assert not choice.next or order.index(choice.next) > order.index(question.key)


def test_the_questions_come_in_the_order_of_practice():
    places = list(dict.fromkeys(question.short for question in all_questions().values()))
    assert places == ["补不补", "是不是", "谁负责", "有没有", "给不给", "怎么给"]


def test_nothing_answered_begins_with_the_first():
    steps, question = asked([])
    assert steps == []
    assert question.key == "complete"


def test_an_answer_that_a_question_does_not_have_is_no_answer():
    with pytest.raises(KeyError):
        asked(["maybe"])
