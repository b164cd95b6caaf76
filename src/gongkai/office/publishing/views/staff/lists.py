"""Lists: the work in hand, what is public, what waits for its hour, columns that owe something new."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from gongkai.office.accounts import typed
from gongkai.office.publishing import policy, queries
from gongkai.office.publishing.labels import state_of
from gongkai.office.publishing.models import Column
from gongkai.office.publishing.queues import visible_drafts, visible_items
from gongkai.office.publishing.views.staff.frame import Moment, page_of, screen

LISTS = (
    ("mine", "我的草稿"),
    ("waiting", "等我审核"),
    ("returned", "退回给我"),
    ("working", "全部在办"),
    ("scheduled", "等候公开"),
    ("public", "已公开"),
    ("withdrawn", "已撤下"),
)
_OF_ITEMS = ("public", "withdrawn")


@screen
def items(request: HttpRequest, moment: Moment) -> HttpResponse:
    """The lists of items, with filters by column and words of the title."""
    asked = request.GET.get("list", "")
    chosen = asked if asked in dict(LISTS) else _first_with_something(moment)
    rows = _rows(chosen, moment)
    words, column = request.GET.get("words", "").strip(), request.GET.get("column", "")
    to_item = "" if chosen in _OF_ITEMS else "item__"
    if words:
        found = Q(**{f"{to_item}title__icontains": words}) | Q(**{f"{to_item}document_number__icontains": words})
        rows = rows.filter(found | Q(**{f"{to_item}index_number": words}))
    if typed.number(column) is not None:
        rows = rows.filter(**{f"{to_item}column": typed.number(column)})
    page = page_of(request, rows)
    context = {
        "lists": LISTS,
        "chosen": chosen,
        "page": page,
        "lines": [_line(row, chosen, moment) for row in page],
        "columns": Column.objects.order_by("path").only("pk", "name", "path"),
        "words": words,
        "column": column,
        "may_write": policy.writable_organs(moment.user, on=moment.on).exists(),
    }
    return render(request, "publishing/desk/items.html", context)


@screen
def overdue(request: HttpRequest, moment: Moment) -> HttpResponse:
    """Columns that owe something new."""
    columns = queries.overdue_columns(moment.on)
    lines = [
        {
            "column": each,
            "last": each.last if each.last.year > 1970 else None,
            "days": (moment.at - each.last).days if each.last.year > 1970 else None,
        }
        for each in page_of(request, columns)
    ]
    context = {"lines": lines, "page": page_of(request, columns)}
    return render(request, "publishing/desk/overdue.html", context)


def _rows(chosen: str, moment: Moment) -> Any:
    user, on = moment.user, moment.on
    match chosen:
        case "mine":
            return queries.my_drafts(user)
        case "waiting":
            return queries.waiting_for(user, on)
        case "returned":
            return queries.returned_to(user)
        case "scheduled":
            return queries.scheduled(user, on)
        case "public":
            return visible_items(user, on).filter(withdrawn_at=None)
        case "withdrawn":
            return visible_items(user, on).filter(withdrawn_at__isnull=False)
    return visible_drafts(user, on)


def _first_with_something(moment: Moment) -> str:
    """Without being asked for one: the list that has work for whoever looks."""
    for name in ("waiting", "returned", "mine"):
        if _rows(name, moment).exists():
            return name
    return "working"


def _line(row: Any, chosen: str, moment: Moment) -> dict[str, Any]:
    if chosen in _OF_ITEMS:
        return {
            "item": row,
            "organ": row.organ,
            "state": "已撤下" if row.withdrawn_at else "已公开",
            "tone": "bad" if row.withdrawn_at else "ok",
            "who": row.index_number,
            "when": row.withdrawn_at or row.published_at,
        }
    late = bool(row.due_on and row.due_on < moment.on)
    return {
        "item": row.item,
        "organ": row.organ,
        "state": state_of(row.state, row.next_step),
        "tone": {"returned": "bad", "in_review": "open", "approved": "ok"}.get(row.state, ""),
        "who": row.saved_by.name,
        "when": row.publish_at if chosen == "scheduled" else row.saved_at,
        "due": row.due_on,
        "late": late,
        "days": abs((row.due_on - moment.on).days) if row.due_on else None,
        "is_correction": row.item.published_at is not None,
    }
