"""What the staff's screens ask: a document's life, what is wrong with it, what runs out soon."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import F, QuerySet

from gongkai.office.accounts.models import User
from gongkai.office.normative import policy, standing
from gongkai.office.normative.facts import document_of, published_on
from gongkai.office.normative.kinds import KINDS, Kind
from gongkai.office.normative.models import NormativeDocument, NormativeEvent
from gongkai.office.publishing.models import Item
from gongkai.regulation.disclosure import normative as law
from gongkai.regulation.disclosure.words import CATALOGUE
from gongkai.regulation.finding import Finding
from gongkai.regulation.law import law_on
from gongkai.regulation.workdays import provisional_workdays

WARNINGS = {"expiry_last_warning": "bad", "expiry_second_warning": "warn", "expiry_first_warning": "open"}
"""The warnings before a term ends, the last first, and the colour of the badge of whoever has reached each."""


@dataclass(frozen=True, slots=True)
class Said:
    """A finding in words."""

    severity: str
    title: str
    message: str
    advice: str


@dataclass(frozen=True, slots=True)
class Entry:
    """A line of a document's life: an event that was entered, or what its public item says by itself (`event` is None)."""

    on: date
    kind: Kind | None
    label: str
    particulars: tuple[tuple[str, str], ...] = ()
    event: NormativeEvent | None = None
    item: Item | None = None
    struck: NormativeEvent | None = None


def documents_for(by: User, *, on: date) -> QuerySet[NormativeDocument]:
    """The documents somebody sees on the staff's screens: what is not public yet first, then by the day it went public."""
    found = NormativeDocument.objects.filter(policy.within(by, on=on))
    return found.select_related("organ", "drafting_organ", "item").order_by(
        F("disclosed_on").desc(nulls_first=True), "-id"
    )


def timeline(document: NormativeDocument) -> list[Entry]:
    """A document's life in the order of its days, with what was struck."""
    rows = document.events.exclude(kind="struck").select_related("act_item", "by", "struck_by", "struck_by__by")
    entries = [_entry(row) for row in rows]
    entries += _of_item(document, {row.kind for row in rows if not hasattr(row, "struck_by")})
    return sorted(entries, key=lambda entry: (entry.on, entry.event.pk if entry.event else 0))


def procedure_findings(document: NormativeDocument, *, on: date) -> list[Said]:
    """What the procedure lacks on a day, in words, the gravest first."""
    found = law.check_procedure(document_of(document), on, provisional_workdays().add)
    order = {"error": 0, "warning": 1, "info": 2}
    return [in_words(finding) for finding in sorted(found, key=lambda finding: order[finding.severity])]


def in_words(finding: Finding) -> Said:
    """A finding as the screens say it."""
    title = CATALOGUE.entries[finding.code]["title"]
    return Said(finding.severity, title, CATALOGUE.message(finding), CATALOGUE.advice(finding))


def warning_days(on: date) -> list[int]:
    """How many days before its end a term is warned of, the last warning first. Source: the parameters of `WARNINGS`."""
    return [law_on(on).parameter(key, int).value for key in WARNINGS]


def due_soon(documents: QuerySet[NormativeDocument], *, on: date) -> list[tuple[NormativeDocument, int, str]]:
    """The documents in force whose term ends within the first warning, nearest first: days left, and the badge's colour."""
    bounds = list(zip(warning_days(on), WARNINGS.values(), strict=True))
    ending = documents.filter(
        standing.holding(on), expires_on__gte=on, expires_on__lte=on + timedelta(days=max(bounds)[0])
    ).order_by("expires_on", "id")
    return [
        (document, days, min(each for each in bounds if days <= each[0])[1])
        for document, days in _days_left(ending, on)
    ]


def acts_on(item: Item) -> QuerySet[NormativeEvent]:
    """What an item, as an act, did to documents: the other end of the links from them to it."""
    return (
        NormativeEvent.objects.filter(act_item=item, strikes=None, struck_by=None)
        .select_related("document", "document__item")
        .order_by("document__disclosed_on", "id")
    )


def _days_left(documents: QuerySet[NormativeDocument], on: date) -> Iterator[tuple[NormativeDocument, int]]:
    for document in documents:
        if document.expires_on is not None:
            yield document, (document.expires_on - on).days


def _entry(row: NormativeEvent) -> Entry:
    kind = KINDS[row.kind]
    particulars = []
    for question in kind.questions:
        value = row.detail.get(question.name)
        if value:
            shown = dict(question.shape).get(value, value) if isinstance(question.shape, tuple) else value
            particulars.append((question.label, shown))
    return Entry(row.on, kind, kind.label, tuple(particulars), row, row.act_item, getattr(row, "struck_by", None))


def _of_item(document: NormativeDocument, entered: set[str]) -> list[Entry]:
    """What the public item says by itself, where nobody entered it."""
    item = document.item
    day = published_on(item) if item else None
    if item is None or day is None:
        return []
    entries = []
    if item.written_date and "signed" not in entered:
        entries.append(Entry(item.written_date, None, "签署（成文日期，取自公开信息）", item=item))
    if item.document_number and "numbered" not in entered:
        number = (("发文字号", item.document_number),)
        entries.append(Entry(item.written_date or day, None, "登记编号（取自公开信息）", number, item=item))
    if "published" not in entered:
        term = [("施行日期", (item.effective_date or day).isoformat())]
        if item.expiry_date:
            term.append(("有效期最后一日", item.expiry_date.isoformat()))
        entries.append(Entry(day, None, "公布（由系统在公开时记下）", tuple(term), item=item))
    return entries
