"""The lists that a clean-up round (清理) publishes, and what it forgot.

Source: normative-2018#supervision.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from gongkai.regulation.disclosure.normative.events import CleanedUp, NormativeDocument
from gongkai.regulation.disclosure.normative.validity import is_in_force
from gongkai.regulation.disclosure.words import CATALOGUE
from gongkai.regulation.finding import Finding


@dataclass(frozen=True, slots=True)
class CleanupLists:
    """The three lists of a round, by document key: 继续有效, 拟修改, 废止和失效."""

    round: str
    continued: tuple[str, ...]
    revised: tuple[str, ...]
    ended: tuple[str, ...]


def cleanup_lists(documents: Iterable[NormativeDocument], round: str) -> CleanupLists:
    """The lists of a round, each in the order of the documents."""
    lists: dict[str, list[str]] = {"continued": [], "revised": [], "repealed": [], "lapsed": [], "ended": []}
    for document in documents:
        for event in document.all_of(CleanedUp):
            if event.round == round:
                lists["ended" if event.outcome in ("repealed", "lapsed") else event.outcome].append(document.key)
    return CleanupLists(round, tuple(lists["continued"]), tuple(lists["revised"]), tuple(lists["ended"]))


def cleanup_findings(documents: Iterable[NormativeDocument], round: str, on: date) -> Iterator[Finding]:
    """A finding for each document in force on a day that no list of the round names."""
    for document in documents:
        named = any(event.round == round for event in document.all_of(CleanedUp, on))
        if not named and is_in_force(document, on):
            yield CATALOGUE.finding("NORM-CLEANUP-MISSING", round=round, title=document.title)
