"""Lists of items: by column and topic, by category of article 20, by grass-roots field, by agency.

Every list has the same four addresses: itself, `page/2/`, `year/2023/`, `year/2023/page/2/`; never a query string, so that
each page can be stored.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.listing import NoSuchPage, Page, latest, of_year, page_of, years_of
from gongkai.office.publishing.models import Column, Item
from gongkai.office.publishing.queries import (
    ancestors,
    coverage,
    descendants,
    in_category,
    in_column,
    in_field,
    of_organ,
    open_columns,
)
from gongkai.office.publishing.showing import named_in
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import depends_on, do_not_keep, stored
from gongkai.regulation.disclosure.catalogue import categories, channels, fields

GLANCE = 6
"""Items a column shows of each column below it."""
FIELD_GLANCE = 10
"""Items a field's page shows below its table."""
KEPT_PAGES = 50
"""Pages of a list that are kept as files; hardly anybody turns further, and each new item moves them all."""


@dataclass(frozen=True, slots=True)
class Listing:
    """A page of a list with the addresses around it. `base` is the list's own address."""

    page: Page
    base: str
    year: int | None
    years: list[int]


@stored()
def column(request: HttpRequest, code: str, number: int | None = None, year: int | None = None) -> HttpResponse:
    """A column or topic: what stands below it, and its own items."""
    shown = get_object_or_404(Column.objects.select_related("organ"), code=code)
    below = [] if number or year else [(each, latest(in_column(each), GLANCE)) for each in descendants(shown)]
    trail, beside = ancestors(shown), list(_beside(shown))
    depends_on(*(keys.column(each.pk) for each in [shown, *trail, *beside]), keys.listed("column", shown.pk))
    for each, items in below:
        depends_on(keys.column(each.pk), keys.listed("column", each.pk), *named_in(items))
    context = {"column": shown, "trail": trail, "below": below, "beside": beside}
    base = reverse("column", args=[code])
    return _answer(request, "column.html", in_column(shown), base, number, year, context)


@stored(lambda request, key, **where: [keys.listed("category", key)])
def category(request: HttpRequest, key: str, number: int | None = None, year: int | None = None) -> HttpResponse:
    """The items of one of article 20's categories."""
    context = {"category": _known(categories(), key), "categories": categories().values()}
    base = reverse("category", args=[key])
    return _answer(request, "category.html", in_category(key), base, number, year, context)


@stored(lambda request, key: [keys.listed("field", key)])
def field(request: HttpRequest, key: str) -> HttpResponse:
    """A grass-roots field: its standard catalogue with what is public for each row, and the newest items."""
    rows, items = coverage(key), latest(in_field(key), FIELD_GLANCE)
    placed = {each.row.column_id for each in rows if each.row.column_id}
    depends_on(*named_in(items), *(keys.listed("column", pk) for pk in placed), *(keys.column(pk) for pk in placed))
    depends_on(*(keys.organ(each.row.responsible_organ_id) for each in rows if each.row.responsible_organ_id))
    context = {
        "field": _known(fields(), key),
        "fields": fields().values(),
        "rows": rows,
        "covered": sum(1 for each in rows if each.count),
        "channels": channels(),
        "items": items,
    }
    return render(request, "publishing/public/field.html", context)


@stored(lambda request, key, **where: [keys.listed("field", key)])
def field_items(request: HttpRequest, key: str, number: int | None = None, year: int | None = None) -> HttpResponse:
    """All items of a grass-roots field."""
    context = {"field": _known(fields(), key), "fields": fields().values()}
    base = reverse("field_items", args=[key])
    return _answer(request, "field_items.html", in_field(key), base, number, year, context)


@stored()
def organ_items(request: HttpRequest, code: str, number: int | None = None, year: int | None = None) -> HttpResponse:
    """What an agency has published."""
    shown = get_object_or_404(Organ, code=code)
    depends_on(keys.organ(shown.pk), keys.listed("organ", shown.pk))
    base = reverse("organ_items", args=[code])
    return _answer(request, "organ_items.html", of_organ(shown), base, number, year, {"organ": shown})


def _answer(
    request: HttpRequest,
    template: str,
    items: QuerySet[Item],
    base: str,
    number: int | None,
    year: int | None,
    context: dict[str, Any],
) -> HttpResponse:
    within = base if year is None else f"{base}year/{year}/"
    if number == 1:
        return HttpResponsePermanentRedirect(within)
    years = years_of(items)
    if year is not None and year not in years:
        raise Http404("这一年没有公开的信息")
    try:
        page = page_of(items if year is None else of_year(items, year), 1 if number is None else number)
    except NoSuchPage as missing:
        raise Http404("没有这一页") from missing
    depends_on(*named_in(page.items))
    if page.number > KEPT_PAGES:
        do_not_keep()
    listing = Listing(page, base, year, years)
    return render(request, f"publishing/public/{template}", {**context, "listing": listing})


def _beside(shown: Column) -> QuerySet[Column]:
    return open_columns().filter(parent=shown.parent_id, kind=shown.kind)


def _known(entries: Any, key: str) -> Any:
    if key not in entries:
        raise Http404("没有这个类别")
    return entries[key]
