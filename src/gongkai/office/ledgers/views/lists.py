"""The list of a ledger with its filters, an entry with its history, and the list as a file."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.timezone import localdate
from django.views.decorators.http import require_safe

from gongkai.office.accounts import typed
from gongkai.office.accounts.desk_pages import person
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.queries import history
from gongkai.office.ledgers import policy, queries
from gongkai.office.ledgers.ledger import Ledger, Shown
from gongkai.office.ledgers.showing import as_text, particulars
from gongkai.office.ledgers.views.frame import entry_of, to_list
from gongkai.office.organs.tables import csv_lines

PAGE_LENGTH = 50
_ONE_LINE = 16
_VERBS = {
    "register": "登记",
    "change": "修改",
    "strike": "划去",
    "restore": "恢复",
    "import": "导入",
    "reveal": "查看原文",
}


@require_safe
def entries(request: HttpRequest, ledger: Ledger) -> HttpResponse:
    """The entries of the agencies somebody works for, narrowed by words, agency, year and what the ledger has."""
    by, today = person(request), localdate()
    organs = list(policy.organs(by, ledger, "see", on=today))
    if not organs:
        raise Refused(policy.nowhere(person(request), ledger, "see"))
    rows = queries.entries_for(ledger, by, on=today)
    years = queries.years(ledger, rows)
    page = Paginator(_narrowed(request, ledger, rows), PAGE_LENGTH).get_page(request.GET.get("page"))
    kept = request.GET.copy()
    kept.pop("page", None)
    context = {
        "ledger": ledger,
        "page": page,
        "rows": [_row(ledger, each) for each in page],
        "organs": organs,
        "years": years,
        "selectors": _selectors(request, ledger),
        "given": {name: request.GET.get(name, "") for name in ("words", "organ", "year", "state")},
        "may_register": policy.organs(by, ledger, "register", on=today).exists(),
        "register_url": reverse(ledger.address("register")),
        "import_url": reverse(ledger.address("import")),
        "export_url": f"{reverse(ledger.address('export'))}?{kept.urlencode()}",
        "back_url": reverse(f"{ledger.room}_home"),
        "back_label": "全部台账",
    }
    return render(request, "ledgers/desk/list.html", context)


@require_safe
def export(request: HttpRequest, ledger: Ledger) -> StreamingHttpResponse:
    """The list as it is narrowed, as CSV for a spreadsheet: the headings are those an import takes."""
    rows = _narrowed(request, ledger, queries.entries_for(ledger, person(request), on=localdate()))
    response = StreamingHttpResponse(_lines(ledger, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{ledger.key}.csv"'
    return response


@require_safe
def entry(request: HttpRequest, ledger: Ledger, pk: int) -> HttpResponse:
    """What an entry says, what was done to it, and what may be done next."""
    found = entry_of(request, ledger, pk)
    by, today = person(request), localdate()
    refusal = policy.why_not(by, ledger, "register", found.organ, on=today)
    acts = {**_VERBS, **ledger.acts}
    context = {
        "ledger": ledger,
        "entry": found,
        "title": ledger.title(found),
        "particulars": particulars(ledger, found),
        "history": [
            (each.at, each.actor, acts.get(each.act.rpartition(".")[2], each.act), each.detail)
            for each in history(ledger.subject(found)).order_by("-sequence")[:50]
        ],
        "refusal": refusal,
        "change_url": reverse(ledger.address("change"), args=[pk]) if ledger.changeable else "",
        "strike_url": reverse(ledger.address("strike"), args=[pk]),
        "restore_url": reverse(ledger.address("restore"), args=[pk]),
        "public_path": ledger.public_path(found) if found.struck_at is None else "",
        **to_list(ledger),
        **ledger.panel_context(found, by, today),
    }
    return render(request, "ledgers/desk/entry.html", context)


def _narrowed(request: HttpRequest, ledger: Ledger, rows: QuerySet[Any]) -> QuerySet[Any]:
    given = request.GET
    rows = queries.with_words(ledger, rows, given.get("words", "")[:100])
    if given.get("organ"):
        rows = rows.filter(organ__code=given["organ"])
    if (year := typed.number(given.get("year", ""))) is not None and 1900 < year < 9999:
        rows = rows.filter(**{f"{ledger.day}__year": year})
    for name in ledger.selectors:
        if given.get(name):
            rows = rows.filter(**{name: given[name]})
    return rows.filter(struck_at__isnull=given.get("state") != "struck")


def _selectors(request: HttpRequest, ledger: Ledger) -> list[tuple[str, str, list[tuple[Any, str]], str]]:
    fields = {name: ledger.form.base_fields[name] for name in ledger.selectors}
    return [
        (name, str(field.label), [each for each in field.choices if each[0] != ""], request.GET.get(name, ""))  # type: ignore[attr-defined]
        for name, field in fields.items()
    ]


def _row(ledger: Ledger, entry: Any) -> dict[str, Any]:
    return {
        "entry": entry,
        "title": ledger.title(entry),
        "url": reverse(ledger.address("entry"), args=[entry.pk]),
        "cells": [(column, cell, _width(column, cell)) for column in ledger.columns for cell in [column.cell(entry)]],
    }


def _width(column: Shown, cell: Any) -> str:
    """Numbers to the right; what is short, days above all, on one line."""
    return "number" if column.numeric else "date" if len(str(cell)) <= _ONE_LINE else ""


def _lines(ledger: Ledger, rows: QuerySet[Any]) -> Iterator[str]:
    """One line an entry; what is sealed stays where it is."""
    fields = {name: field for name, field in ledger.form.base_fields.items() if name not in ledger.sealed}
    said = (
        [as_text(field, getattr(each, name)) for name, field in fields.items()]
        for each in rows.iterator(chunk_size=500)
    )
    return csv_lines(chain([[str(field.label) for field in fields.values()]], said))
