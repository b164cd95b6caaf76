"""Words that are commonly miswritten, or that an official text avoids: lists as data, and the office's own on top."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Literal

from gongkai.regulation.disclosure.checks.passages import Passage, passages
from gongkai.regulation.disclosure.item import Item
from gongkai.regulation.disclosure.words import CATALOGUE
from gongkai.regulation.finding import Finding

_NAMED_PLACES = 5


@dataclass(frozen=True, slots=True)
class WordRule:
    """A word to look at again, why, and what to write instead; `unless` are right words that contain it.

    Errors: ValueError for a word of fewer than two characters: it would be found in half of all texts.
    """

    word: str
    suggestion: str
    reason: str
    kind: Literal["miswritten", "sensitive"]
    unless: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(self.word) < 2:
            raise ValueError(f"a word rule needs two characters or more, not {self.word!r}")


@cache
def word_rules() -> tuple[WordRule, ...]:
    """The rules that come with the product (`wording.toml`)."""
    table = tomllib.loads(files("gongkai.regulation.disclosure").joinpath("wording.toml").read_text("utf-8"))
    return (
        *(
            WordRule(word, suggestion, "常见错别字", "miswritten", tuple(table["unless"].get(word, ())))
            for word, suggestion in table["miswritten"].items()
        ),
        *(
            WordRule(entry["word"], entry["suggestion"], entry["reason"], "sensitive", tuple(entry.get("unless", ())))
            for entry in table["sensitive"]
        ),
    )


def wording(item: Item, rules: tuple[WordRule, ...]) -> Iterator[Finding]:
    """A finding for each rule whose word an item has, with the first few places."""
    texts = [(passage, _pairs(passage.text)) for passage in passages(item)]
    for rule in rules:
        # The set of two-character pieces says at once that most words are absent, however long the lists grow.
        places = [
            passage.where(offset)
            for passage, pairs in texts
            if rule.word[:2] in pairs
            for offset in _occurrences(rule, passage)
        ]
        if places:
            named = tuple(dict.fromkeys(places))[:_NAMED_PLACES]
            code = "ITEM-MISWRITTEN" if rule.kind == "miswritten" else "ITEM-SENSITIVE"
            yield CATALOGUE.finding(
                code,
                where=named,
                quotes=(rule.word,),
                suggestion=rule.suggestion,
                reason=rule.reason,
                count=len(places),
            )


def _pairs(text: str) -> frozenset[str]:
    return frozenset(map("".join, pairwise(text)))


def _occurrences(rule: WordRule, passage: Passage) -> Iterator[int]:
    text, offset = passage.text, passage.text.find(rule.word)
    while offset >= 0:
        if not any(_covers(text, offset, rule.word, longer) for longer in rule.unless):
            yield offset
        offset = text.find(rule.word, offset + len(rule.word))


def _covers(text: str, offset: int, word: str, longer: str) -> bool:
    """Does a right, longer word stand here and hold the wrong one only by chance?"""
    return text.startswith(longer, offset - longer.index(word)) if offset >= longer.index(word) else False
