"""The public library of normative documents, clean-up results, filings, and the texts to download."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import quote

from django.core.paginator import InvalidPage, Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_safe

from gongkai.office.accounts.policy import Refused
from gongkai.office.normative import downloads, queries
from gongkai.office.normative.forms import SearchForm
from gongkai.office.normative.models import CleanupRound, NormativeDocument
from gongkai.office.normative.queries import Wanted
from gongkai.office.normative.renderings import LIBRARY
from gongkai.office.publishing.models import Item
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import depends_on, do_not_keep, stored

PAGE_LENGTH = 20
KEPT_PAGES = 50
"""Pages of a list that are worth a file each; further back few people go."""
STATES = {
    "holding": "现行有效",
    "published_not_effective": "尚未生效",
    "amended": "已修改",
    "repealed": "已废止",
    "lapsed": "已失效",
}


@stored(lambda request, **parts: [LIBRARY, keys.DAY])
def library(request: HttpRequest, state: str, number: int) -> HttpResponse:
    """The library as it is today, in pages; of one state, or of all."""
    if state and state not in STATES:
        raise Http404("没有这一类文件。")
    today = localdate()
    page = _page(queries.library(Wanted(on=today, state=state)), number)
    if number > KEPT_PAGES:
        do_not_keep()
    form = SearchForm(initial={"on": today, "state": state})
    depends_on(*(keys.organ(pk) for pk in form.organs().values_list("pk", flat=True)))
    context = {
        "page": page,
        "rows": _rows(page, today),
        "state": state,
        "label": STATES.get(state, "全部"),
        "states": _counts(today),
        "form": form,
    }
    return render(request, "normative/public/library.html", context)


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The library by agency, year, class, words and the day on which a document holds. Never kept as a file."""
    today = localdate()
    form = SearchForm(request.GET or None, initial={"on": today})
    context: dict[str, Any] = {"form": form, "states": _counts(today), "state": None}
    if form.is_bound and form.is_valid():
        wanted = form.wanted(today)
        page = _page(queries.library(wanted), form.cleaned_data["page"] or 1)
        context |= {"page": page, "rows": _rows(page, wanted.on), "on": wanted.on}
    return render(request, "normative/public/search.html", context, status=400 if form.errors else 200)


@stored(lambda request: [LIBRARY])
def cleanups(request: HttpRequest) -> HttpResponse:
    """The clean-ups whose results are public."""
    rounds = list(queries.published_rounds())
    depends_on(*(keys.organ(each.organ_id) for each in rounds))
    return render(request, "normative/public/cleanups.html", {"rounds": rounds})


@stored(lambda request, pk: [LIBRARY])
def cleanup(request: HttpRequest, pk: int) -> HttpResponse:
    """The three lists of a clean-up; what was drafted for the government is named as such."""
    round = get_object_or_404(CleanupRound.objects.select_related("organ", "act_item"), pk=pk, closed_on__isnull=False)
    lists = queries.results(round)
    organs = {round.organ_id} | {each.document.organ_id for _, decisions in lists for each in decisions}
    depends_on(*(keys.organ(pk) for pk in organs))
    if round.act_item_id:
        depends_on(keys.item(round.act_item_id))
    return render(request, "normative/public/cleanup.html", {"round": round, "lists": lists})


@stored(lambda request: [LIBRARY])
def filing_index(request: HttpRequest) -> HttpResponse:
    """The quarters in which documents were filed; the latest one opened."""
    quarters = queries.filing_quarters()
    return _filing(request, *(quarters[0] if quarters else (0, 0)), quarters)


@stored(lambda request, year, quarter: [LIBRARY])
def filing(request: HttpRequest, year: int, quarter: int) -> HttpResponse:
    """What was filed in a quarter."""
    quarters = queries.filing_quarters()
    if (year, quarter) not in quarters:
        raise Http404("这一季度没有备案信息。")
    return _filing(request, year, quarter, quarters)


@require_safe
def download(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The clean text of a document as a file with its verification code."""
    document = queries.of_item(get_object_or_404(Item, pk=pk))
    if document is None or document.item is None or ending not in downloads.FORMATS:
        raise Http404("没有这种格式的文本。")
    try:
        content = downloads.file_of(document, ending, at=now())
    except Refused as refusal:
        raise Http404(str(refusal)) from refusal
    response = HttpResponse(content, content_type=downloads.FORMATS[ending].media_type)
    name = quote(downloads.name_of(document.item, ending))
    response["Content-Disposition"] = f"attachment; filename=\"text.{ending}\"; filename*=UTF-8''{name}"
    response["X-Content-Type-Options"] = "nosniff"
    return response


def _filing(request: HttpRequest, year: int, quarter: int, quarters: list[tuple[int, int]]) -> HttpResponse:
    filed = list(queries.filings(year, quarter)) if quarters else []
    depends_on(*(keys.organ(event.document.organ_id) for event in filed))
    context = {"filed": filed, "year": year, "quarter": quarter, "quarters": quarters}
    return render(request, "normative/public/filing.html", context)


def _page(found: Any, number: int) -> Any:
    try:
        return Paginator(found, PAGE_LENGTH).page(number)
    except InvalidPage as wrong:
        raise Http404("没有这一页。") from wrong


def _rows(page: Any, on: date) -> list[tuple[NormativeDocument, str]]:
    return [(document, queries.state_on(document, on)) for document in page]


def _counts(on: date) -> list[tuple[str, str, int]]:
    """Each state with its label and how many documents stand in it."""
    counted = queries.counts(STATES, on=on)
    return [(state, label, counted[state]) for state, label in STATES.items()]
