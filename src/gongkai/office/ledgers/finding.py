"""What the public finds by words in the ledgers: everything public that is no item of publishing, which the site's search finds.

A word is found exactly where the site's search would find it: both fold texts and questions by the same function. The folded
text is kept with each entry (`sought.py`) and looked through; whether an entry is public is asked of the entry itself, so
that what is hidden or struck is not found from that moment on.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import QuerySet

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
    """How many entries of each ledger the words are found in; those with none are left out."""
    rows = [(ledger, found(ledger, words).count()) for ledger in findable().values()] if words else []
    return [(ledger, number) for ledger, number in rows if number]
