"""Following what is published, and the passing of days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from gongkai.office.audit.actions import SYSTEM, Act, record_all
from gongkai.office.normative import standing
from gongkai.office.normative.actions.entering import PROCEDURE, subject
from gongkai.office.normative.actions.registering import level_of
from gongkai.office.normative.downloads import reseal
from gongkai.office.normative.models import DayPassed, NormativeDocument
from gongkai.office.normative.renderings import touch_documents
from gongkai.office.publishing.models import Item

_AT_ONCE = 1000


@transaction.atomic
def follow(item_ids: Collection[int], *, at: datetime) -> None:
    """Take note that items were published, corrected or withdrawn: whatever is derived from them follows, in the same
    transaction. A normative document that nobody registered is registered: the library misses none.
    """
    _adopt(Item.objects.filter(pk__in=item_ids), at=at)
    _follow(list(NormativeDocument.objects.filter(item__in=item_ids).values_list("pk", flat=True)), at=at)


def catch_up(*, at: datetime) -> int:
    """Follow what became public without telling, as an import does; gives how many documents were behind."""
    count = 0
    while _waiting(Item.objects.all()).exists() or NormativeDocument.objects.filter(_behind()).exists():
        with transaction.atomic():
            adopted = _adopt(Item.objects.all(), at=at)
            behind = list(NormativeDocument.objects.filter(_behind()).values_list("pk", flat=True)[:_AT_ONCE])
            _follow(behind, at=at)
        count += adopted + len(behind)
    return count


def pass_day(*, today: date) -> int:
    """Have the pages rendered again of documents whose state changes by the calendar alone: taking effect, lapsing.

    Gives how many. Days on which nothing ran are made up for; the first time there is nothing to make up for.
    """
    if DayPassed.objects.filter(day__gte=today).exists():
        return 0
    with transaction.atomic():
        passed, is_new = DayPassed.objects.select_for_update().get_or_create(id=1, defaults={"day": today})
        days = [passed.day + timedelta(days=ahead) for ahead in range(1, (today - passed.day).days + 1)]
        if is_new or not days:
            return 0
        passed.day = today
        passed.save(update_fields=["day"])
        return touch_documents(NormativeDocument.objects.filter(standing.changing(days)))


def _adopt(items: QuerySet[Item], *, at: datetime) -> int:
    """Give public normative documents without a record theirs, a batch at most; gives how many.

    That is the record that was opened while the document was made, if one bears its number or its title; else a new one.
    """
    waiting = list(_waiting(items).select_related("organ").order_by("pk")[:_AT_ONCE])
    if not waiting:
        return 0
    opened = _opened_by({item.organ_id for item in waiting})
    joined, new, acts = [], [], []
    for item in waiting:
        document = opened.pop((item.organ_id, item.document_number), None) if item.document_number else None
        document = document or opened.pop((item.organ_id, item.title), None)
        if document is None or document in joined:
            new.append(_record_for(item, at))
            continue
        document.item = item
        joined.append(document)
        acts.append(Act(SYSTEM, "normative.link", subject(document), PROCEDURE, {"item": item.pk, "title": item.title}))
    NormativeDocument.objects.bulk_update(joined, ["item"], batch_size=500)
    NormativeDocument.objects.bulk_create(new)
    acts += [
        Act(SYSTEM, "normative.register", subject(each), PROCEDURE, {"item": each.item_id, "title": each.title})
        for each in new
    ]
    record_all(acts, at=at)
    _follow([each.pk for each in (*joined, *new)], at=at)
    return len(waiting)


def _opened_by(organs: Collection[int]) -> dict[tuple[int, str], NormativeDocument]:
    """The records without an item, by agency and number, and by agency and title."""
    found = NormativeDocument.objects.filter(organ__in=organs, item=None)
    names = {(each.organ_id, each.title): each for each in found}
    return names | {(each.organ_id, each.document_number): each for each in found if each.document_number}


def _record_for(item: Item, at: datetime) -> NormativeDocument:
    return NormativeDocument(
        organ=item.organ,
        item=item,
        title=item.title,
        level=level_of(item.organ),
        contact_unit=item.organ.name,
        registered_at=at,
    )


def _waiting(items: QuerySet[Item]) -> QuerySet[Item]:
    """Items that are normative documents without a record; found by an index that holds these items only."""
    recorded = NormativeDocument.objects.filter(item=OuterRef("pk"))
    return items.filter(~Exists(recorded), is_normative_document=True, published_at__isnull=False)


def _follow(keys: Sequence[int], *, at: datetime) -> None:
    if not keys:
        return
    documents = NormativeDocument.objects.filter(pk__in=keys)
    renamed = list(documents.filter(_public()).exclude(title=F("item__title")).select_related("item"))
    for document in renamed:
        assert document.item is not None
        document.title = document.item.title
    NormativeDocument.objects.bulk_update(renamed, ["title"], batch_size=500)
    standing.refresh(documents, at=at)
    reseal(documents, at=at)
    touch_documents(documents)


def _public() -> Q:
    return Q(item__published_at__isnull=False)


def _behind() -> Q:
    """Documents whose item changed after they last followed it."""
    changes = ("published_at", "changed_at", "withdrawn_at")
    behind = Q(item__published_at__isnull=False, followed_at=None)
    for change in changes:
        behind |= Q(**{f"item__{change}__gt": F("followed_at")})
    return (
        behind
        | (_public() & Q(item__withdrawn_at=None, is_listed=False))
        | Q(item__withdrawn_at__isnull=False, is_listed=True)
    )
