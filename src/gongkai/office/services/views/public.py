"""What the public sees: items and their implementation lists, places, and the counters of online cases."""

from __future__ import annotations

from django.db.models import Count
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.ledgers.views.public import entry, listing
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import depends_on, stored
from gongkai.office.services import queries
from gongkai.office.services.ledgers import ITEM, listed
from gongkai.office.services.words import ITEM_TYPES


@stored(lambda request, **parts: [listed("item")])
def items(request: HttpRequest, item_type: str, number: int) -> HttpResponse:
    """The items, of one type or of all."""
    labels = dict(ITEM_TYPES)
    if item_type and item_type not in labels:
        raise Http404("没有这一类事项。")
    rows = queries.public_items()
    counts = dict(rows.order_by().values_list("item_type").annotate(Count("pk")))
    context = listing(request, ITEM, queries.items_of(rows, item_type), number)
    choices = [("全部", reverse("services_items_public"), sum(counts.values()), not item_type)] + [
        (label, reverse("services_items_of", args=[key]), counts[key], key == item_type)
        for key, label in labels.items()
        if counts.get(key)
    ]
    context |= {
        "lead": "到政府办什么事、带什么材料、多长时间、在哪里办。",
        "choices": [("按类型", choices), ("相关", _neighbours())],
    }
    if item_type:
        context["title"] += f"：{labels[item_type]}"
    return render(request, "ledgers/public/list.html", context)


@stored(lambda request, pk: [listed("item")])
def item(request: HttpRequest, pk: int) -> HttpResponse:
    """An item with its implementation list."""
    found = get_object_or_404(queries.public_items(), pk=pk)
    context = entry(ITEM, found)
    if found.cancelled_on:
        context |= {"badge": f"{found.cancelled_on}起取消", "colour": "red"}
    return render(request, "services/public/item.html", context | {"tags": found.tags})


@stored(lambda request: [listed("point"), keys.DAY])
def points(request: HttpRequest) -> HttpResponse:
    """The places that are open to the public."""
    rows = list(queries.points_open(localdate()))
    depends_on(*{keys.organ(each.organ_id) for each in rows})
    return render(request, "services/public/points.html", {"points": rows, "choices": [("相关", _neighbours())]})


@stored(lambda request, **parts: [listed("cases")])
def cases(request: HttpRequest, year: int = 0) -> HttpResponse:
    """The counters of a year, the last one where none is named."""
    years = queries.years_counted()
    if year and year not in years:
        raise Http404("这一年没有网上办件数。")
    shown = year or (years[0] if years else 0)
    # Before the first month is reported there is no year to show.
    table, sums = queries.monthly(shown) if shown else ([], [])
    context = {"year": shown, "years": years, "table": table, "sums": sums, "total": sum(sums), "months": range(1, 13)}
    return render(request, "services/public/cases.html", context)


def _neighbours() -> list[tuple[str, str, None, bool]]:
    names = {"服务网点": "services_points_public", "网上办件": "services_cases_public"}
    return [(label, reverse(name), None, False) for label, name in names.items()]
