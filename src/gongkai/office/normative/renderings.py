"""Which stored pages show something of a document."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from gongkai.office.normative.models import NormativeDocument, NormativeEvent

LIBRARY = "listed:normative:library"
"""The lists of the library; the pages of clean-ups and filings too, which say what the library's documents are."""


def keys_of(documents: Iterable[NormativeDocument]) -> set[str]:
    """The keys of the pages on which these documents stand: their own, those of the acts that name them, the library."""
    rows = list(documents)
    keys = {f"item:{document.item_id}" for document in rows if document.item_id}
    named = NormativeEvent.objects.filter(document__in=rows, act_item__isnull=False)
    keys |= {f"item:{key}" for key in named.values_list("act_item", flat=True)}
    own = NormativeEvent.objects.filter(act_item__in=[document.item_id for document in rows if document.item_id])
    keys |= {f"item:{key}" for key in own.values_list("document__item", flat=True) if key}
    return keys | {LIBRARY} if rows else set()


def touch_documents(documents: QuerySet[NormativeDocument]) -> int:
    """Have every page that shows something of these documents rendered again; gives the number of documents."""
    rows = list(documents.only("pk", "item"))
    touch(keys_of(rows))
    return len(rows)


def touch_lists() -> None:
    """Have the lists of the library, of clean-ups and of filings rendered again."""
    touch({LIBRARY})


def touch(keys: Iterable[str]) -> None:
    """TEMP"""
