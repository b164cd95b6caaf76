"""Columns: their tree, what they owe, adding and changing them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing import actions, policy, queries
from gongkai.office.publishing.actions.columns import CHANGEABLE
from gongkai.office.publishing.forms import ColumnForm
from gongkai.office.publishing.models import Column
from gongkai.office.publishing.views.staff.frame import Moment, screen


@screen
def columns(request: HttpRequest, moment: Moment) -> HttpResponse:
    """The tree of columns."""
    late = set(queries.overdue_columns(moment.on).values_list("pk", flat=True))
    rows = [
        {"column": each, "depth": each.path.count("."), "is_late": each.pk in late}
        for each in Column.objects.select_related("organ").order_by("path")
    ]
    context = {"rows": rows, "why_not": _why_not(moment), "late_count": len(late)}
    return render(request, "publishing/desk/columns.html", context)


@screen
def add(request: HttpRequest, moment: Moment) -> HttpResponse:
    """Add a column."""
    if refusal := _why_not(moment):
        raise Refused(refusal)
    organs = policy.manageable_organs(moment.user, on=moment.on)
    form = ColumnForm(
        column=None, organs=organs, data=request.POST or None, initial={"parent": request.GET.get("under")}
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.add_column(**form.cleaned_data, by=moment.user, at=moment.at)
        except Refused as refused:
            return _form(request, form, None, str(refused))
        messages.success(request, "栏目已经设好。")
        return redirect("publishing_columns")
    return _form(request, form, None)


@screen
def change(request: HttpRequest, moment: Moment, pk: int) -> HttpResponse:
    """Change a column."""
    column = get_object_or_404(Column.objects.select_related("organ", "parent"), pk=pk)
    initial = {name: getattr(column, name) for name in CHANGEABLE}
    form = ColumnForm(
        column=column,
        organs=policy.manageable_organs(moment.user, on=moment.on),
        data=request.POST or None,
        initial=initial,
    )
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_column(column, **form.cleaned_data, by=moment.user, at=moment.at)
        except Refused as refused:
            return _form(request, form, column, str(refused))
        messages.success(request, "栏目已经保存。")
        return redirect("publishing_columns")
    return _form(request, form, column)


def _why_not(moment: Moment) -> str:
    if policy.manageable_organs(moment.user, on=moment.on).exists():
        return ""
    return "管理栏目需要“政务公开机构工作人员”职责。请由政务公开机构办理。"


def _form(request: HttpRequest, form: ColumnForm, column: Column | None, refusal: str = "") -> HttpResponse:
    context: dict[str, Any] = {"form": form, "column": column, "refusal": refusal}
    return render(request, "publishing/desk/column.html", context, status=403 if refusal else 200)
