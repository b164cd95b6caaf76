"""Pages of the frame itself."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.office.organs.models import Organ
from gongkai.office.portal.statutory import PARTS
from gongkai.office.publishing.listing import latest
from gongkai.office.publishing.models import Column, Item
from gongkai.office.publishing.queries import descendants, in_column, open_columns, public_items
from gongkai.office.publishing.showing import named_in
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import depends_on, stored
from gongkai.regulation.disclosure.catalogue import categories, fields

NEWEST = 12
"""Items the first page names as the newest of all."""
GLANCE = 6
"""Items it names of each column."""


@stored(lambda request: [keys.HOME])
def home(request: HttpRequest) -> HttpResponse:
    """The first page: the search, the statutory entrances, what is new, column by column."""
    newest = latest(public_items(), NEWEST)
    columns = open_columns(Column.Kind.COLUMN).filter(parent=None)
    sections = [(column, items) for column in columns if (items := _newest_below(column))]
    depends_on(*named_in(newest))
    context = {
        "newest": newest,
        "sections": sections,
        "topics": open_columns(Column.Kind.TOPIC),
        "fields": fields().values(),
        "categories": categories().values(),
    }
    return render(request, "portal/home.html", context)


@stored(lambda request: [keys.HOME])
def topics(request: HttpRequest) -> HttpResponse:
    """The topics (专栏), with what is new in each."""
    sections = [(topic, latest(in_column(topic), GLANCE)) for topic in open_columns(Column.Kind.TOPIC)]
    for _, items in sections:
        depends_on(*named_in(items))
    return render(request, "portal/topics.html", {"sections": sections})


@stored()
def site_map(request: HttpRequest) -> HttpResponse:
    """Every entrance of the site on one page."""
    context = {
        "columns": open_columns(Column.Kind.COLUMN),
        "topics": open_columns(Column.Kind.TOPIC),
        "statutory": open_columns(Column.Kind.STATUTORY).exclude(code__in=[part.column for part in PARTS]),
        "categories": categories().values(),
        "fields": fields().values(),
        "organs": Organ.objects.filter(abolished_on=None).order_by("path")[:500],
    }
    return render(request, "portal/site_map.html", context)


@stored()
def accessibility(request: HttpRequest) -> HttpResponse:
    """The accessibility statement: what is kept, and whom to tell when something is not."""
    return render(request, "portal/accessibility.html")


@stored()
def report_error(request: HttpRequest) -> HttpResponse:
    """How to tell us of an error on the site."""
    return render(request, "portal/report_error.html")


@stored()
def subscribe(request: HttpRequest) -> HttpResponse:
    """The feeds, and how to use them."""
    context = {"columns": open_columns(), "categories": categories().values()}
    return render(request, "portal/subscribe.html", context)


@stored()
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines are asked to leave alone, and where the site map is."""
    return render(request, "portal/robots.txt", content_type="text/plain; charset=utf-8")


def _newest_below(column: Column) -> list[Item]:
    """The newest of a column and all columns below it: a few of each, put in order."""
    found = [item for each in [column, *descendants(column)] for item in latest(in_column(each), GLANCE)]
    return sorted(found, key=lambda item: (item.published_at, item.pk), reverse=True)[:GLANCE]
