"""The staff's screens of supervision: the four tables, the records behind a number, and the year as a workbook."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.accounts import typed
from gongkai.office.accounts.desk_pages import person
from gongkai.office.accounts.policy import Refused
from gongkai.office.organs.models import Organ
from gongkai.office.organs.tables import XLSX
from gongkai.office.publishing.queries import overdue_columns
from gongkai.office.reporting import policy
from gongkai.office.reporting.queries.supervision import Behind, supervision, terms
from gongkai.office.reporting.supervising import ROUNDS, WATCHED, Round, Term
from gongkai.office.reporting.supervision_sheet import workbook

FIRST_YEAR = 2008
"""The year in which disclosure began (ogi-2007#38)."""
PAGE_LENGTH = 50


@dataclass(frozen=True, slots=True)
class _Asked:
    """Which table is asked for: of which agencies, in which round, for which term."""

    organs: list[Organ]
    round: Round
    year: int
    term: Term
    today: date


def table(request: HttpRequest) -> HttpResponse:
    """周更新、月调度、季测评 or 年考评, for a term."""
    asked = _asked(request)
    shared = [column for column in overdue_columns(asked.today) if column.organ_id is None]
    context = {
        "rounds": [(key, label, key == asked.round) for key, label in ROUNDS.items()],
        "round": asked.round,
        "label": ROUNDS[asked.round],
        "year": asked.year,
        "years": range(asked.today.year, max(FIRST_YEAR, asked.today.year - 10) - 1, -1),
        "terms": terms(asked.round, asked.year, today=asked.today),
        "term": asked.term,
        "found": supervision(asked.round, asked.term, asked.organs, on=asked.today),
        "shared_overdue": shared if not asked.term.is_over else [],
        "back_url": f"{reverse('reporting_years')}?year={asked.year}",
        "back_label": "年度报告",
    }
    return render(request, "reporting/staff/supervision.html", context)


def records(request: HttpRequest, figure: str) -> HttpResponse:
    """What a number of a table counted: its rule, and its records."""
    asked = _asked(request)
    watched = WATCHED.get(figure)
    if watched is None:
        raise Http404("没有这个数据项。")
    code = request.GET.get("organ", "")
    organs = [each for each in asked.organs if each.code == code] if code else asked.organs
    if not organs:
        raise Http404("没有这个机关，或者它不归您监督。")
    behind = Behind(watched, asked.term, [each.pk for each in organs], code)
    page = Paginator(behind, PAGE_LENGTH).get_page(request.GET.get("page"))
    where = {"round": asked.round, "term": asked.term.key}
    context = {
        "measure": watched.measure,
        "count": len(behind),
        "term": asked.term,
        "organ": organs[0] if code else None,
        "page": page,
        "back_url": f"{reverse('reporting_supervision')}?{urlencode(where)}",
        "back_label": f"{asked.year}年{ROUNDS[asked.round]}",
    }
    return render(request, "reporting/staff/supervision_records.html", context)


def sheet(request: HttpRequest) -> HttpResponse:
    """A year's four tables, every term of it, as a workbook."""
    asked = _asked(request)
    response = HttpResponse(workbook(asked.organs, asked.year, today=asked.today), content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="supervision-{asked.year}.xlsx"'
    return response


def _asked(request: HttpRequest) -> _Asked:
    """A term that is none falls to the last of its year. Errors: Refused for somebody who supervises nobody."""
    today = localdate()
    organs = list(policy.organs(person(request), "supervise", on=today))
    if not organs:
        raise Refused(policy.nowhere(person(request), "supervise"))
    round: Round = next((key for key in ROUNDS if key == request.GET.get("round")), "year")
    key = request.GET.get("term", "")
    wanted = typed.number(request.GET.get("year") or key[:4])
    year = wanted if wanted is not None and FIRST_YEAR <= wanted <= today.year else today.year
    listed = terms(round, year, today=today)
    return _Asked(organs, round, year, next((each for each in listed if each.key == key), listed[-1]), today)
