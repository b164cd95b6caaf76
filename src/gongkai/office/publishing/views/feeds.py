"""Feeds of the newest items, as RSS and as Atom: of the site, a column, a category, an agency."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed, Rss201rev2Feed

from gongkai.office.organs.models import Organ
from gongkai.office.organs.queries import site
from gongkai.office.publishing.listing import latest
from gongkai.office.publishing.models import Column, Item
from gongkai.office.publishing.queries import in_category, in_column, of_organ, public_items
from gongkai.office.publishing.showing import named_in
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import depends_on, stored
from gongkai.regulation.disclosure.catalogue import categories

LENGTH = 50
KINDS = {"rss": Rss201rev2Feed, "atom": Atom1Feed}


@stored(lambda request, kind: [keys.HOME])
def site_feed(request: HttpRequest, kind: str) -> HttpResponse:
    """The newest of the whole site."""
    return _feed(request, kind, public_items(), "最新公开", reverse("home"))


@stored()
def column_feed(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The newest of a column."""
    column = get_object_or_404(Column, code=code)
    depends_on(keys.column(column.pk), keys.listed("column", column.pk))
    return _feed(request, kind, in_column(column), column.name, reverse("column", args=[code]))


@stored(lambda request, key, kind: [keys.listed("category", key)])
def category_feed(request: HttpRequest, key: str, kind: str) -> HttpResponse:
    """The newest of one of article 20's categories."""
    if key not in categories():
        raise Http404("没有这个类别")
    return _feed(request, kind, in_category(key), categories()[key].label, reverse("category", args=[key]))


@stored()
def organ_feed(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The newest of an agency."""
    organ = get_object_or_404(Organ, code=code)
    depends_on(keys.organ(organ.pk), keys.listed("organ", organ.pk))
    return _feed(request, kind, of_organ(organ), organ.name, reverse("organ_items", args=[code]))


def _feed(request: HttpRequest, kind: str, items: QuerySet[Item], title: str, page: str) -> HttpResponse:
    feed = KINDS[kind](
        title=f"{title} - {site().name}",
        link=f"{settings.SITE_URL}{page}",
        description=f"{title}：最新公开的政府信息",
        language="zh-CN",
        feed_url=f"{settings.SITE_URL}{request.path}",
        feed_guid=f"{settings.SITE_URL}{page}",
    )
    newest: datetime | None = None
    rows = latest(items, LENGTH)
    depends_on(*named_in(rows), *(keys.column(item.column_id) for item in rows))
    for item in rows:
        address = f"{settings.SITE_URL}{reverse('item', args=[item.pk])}"
        feed.add_item(
            title=item.title,
            link=address,
            description=item.summary or item.title,
            unique_id=address,
            author_name=item.organ.name,
            pubdate=item.published_at,
            updateddate=item.published_at,
            categories=[item.column.name],
        )
        newest = newest or item.published_at
    # An empty feed has no newest item; it must still be the same text each time it is made.
    feed.latest_post_date = lambda: newest or datetime.fromisoformat("2008-05-01T00:00:00+08:00")  # type: ignore[method-assign]
    return HttpResponse(feed.writeString("utf-8"), content_type=f"application/{kind}+xml; charset=utf-8")
