"""Which stored pages show something of a document."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import QuerySet

from gongkai.office.normative.models import NormativeDocument, NormativeEvent
from gongkai.office.publishing.search import announce
from gongkai.office.renderings import keys
from gongkai.office.renderings.actions import touch

LIBRARY = keys.listed("normative", "library")
"""The lists of the library; the pages of clean-ups and filings too, which say what the library's documents are."""


def keys_of(documents: Iterable[NormativeDocument]) -> set[str]:
    """The keys of the pages on which these documents stand: their own, those of the acts that name them, the library."""
    rows = list(documents)
    found = {keys.normative(document.pk) for document in rows}
    found |= {keys.item(document.item_id) for document in rows if document.item_id}
    named = NormativeEvent.objects.filter(document__in=rows, act_item__isnull=False)
    found |= {keys.item(key) for key in named.values_list("act_item", flat=True) if key}
    own = NormativeEvent.objects.filter(act_item__in=[document.item_id for document in rows if document.item_id])
    found |= {keys.item(key) for key in own.values_list("document__item", flat=True) if key}
    return found | {LIBRARY} if rows else set()


def touch_documents(documents: QuerySet[NormativeDocument]) -> int:
    """Have every page that shows something of these documents rendered again, and search know their validity.

    Gives the number of documents. In a transaction, at its end.
    """
    rows = list(documents.select_related("item"))
    announce([document.item_id for document in rows if document.item_id is not None and document.is_listed])
    touch(keys_of(rows))
    return len(rows)


def touch_lists() -> None:
    """Have the lists of the library, of clean-ups and of filings rendered again."""
    touch({LIBRARY})
