"""The seven questions (补不补、是不是、谁负责、有没有、给不给、怎么给、怎么答) by which an application is decided.

Source: ogi-2019 art. 10, 14 to 16, 30, 35 to 40 for the answers; the order is practice. The seventh, how to reply, is the letter of
the outcome that the first six lead to.
"""

from __future__ import annotations

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer: it leads to a further question, to something that has to be done first (a verb), or to an outcome."""

    key: str
    label: str
    next: str = ""
    verb: str = ""
    outcome: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `short` is its place among the seven, `hint` what has to be weighed."""

    key: str
    short: str
    label: str
    hint: str
    choices: tuple[Choice, ...]

    def choice(self, key: str) -> Choice:
        """The answer of that key. Errors: KeyError when there is none."""
        return {choice.key: choice for choice in self.choices}[key]


@cache
def all_questions() -> dict[str, Question]:
    """Every question by key, in their order; the first is where one begins.

    >>> [question.short for question in all_questions().values()][:2]
    ['补不补', '是不是']
    """
    table = tomllib.loads(files(__package__).joinpath("deciding.toml").read_text("utf-8"))
    return {
        entry["key"]: Question(
            entry["key"],
            entry["short"],
            entry["label"],
            entry["hint"],
            tuple(Choice(**answer) for answer in entry["answers"]),
        )
        for entry in table["questions"]
    }


def asked(answers: Sequence[str]) -> tuple[list[tuple[Question, Choice]], Question | Choice]:
    """The questions answered so far with their answers, and what comes next: a question, or the answer that ends it.

    Answers after the end are left out. Errors: KeyError for an answer that its question doesn't have.
    >>> steps, end = asked(["clear", "yes", "no", "ours", "none"])
    >>> len(steps), end.outcome
    (5, 'not_exist')
    >>> asked(["clear"])[1].short
    '是不是'
    """
    questions = all_questions()
    question = next(iter(questions.values()))
    steps: list[tuple[Question, Choice]] = []
    for answer in answers:
        choice = question.choice(answer)
        steps.append((question, choice))
        if not choice.next:
            return steps, choice
        question = questions[choice.next]
    return steps, question
