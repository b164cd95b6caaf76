"""What the public finds by words in the ledgers: everything public that is no item of publishing, which the site's search finds.

A plain look through the public columns: a word is found wherever it stands, exactly as it is written there, whatever
its case or width. There is no index that could lag behind: what is hidden or struck is not found from that moment on.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet

from gongkai.office.ledgers.ledger import Ledger, ledgers
from gongkai.office.ledgers.queries import standing

LEAST, MOST_WORDS, LONGEST = 2, 5, 100
"""Characters of a word, words of a question, and characters of a question that are looked at: as the site's search has it."""


@dataclass(frozen=True, slots=True)
class Words:
    """A question in its words; `too_short` are those of one character, which nearly every record holds."""

    wanted: tuple[str, ...]
    too_short: tuple[str, ...]


def words_of(text: str) -> Words:
    """The words of a question, parted by spaces."""
    said = dict.fromkeys(text[:LONGEST].split())
    return Words(
        tuple(each for each in said if len(each) >= LEAST)[:MOST_WORDS],
        tuple(each for each in said if len(each) < LEAST),
    )


def findable() -> dict[str, Ledger]:
    """The ledgers in which the public finds something, by key."""
    return {key: each for key, each in ledgers().items() if each.findable is not None}


def found(ledger: Ledger, words: Sequence[str]) -> QuerySet[Any]:
    """The public entries in which every one of the words stands, the latest first."""
    findable = ledger.findable
    assert findable is not None, f"{ledger.key} is not for the public"
    rows = standing(ledger).filter(findable.rows)
    for word in words:
        rows = rows.filter(_somewhere(findable.columns, word))
    return rows.order_by(f"-{findable.day or ledger.day}", "-pk") if words else rows.none()


def counts(words: Sequence[str]) -> list[tuple[Ledger, int]]:
    """How many entries of each ledger the words are found in; those with none are left out."""
    rows = [(ledger, found(ledger, words).count()) for ledger in findable().values()] if words else []
    return [(ledger, number) for ledger, number in rows if number]


def _somewhere(columns: Sequence[str], word: str) -> Q:
    """In one of the columns, as it was typed or with its wide characters narrow: records have both."""
    wanted = Q()
    for written in dict.fromkeys((word, unicodedata.normalize("NFKC", word))):
        for column in columns:
            wanted |= Q(**{f"{column}__icontains": written})
    return wanted
