"""A published report beside its item: its files, its figures with their rules, and the records behind public ones."""

from __future__ import annotations

from urllib.parse import quote

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import now
from django.views.decorators.http import require_safe

from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import Item
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import do_not_keep, stored
from gongkai.office.reporting.compiled import label_of
from gongkai.office.reporting.models import FrozenFigure, PublishedReport
from gongkai.office.reporting.publication import (
    FORMATS,
    Former,
    changed_numbers,
    file_of,
    former_of,
    genuine,
    report_in,
)
from gongkai.office.reporting.queries.figures import records_behind
from gongkai.office.reporting.record_ids import unpack
from gongkai.regulation.annual_report.report import statutory_title

PAGE_LENGTH = 50
KEPT_PAGES = 20


@require_safe
def download(request: HttpRequest, pk: int, ending: str, number: int | None = None) -> HttpResponse:
    """The report as a file with its verification code; with a number, as it was before a correction."""
    published = _published(pk) if number is None else _former(pk, number).report
    if ending not in FORMATS:
        raise Http404("没有这种格式。")
    content = file_of(published, ending, at=now())
    response = HttpResponse(content, content_type=FORMATS[ending].media_type)
    name = quote(f"{statutory_title(report_in(published))}.{ending}")
    response["Content-Disposition"] = f"attachment; filename=\"annual-report.{ending}\"; filename*=UTF-8''{name}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


@stored(lambda request, pk, number: [keys.item(pk)])
def former(request: HttpRequest, pk: int, number: int) -> HttpResponse:
    """The report as it was before a correction: its words and files, and which numbers are others now."""
    found = _former(pk, number)
    item = found.report.item
    standing = genuine(item)
    context = {
        "item": item,
        "former": found,
        "body": Content.from_json(found.version.content).body,
        "formats": list(FORMATS.values()),
        "changed": changed_numbers(found.report, standing) if standing else None,
    }
    return render(request, "reporting/public/former.html", context)


@stored(lambda request, pk: [keys.item(pk)])
def figures(request: HttpRequest, pk: int) -> HttpResponse:
    """Every number of the report with what it counts."""
    published = _published(pk)
    rows = list(published.compilation.figures.defer("records").order_by("pk"))
    context = {
        "item": published.item,
        "counted": [each for each in rows if each.value],
        "zeros": [each for each in rows if not each.value],
        "counted_through": published.compilation.counted_through,
    }
    return render(request, "reporting/public/figures.html", context)


@stored(lambda request, pk, key, number=1: [keys.item(pk), keys.HOME])
def figure(request: HttpRequest, pk: int, key: str, number: int = 1) -> HttpResponse:
    """One number: its rule, and the records it counted where the public may see them."""
    published = _published(pk)
    found = get_object_or_404(FrozenFigure, compilation=published.compilation, key=key.replace("-", "."))
    context = {"item": published.item, "figure": found, "label": found.label or label_of(found.key)}
    if found.is_public:
        try:
            page = Paginator(range(len(unpack(found.records))), PAGE_LENGTH).page(number)
        except InvalidPage as wrong:
            raise Http404("没有这一页。") from wrong
        if number > KEPT_PAGES:
            do_not_keep()
        first = (number - 1) * PAGE_LENGTH
        # What was public when it was counted may have been withdrawn since: then its title is nobody's any more.
        records = records_behind(found, first, PAGE_LENGTH)
        context |= {
            "page": page,
            "records": [each for each in records if each.public_path],
            "hidden": sum(not each.public_path for each in records),
        }
    elif number != 1:
        raise Http404("没有这一页。")
    return render(request, "reporting/public/figure.html", context)


def _former(pk: int, number: int) -> Former:
    item = get_object_or_404(Item, pk=pk, published_at__isnull=False, withdrawn_at=None)
    found = next((each for each in former_of(item) if each.version.number == number), None)
    if found is None:
        raise Http404("没有这一版。")
    return found


def _published(pk: int) -> PublishedReport:
    found = genuine(get_object_or_404(Item, pk=pk))
    if found is None:
        raise Http404("这条信息不是本系统发布的年度报告，或者已经撤下、更正。")
    return found
