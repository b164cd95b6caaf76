"""The standard catalogues of the grass-roots fields: what stands in them, what is missing, changing them, files."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from gongkai.office.accounts.policy import Refused
from gongkai.office.organs import tables
from gongkai.office.publishing import actions, policy, queries, standard_table
from gongkai.office.publishing.forms import MatterForm, TableForm, initial_of_row
from gongkai.office.publishing.models import CatalogueRow
from gongkai.office.publishing.standard_table import Matter
from gongkai.office.publishing.views.staff.frame import Moment, screen
from gongkai.regulation.disclosure.catalogue import Field, fields


@screen
def overview(request: HttpRequest, moment: Moment) -> HttpResponse:
    """The 26 fields, how many matters each has, and for how many nothing is public."""
    found = queries.catalogue_overview()
    rows = [(each, *found.get(each.key, (0, 0))) for each in fields().values()]
    context = {"rows": rows, "why_not": _why_not(moment), "gaps": sum(gaps for _, _, gaps in rows)}
    return render(request, "publishing/desk/catalogue.html", context)


@screen
def table(request: HttpRequest, moment: Moment, key: str) -> HttpResponse:
    """A field's catalogue."""
    context = {"field": _field(key), "rows": queries.coverage(key), "why_not": _why_not(moment)}
    return render(request, "publishing/desk/catalogue_table.html", context)


@screen
def add(request: HttpRequest, moment: Moment, key: str) -> HttpResponse:
    """A new line."""
    _require(moment)
    field, matters = _field(key), _standing(key)
    initial = {"number": len(matters) + 1, "level_county": True, "time_limit": "20个工作日内"}
    form = MatterForm(data=request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        place = form.cleaned_data["number"] - 1
        matters.insert(place, form.cleaned_data["matter"])
        actions.set_catalogue(key, matters, by=moment.user, at=moment.at)
        messages.success(request, "事项已经加进目录。")
        return redirect("publishing_catalogue_table", key)
    return render(request, "publishing/desk/catalogue_row.html", {"form": form, "field": field})


@screen
def row(request: HttpRequest, moment: Moment, pk: int) -> HttpResponse:
    """A line: changed, moved, or taken away."""
    _require(moment)
    found = get_object_or_404(CatalogueRow.objects.select_related("responsible_organ", "column"), pk=pk)
    form, refusal = MatterForm(data=request.POST or None, initial=initial_of_row(found)), ""
    if request.method == "POST":
        others = [each for each in _standing(found.field) if each.row != pk]
        try:
            if "remove" in request.POST:
                actions.set_catalogue(found.field, others, by=moment.user, at=moment.at)
                messages.success(request, f"“{found}”已经从目录里删去。")
                return redirect("publishing_catalogue_table", found.field)
            if form.is_valid():
                others.insert(form.cleaned_data["number"] - 1, replace(form.cleaned_data["matter"], row=pk))
                actions.set_catalogue(found.field, others, by=moment.user, at=moment.at)
                messages.success(request, "事项已经保存。")
                return redirect("publishing_catalogue_table", found.field)
        except Refused as refused:
            refusal, form = str(refused), MatterForm(initial=initial_of_row(found))
    context = {"form": form, "field": _field(found.field), "row": found, "refusal": refusal}
    return render(request, "publishing/desk/catalogue_row.html", context, status=403 if refusal else 200)


@screen
def import_file(request: HttpRequest, moment: Moment) -> HttpResponse:
    """Try a file line by line; take it in when it has no fault and that was asked for."""
    _require(moment)
    form, plan, refusal = TableForm(request.POST or None, request.FILES or None), None, ""
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            plan = standard_table.plan(tables.read(upload.read(), upload.name))
        except tables.Unreadable as cannot:
            form.add_error("file", str(cannot))
        if plan is not None and not plan.problems and "carry_out" in request.POST:
            try:
                change = actions.set_catalogues(plan.fields, by=moment.user, at=moment.at)
            except Refused as refused:
                refusal = str(refused)
            else:
                told = f"新增 {change.added} 项，修改 {change.changed} 项，删去 {change.removed} 项。"
                messages.success(request, f"标准目录已经导入：{told}")
                return redirect("publishing_catalogue")
    context: dict[str, Any] = {"form": form, "plan": plan, "refusal": refusal, "headings": standard_table.HEADINGS}
    if plan is not None:
        context["planned"] = [(fields()[key], len(matters)) for key, matters in plan.fields.items()]
    return render(request, "publishing/desk/catalogue_import.html", context, status=403 if refusal else 200)


@screen
def export_file(request: HttpRequest, moment: Moment) -> HttpResponse:
    """All fields' catalogues, or one's, as a workbook that can be imported again."""
    key = request.GET.get("field", "")
    chosen = [_field(key).key] if key else list(fields())
    answer = HttpResponse(tables.write_xlsx(standard_table.export(chosen)), content_type=tables.XLSX)
    answer["Content-Disposition"] = f'attachment; filename="catalogue{f"-{key}" if key else ""}.xlsx"'
    return answer


def _standing(key: str) -> list[Matter]:
    """The lines as they stand, each knowing its row."""
    known = standard_table.Known()
    rows = CatalogueRow.objects.filter(field=key).select_related("responsible_organ", "column").order_by("number")
    return [replace(standard_table.matter_of(standard_table.cells_of(each), known)[0], row=each.pk) for each in rows]


def _field(key: str) -> Field:
    if key not in fields():
        raise Http404("没有这个领域。")
    return fields()[key]


def _require(moment: Moment) -> None:
    policy.require_for_site(moment.user, "manage_catalogue", on=moment.on)


def _why_not(moment: Moment) -> str:
    try:
        _require(moment)
    except Refused as refused:
        return str(refused)
    return ""
