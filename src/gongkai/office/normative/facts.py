"""From what is stored to the facts that the law core judges."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from django.db.models import Prefetch, QuerySet
from django.utils.timezone import localdate

from gongkai.office.normative.kinds import KINDS
from gongkai.office.normative.models import NormativeDocument, NormativeEvent
from gongkai.office.publishing.models import Item
from gongkai.regulation.disclosure import normative as law

_CHUNK = 500


def standing_events() -> QuerySet[NormativeEvent]:
    """The events that count: neither struck nor a correction themselves."""
    return NormativeEvent.objects.filter(strikes=None, struck_by=None)


def fact_of(event: NormativeEvent) -> law.NormativeEvent | None:
    """The law's fact of a stored event; None for what the law asks nothing of.

    Errors: KeyError or ValueError for particulars that the kind doesn't have; actions let no such event in.
    """
    make = KINDS[event.kind].fact
    return make(event.on, event.detail) if make else None


def document_of(document: NormativeDocument, events: Iterable[NormativeEvent] | None = None) -> law.NormativeDocument:
    """A document as the law core knows it, by its key. `events` are those that count, if they are at hand."""
    at_hand = standing_events().filter(document=document) if events is None else events
    # The order of entry decides between events of one day, whoever asks and in whatever order they come.
    found = [fact_of(event) for event in sorted(at_hand, key=lambda event: (event.on, event.pk or 0))]
    facts = [fact for fact in found if fact is not None]
    if document.item is not None:
        facts += _said_by(document.item, {type(fact) for fact in facts})
    return law.NormativeDocument(
        key=str(document.pk),
        title=document.title,
        events=tuple(facts),
        affects_rights=document.affects_rights,
        concerns_business=document.concerns_business,
        emergency_reason=document.emergency_reason,
    )


def documents_of(documents: QuerySet[NormativeDocument]) -> Iterator[tuple[NormativeDocument, law.NormativeDocument]]:
    """Documents with their facts, a few queries for hundreds of them, whatever their number."""
    counted = Prefetch("events", queryset=standing_events(), to_attr="counted_events")
    for document in documents.select_related("item").prefetch_related(counted).iterator(chunk_size=_CHUNK):
        yield document, document_of(document, document.counted_events)


def published_on(item: Item) -> date | None:
    """The day an item went public, by the calendar of the office."""
    return localdate(item.published_at) if item.published_at else None


def _said_by(item: Item, entered: set[type]) -> Iterator[law.NormativeEvent]:
    """What the public item itself says, where nobody entered it: signature, number, publication.

    The term is thus never typed in twice. A withdrawn page doesn't undo the publication of the document.
    """
    published = published_on(item)
    if published is None:
        return
    if item.written_date and law.Signed not in entered:
        yield law.Signed(item.written_date)
    if item.document_number and law.Numbered not in entered:
        yield law.Numbered(item.written_date or published, item.document_number)
    if law.Published not in entered:
        yield law.Published(published, item.effective_date or published, item.expiry_date)
