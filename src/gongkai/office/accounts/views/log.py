"""The log of acts as auditors read it: found, given out as a file, its chain walked."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, islice

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from gongkai.office.accounts import policy
from gongkai.office.accounts.desk_pages import leaf_of, person
from gongkai.office.accounts.forms import LogFilter
from gongkai.office.accounts.models import User
from gongkai.office.audit import names, queries
from gongkai.office.audit.actions import Act, record
from gongkai.office.audit.models import Entry
from gongkai.office.organs.tables import csv_lines

ON_A_PAGE = 50
LONGEST_WALK = 200_000
"""Entries whose chain is walked while somebody waits; a longer one is walked by `gongkai verify`."""
MOST_BREAKS = 20
_BREAKS = {"altered": "内容被改过", "missing": "前面的记录没有了", "cut": "末尾的记录没有了"}
_HEADINGS = ("序号", "时间", "行为人", "行为", "行为代码", "对象", "依据", "内容", "前一条的摘要值", "摘要值")


@require_safe
def entries(request: HttpRequest) -> HttpResponse:
    """The log, newest first."""
    _auditor(request)
    return _page(request)


@require_safe
def export(request: HttpRequest) -> StreamingHttpResponse:
    """What was found, whole, as CSV. Giving it out is an act too."""
    by, found = _auditor(request), _found(LogFilter(request.GET))
    told = {name: value for name, value in request.GET.items() if name in LogFilter.base_fields and value}
    record(Act(by.staff_number, "accounts.read_log", f"accounts.user:{by.pk}", detail=told), at=timezone.now())
    response = StreamingHttpResponse(_lines(found), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="log.csv"'
    return response


@require_POST
def verify(request: HttpRequest) -> HttpResponse:
    """Walk the chain from its beginning."""
    _auditor(request)
    length, _ = queries.end_of_chain()
    if length > LONGEST_WALK:
        return _page(request, is_too_long=True)
    broken = [(each.sequence, _BREAKS[each.kind]) for each in islice(queries.broken_places(), MOST_BREAKS)]
    return _page(request, is_walked=True, broken=broken)


def _page(request: HttpRequest, **more: object) -> HttpResponse:
    form = LogFilter(request.GET)
    page = leaf_of(request, _found(form), ON_A_PAGE)
    people = dict(
        User.objects.filter(staff_number__in={each.actor for each in page.rows}).values_list("staff_number", "name")
    )
    length, last = queries.end_of_chain()
    context = {
        "form": form,
        "page": page,
        "rows": [_row(each, people) for each in page.rows],
        "query": request.GET.urlencode(),
        "length": length,
        "last": last,
        **more,
    }
    return render(request, "accounts/log.html", context)


def _row(entry: Entry, people: dict[str, str]) -> dict[str, object]:
    return {
        "entry": entry,
        "who": people.get(entry.actor, ""),
        "act": names.act_name(entry.act),
        "subject": names.subject_name(entry.subject),
        "citation": names.citation_name(entry.citation),
        "particulars": names.particulars(entry),
    }


def _found(form: LogFilter) -> QuerySet[Entry]:
    """What was asked for; a question that can't be read asks for nothing in particular."""
    asked = form.cleaned_data if form.is_valid() else {}
    person = asked.get("person", "").strip()
    if person:
        known = User.objects.filter(Q(staff_number__iexact=person) | Q(name=person)).values_list(
            "staff_number", flat=True
        )
        person = known.first() or person
    return queries.entries(
        actor=person,
        room=asked.get("room", ""),
        subject=asked.get("subject", "").strip(),
        since=_midnight(asked["first"]) if asked.get("first") else None,
        until=_midnight(asked["last"] + timedelta(days=1)) if asked.get("last") else None,
    )


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _lines(found: QuerySet[Entry]) -> Iterator[str]:
    return csv_lines(chain([_HEADINGS], map(_cells, found.iterator(chunk_size=2000))))


def _cells(each: Entry) -> tuple[object, ...]:
    at, detail = timezone.localtime(each.at), json.dumps(each.detail, ensure_ascii=False, sort_keys=True)
    return (
        each.sequence, f"{at:%Y-%m-%d %H:%M:%S}", each.actor, names.act_name(each.act), each.act, each.subject,
        each.citation, detail, each.previous_hash, each.hash,
    )  # fmt: skip


def _auditor(request: HttpRequest) -> User:
    by = person(request)
    policy.require_auditor(by, on=timezone.localdate())
    return by
