"""What the public finds by words in the ledgers: everything public that is no item of publishing, which the site's search finds.

A word is found exactly where the site's search would find it: both fold texts and questions by the same function. The folded
text is kept with each entry (`sought.py`) and looked through; whether an entry is public is asked of the entry itself, so
that what is hidden or struck is not found from that moment on.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count, QuerySet, Value

from gongkai.office.ledgers.ledger import Ledger, ledgers
from gongkai.office.ledgers.queries import standing


def findable() -> dict[str, Ledger]:
    """The ledgers in which the public finds something, by key."""
    return {key: each for key, each in ledgers().items() if each.findable is not None}


def found(ledger: Ledger, words: Sequence[str]) -> QuerySet[Any]:
    """The public entries in which every one of the words stands, the latest first; words as the search's `words` folds them."""
    findable = ledger.findable
    assert findable is not None, f"{ledger.key} is not for the public"
    rows = standing(ledger).filter(findable.rows)
    for word in words:
        rows = rows.filter(sought__contains=word)
    return rows.order_by(f"-{findable.day or ledger.day}", "-pk") if words else rows.none()


def counts(words: Sequence[str]) -> list[tuple[Ledger, int]]:
    """How many entries of each ledger the words are found in, asked at once; those with none are left out."""
    if not words:
        return []
    question, given = _counting(len(words))
    asked = {_like(_mark(place)): _like(word) for place, word in enumerate(words)}
    with connection.cursor() as cursor:
        cursor.execute(question, [asked.get(each, each) for each in given])
        numbers = dict(cursor.fetchall())
    return [(ledger, numbers[key]) for key, ledger in findable().items() if numbers[key]]


@cache
def _counting(length: int) -> tuple[str, tuple[Any, ...]]:
    """The question for so many words, with marks in their places: always the same, and dearer to write than to answer."""
    marks = [_mark(place) for place in range(length)]
    first, *others = (
        found(ledger, marks).order_by().values_list(Value(key)).annotate(number=Count("pk"))
        for key, ledger in findable().items()
    )
    question, given = first.union(*others, all=True).query.sql_with_params()
    return question, given


def _mark(place: int) -> str:
    """What stands for a word; no folded text holds it."""
    return f"\0{place}"


def _like(word: str) -> str:
    """A word as `contains` asks for it."""
    return f"%{connection.ops.prep_for_like_query(word)}%"
