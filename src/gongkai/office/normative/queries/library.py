"""The public library: which documents, by agency, year, class, words, and the day on which they hold."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.timezone import localdate

from gongkai.office.normative import standing
from gongkai.office.normative.facts import document_of
from gongkai.office.normative.models import NormativeDocument
from gongkai.office.publishing.models import Item
from gongkai.regulation.disclosure import normative as law
from gongkai.regulation.disclosure.document_number import normalise_document_numbers

STATES = ("holding", "in_force", "amended", "published_not_effective", "lapsed", "repealed")
"""What may be asked for: `holding` is in force in either text."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A question to the library; what is left empty doesn't narrow it. `on` is the day the state is asked for."""

    on: date
    state: str = ""
    organ: str = ""
    year: int | None = None
    level: str = ""
    text: str = ""


def library(wanted: Wanted) -> QuerySet[NormativeDocument]:
    """The public documents that answer, the newest first. A document published after the day is not there yet on it."""
    found = NormativeDocument.objects.filter(is_listed=True, disclosed_on__lte=wanted.on)
    if wanted.state:
        found = found.filter(_in(wanted.state, wanted.on))
    if wanted.organ:
        found = found.filter(organ__code=wanted.organ)
    if wanted.year:
        found = found.filter(disclosed_on__year=wanted.year)
    if wanted.level:
        found = found.filter(level=wanted.level)
    found = with_words(found, wanted.text)
    return found.select_related("organ").order_by("-disclosed_on", "-id")


def counts(states: Iterable[str], *, on: date) -> dict[str, int]:
    """How many public documents stand in each of some states on a day: one look at the table."""
    public = NormativeDocument.objects.filter(is_listed=True, disclosed_on__lte=on)
    return public.aggregate(**{state: Count("pk", filter=_in(state, on)) for state in states})


def with_words(documents: QuerySet[NormativeDocument], text: str) -> QuerySet[NormativeDocument]:
    """Those that have every word in their title or their number; numbers in whatever brackets."""
    for word in normalise_document_numbers(text).split():
        documents = documents.filter(Q(title__icontains=word) | Q(document_number__icontains=word))
    return documents


def of_item(item: Item) -> NormativeDocument | None:
    """The document whose text an item is."""
    return NormativeDocument.objects.select_related("organ", "drafting_organ", "item").filter(item=item).first()


def standing_of(document: NormativeDocument, *, on: date) -> law.Validity:
    """Where a document stands on a day, with reason and act, straight from its facts."""
    return law.validity(document_of(document), on)


def validity_today(items: Collection[int]) -> dict[int, str]:
    """The state today of the documents whose texts these items are: what search filters by."""
    today = localdate()
    found = NormativeDocument.objects.filter(item__in=items)
    return {each.item_id: state for each in found if each.item_id and (state := state_on(each, today))}


def state_on(document: NormativeDocument, on: date) -> str:
    """A document's state on a day by its derived columns; empty before its publication."""
    return standing.kept(document).state_on(on) or ""


def _in(state: str, on: date) -> Q:
    return standing.holding(on) if state == "holding" else standing.in_state(state, on)
