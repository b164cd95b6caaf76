"""The column 政府信息公开 and its five fixed parts."""

from __future__ import annotations

from typing import Any

from django.db.models import Count
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from gongkai.office.organs.models import DisclosureOffice, Organ
from gongkai.office.organs.queries import site
from gongkai.office.portal.statutory import BY_KEY, PARTS
from gongkai.office.publishing.listing import COUNTED, count_up_to, latest
from gongkai.office.publishing.models import Column, Item
from gongkai.office.publishing.queries import in_category, in_column, in_field, of_organ, open_columns
from gongkai.office.publishing.showing import named_in
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import depends_on, stored
from gongkai.regulation.disclosure.catalogue import categories, fields

GLANCE = 6
"""Items a part names on the page of an agency."""
SHOWN = 200
"""Items a part names on its own page; its column's page turns to the others."""


@stored()
def guide(request: HttpRequest) -> HttpResponse:
    """政府信息公开指南: the site's own in full, those of the agencies as a list, and whom to turn to."""
    items = _items("guide")
    found = next((item for item in items if item.organ_id == site().organ_id), None)
    own = Item.objects.get(pk=found.pk) if found else None
    return _part(request, "guide", items=items, own=own, disclosure_office=_disclosure_office())


@stored()
def systems(request: HttpRequest) -> HttpResponse:
    """政府信息公开制度."""
    return _part(request, "systems", items=_items("systems"))


@stored(lambda request: [keys.HOME])
def content(request: HttpRequest) -> HttpResponse:
    """法定主动公开内容: article 20's categories, the grass-roots fields, the columns of the catalogue, the agencies."""
    parts = {part.column for part in PARTS if part.column}
    return _part(
        request,
        "content",
        categories=[(each, count_up_to(in_category(key), COUNTED)) for key, each in categories().items()],
        fields=[(each, count_up_to(in_field(key), COUNTED)) for key, each in fields().items()],
        columns=open_columns(Column.Kind.STATUTORY).exclude(code__in=parts),
        organs=Organ.objects.filter(abolished_on=None).order_by("path")[:SHOWN],
        counted=COUNTED,
    )


@stored()
def annual_reports(request: HttpRequest) -> HttpResponse:
    """政府信息公开年报: all years, all agencies."""
    return _part(request, "annual_reports", items=_items("annual_reports"))


@stored(lambda request: [keys.OFFICES])
def application(request: HttpRequest) -> HttpResponse:
    """依申请公开: how to apply today, and to whom."""
    others = DisclosureOffice.objects.select_related("organ").filter(organ__abolished_on=None).order_by("organ__path")
    own = _disclosure_office()
    shown = list((others.exclude(pk=own.pk) if own else others)[:SHOWN])
    depends_on(*(keys.organ(each.organ_id) for each in shown))
    return _part(request, "application", disclosure_office=own, others=shown)


@stored()
def organ(request: HttpRequest, code: str) -> HttpResponse:
    """The same five parts for one agency: its guide, systems, content by category, reports, and where to apply."""
    shown = get_object_or_404(Organ, code=code)
    depends_on(keys.organ(shown.pk), keys.listed("organ", shown.pk))
    own = of_organ(shown)
    counts = dict(own.order_by().values_list("art20_category").annotate(Count("pk")))
    context = {
        "organ": shown,
        "parts": PARTS,
        "items": {part.key: latest(own.filter(column__code=part.column), GLANCE) for part in PARTS if part.column},
        "newest": latest(own, GLANCE),
        "categories": [(each, counts.get(key, 0)) for key, each in categories().items()],
        "disclosure_office": DisclosureOffice.objects.filter(organ=shown).first(),
    }
    return render(request, "portal/disclosure/organ.html", context)


def _part(request: HttpRequest, key: str, **context: Any) -> HttpResponse:
    part = BY_KEY[key]
    column = Column.objects.filter(code=part.column).first() if part.column else None
    context |= {"part": part, "parts": PARTS, "column": column, "shown": SHOWN}
    return render(request, f"portal/disclosure/{key}.html", context)


def _items(key: str) -> list[Item]:
    column = Column.objects.filter(code=BY_KEY[key].column).first()
    if column is None:
        return []
    items = latest(in_column(column), SHOWN)
    depends_on(keys.column(column.pk), keys.listed("column", column.pk), *named_in(items))
    return items


def _disclosure_office() -> DisclosureOffice | None:
    organ = site().organ_id
    if organ is None:
        return None
    depends_on(keys.organ(organ))
    return DisclosureOffice.objects.filter(organ=organ).select_related("organ").first()
