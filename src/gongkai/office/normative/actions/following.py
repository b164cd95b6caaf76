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
    """Register public normative documents that have no record yet, a batch at most; gives how many."""
    new = [
        NormativeDocument(
            organ=item.organ,
            item=item,
            title=item.title,
            level=level_of(item.organ),
            contact_unit=item.organ.name,
            registered_at=at,
        )
        for item in _waiting(items).select_related("organ").order_by("pk")[:_AT_ONCE]
    ]
    if not new:
        return 0
    NormativeDocument.objects.bulk_create(new)
    acts = [
        Act(SYSTEM, "normative.register", subject(each), PROCEDURE, {"item": each.item_id, "title": each.title})
        for each in new
    ]
    record_all(acts, at=at)
    _follow([each.pk for each in new], at=at)
    return len(new)


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
