"""What publishing gives to the annual report: items made public, on the website, on the three battles; columns; fields.

A period is counted as its last day left it: what went public in it and was not withdrawn by then. Counting the same
period again years later gives the same records, unless somebody changed one back in time.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.timezone import localdate, make_aware

from gongkai.office.organs.models import Site
from gongkai.office.publishing.models import PUBLIC, Column, Item
from gongkai.regulation.disclosure.catalogue import Field, fields
from gongkai.regulation.tally import Counted, Measure, Tally

ITEM, COLUMN, FIELD = "publishing.item", "publishing.column", "publishing.grassroots_field"
THREE_BATTLES = "three-battles"
"""The code of the topic (专栏) under which the items on the three battles stand, in it or in a topic below it."""

MEASURES = {
    measure.key: measure
    for measure in (
        Measure(
            "items_disclosed",
            "主动公开政府信息",
            "条",
            "统计年度内由本机关首次公开、到年底没有撤回的政府信息，每条计1条；转载的信息不计。",
            ITEM,
            "ogi-2019#50",
            is_public=True,
        ),
        Measure(
            "website_items",
            "政府网站发布信息",
            "条",
            "统计年度内在本网站发布、到年底没有撤回的信息，每条计1条；包括转载的信息。",
            ITEM,
            is_public=True,
        ),
        Measure(
            "three_battles_items",
            "三大攻坚战信息",
            "条",
            "统计年度内公开、到年底没有撤回，并列入“三大攻坚战”专栏或者其下级专栏的信息；列入几个专栏的只计1条。",
            ITEM,
            is_public=True,
        ),
        Measure("columns", "专栏", "个", "到年底开设着的专栏，每个计1个；停用的不计。", COLUMN, is_public=True),
        Measure(
            "grassroots_fields",
            "基层政务公开标准化规范化领域",
            "个",
            "国家规定的26个试点领域中，到年底至少有一条公开信息的领域，每个领域计1个。",
            FIELD,
            "grassroots-2019#fields",
            is_public=True,
        ),
    )
}


def tally(organs: Collection[int], first: date, last: date, edition: str) -> list[Tally]:
    """The figures of these agencies (primary keys) in a period, both days included; the same in every edition."""
    own, reprints = _published(organs, first, last)
    disclosed = tuple(sorted(own))
    counted = {
        "items_disclosed": disclosed,
        "website_items": tuple(sorted([*own, *reprints])) if reprints else disclosed,
        "three_battles_items": _three_battles(organs, first, last),
        "columns": _columns(organs, last),
        "grassroots_fields": _fields(organs, last),
    }
    return [Tally(MEASURES[key], len(ids), ids) for key, ids in counted.items()]


def published_in(first: date, last: date) -> QuerySet[Item]:
    """The public items, whoever's they are, that went out from a day to a day, both included."""
    opening, close = bounds(first, last)
    return Item.objects.filter(PUBLIC, published_at__gte=opening, published_at__lt=close).order_by()


def counted(kind: str, ids: Sequence[int]) -> list[Counted]:
    """The records behind a count, in the order of the ids.

    Errors: KeyError for a kind this room doesn't count.
    """
    return {ITEM: _items_behind, COLUMN: _columns_behind, FIELD: _fields_behind}[kind](ids)


def _published(organs: Collection[int], first: date, last: date) -> tuple[list[int], list[int]]:
    """Own items and reprints that went public in the period and were public at its end.

    What is public today is read off an index that holds nothing else; reprints, and the few that were withdrawn since,
    are asked for apart: no row is looked at, for its body would be read too.
    """
    opening, close = bounds(first, last)
    in_period = Q(organ__in=organs, published_at__gte=opening, published_at__lt=close)
    items = Item.objects.filter(in_period).order_by()
    public = items.filter(PUBLIC).values_list("pk", flat=True)
    reprints = list(items.filter(PUBLIC, is_reprint=True).values_list("pk", flat=True))
    own = list(set(public).difference(reprints)) if reprints else list(public)
    for pk, is_reprint in items.filter(withdrawn_at__gte=close).values_list("pk", "is_reprint"):
        (reprints if is_reprint else own).append(pk)
    return own, reprints


def _three_battles(organs: Collection[int], first: date, last: date) -> tuple[int, ...]:
    paths = Column.objects.filter(code=THREE_BATTLES).values_list("path", flat=True)
    columns = [pk for path in paths for pk in Column.objects.filter(path__startswith=path).values_list("pk", flat=True)]
    if not columns:
        return ()
    opening, close = bounds(first, last)
    elsewhere = Item.topics.through.objects.filter(column__in=columns).values("item")
    found = Item.objects.filter(Q(column__in=columns) | Q(pk__in=elsewhere), _public_at(close), organ__in=organs)
    return tuple(found.filter(published_at__gte=opening).order_by("pk").values_list("pk", flat=True).distinct())


def _columns(organs: Collection[int], last: date) -> tuple[int, ...]:
    """Topics of the agencies; those that name no agency are the site's own and count for whoever runs it."""
    whose = Q(organ__in=organs)
    if Site.objects.filter(organ__in=organs).exists():
        whose |= Q(organ=None)
    open_then = Q(closed_on=None) | Q(closed_on__gt=last)
    found = Column.objects.filter(whose, open_then, kind=Column.Kind.TOPIC)
    return tuple(found.order_by("pk").values_list("pk", flat=True))


def _fields(organs: Collection[int], last: date) -> tuple[int, ...]:
    """The numbers of the fields in which something was public on a day; the index answers for each."""
    _, close = bounds(last, last)
    theirs = Item.objects.filter(organ__in=organs, published_at__lt=close).order_by()
    since_withdrawn = set(theirs.filter(withdrawn_at__gte=close).values_list("grassroots_field", flat=True))
    return tuple(
        field.number
        for field in fields().values()
        if field.key in since_withdrawn or theirs.filter(PUBLIC, grassroots_field=field.key).exists()
    )


def _public_at(close: datetime) -> Q:
    return Q(published_at__lt=close) & (Q(withdrawn_at=None) | Q(withdrawn_at__gte=close))


def bounds(first: date, last: date) -> tuple[datetime, datetime]:
    """The moments at which a period of days begins and is over, by the calendar of the office."""
    after = last + timedelta(days=1)
    return make_aware(datetime.combine(first, time.min)), make_aware(datetime.combine(after, time.min))


def _items_behind(ids: Sequence[int]) -> list[Counted]:
    items = Item.objects.filter(pk__in=ids).select_related("organ").defer("body")
    found = {item.pk: item for item in items}
    return [_item(found[pk]) for pk in ids if pk in found]


def _item(item: Item) -> Counted:
    return Counted(
        id=item.pk,
        title=item.title,
        on=localdate(item.published_at) if item.published_at else None,
        organ=item.organ.name,
        staff_path=reverse("publishing_item", args=[item.pk]),
        public_path=reverse("item", args=[item.pk]) if item.is_public else "",
    )


def _columns_behind(ids: Sequence[int]) -> list[Counted]:
    found = Column.objects.select_related("organ").in_bulk(ids)
    return [_column(found[pk]) for pk in ids if pk in found]


def _column(column: Column) -> Counted:
    organ = column.organ.name if column.organ else ""
    return Counted(column.pk, column.name, None, organ, public_path=reverse("column", args=[column.code]))


def _fields_behind(ids: Sequence[int]) -> list[Counted]:
    by_number: dict[int, Field] = {field.number: field for field in fields().values()}
    return [
        Counted(pk, by_number[pk].label, None, public_path=reverse("field", args=[by_number[pk].key]))
        for pk in ids
        if pk in by_number
    ]
