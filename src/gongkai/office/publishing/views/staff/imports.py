"""The bulk import of an existing site: bring a file, see what would happen, order it, watch it, read its errors."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from gongkai.office.accounts.policy import Refused
from gongkai.office.organs import tables
from gongkai.office.publishing import policy
from gongkai.office.publishing.files import MEGABYTE
from gongkai.office.publishing.forms import ImportForm
from gongkai.office.publishing.importing import ordering
from gongkai.office.publishing.importing.reading import FORMATS
from gongkai.office.publishing.importing.rows import HEADINGS, REQUIRED
from gongkai.office.publishing.importing.running import ERRORS_KEPT
from gongkai.office.publishing.models import PlannedImport
from gongkai.office.publishing.views.staff.frame import Moment, page_of, screen

SHOWN = 100
"""Errors on the page; all of them are in the table to download."""


@screen
def imports(request: HttpRequest, moment: Moment) -> HttpResponse:
    """The files that were brought, and bringing another one."""
    policy.require_for_site(moment.user, "import", on=moment.on)
    form = ImportForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            planned = ordering.bring(
                data["file"].chunks(), data["file"].name, data["archive"],
                source=data["source"], by=moment.user, at=moment.at,
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "文件已收下，正在后台试导入；这时什么也不会写入。")
            return redirect("publishing_import", planned.pk)
    page = page_of(request, PlannedImport.objects.select_related("run", "brought_by"))
    context = {
        "form": form,
        "page": page,
        "lines": [(each, _state(each)) for each in page],
        "formats": FORMATS,
        "largest": settings.UPLOAD_MAX_BYTES // MEGABYTE,
        "required": REQUIRED,
        "optional": [name for name in HEADINGS if name not in REQUIRED],
    }
    return render(request, "publishing/desk/imports.html", context, status=200 if not form.errors else 422)


@screen
def one(request: HttpRequest, moment: Moment, pk: int) -> HttpResponse:
    """One file: how far it is, what would come in or came in, and what is wrong with which row."""
    planned = _found(moment, pk)
    state, tone = _state(planned)
    errors = _errors(planned)
    context: dict[str, Any] = {
        "planned": planned,
        "state": state,
        "tone": tone,
        "result": planned.run or planned.trial,
        "errors": errors[:SHOWN],
        "error_count": len(errors),
        "is_cut": len(errors) >= ERRORS_KEPT,
        "is_busy": ordering.waiting().filter(pk=pk).exists(),
        "may_order": planned.trial is not None and planned.trial["ready"] and not planned.ordered_at,
        "may_retry": bool(planned.ordered_at and planned.failure),
        "may_discard": not planned.ordered_at,
    }
    return render(request, "publishing/desk/import.html", context)


@require_POST
@screen
def act(request: HttpRequest, moment: Moment, pk: int) -> HttpResponse:
    """Order the import, or throw the file away."""
    planned = _found(moment, pk)
    try:
        if "discard" in request.POST:
            ordering.discard(planned, by=moment.user, at=moment.at)
            messages.success(request, f"“{planned.file_name}”已放弃，没有导入任何内容。")
            return redirect("publishing_imports")
        ordering.order(planned, by=moment.user, at=moment.at)
        messages.success(request, "已开始在后台导入。可以离开这一页；中断了会自动接着做。")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("publishing_import", pk)


@screen
def errors(request: HttpRequest, moment: Moment, pk: int) -> HttpResponse:
    """The errors as a table, to mend the file by."""
    planned = _found(moment, pk)
    book = tables.write_xlsx({"错误": [["行", "表头", "错误"], *_errors(planned)]})
    answer = HttpResponse(book, content_type=tables.XLSX)
    answer["Content-Disposition"] = 'attachment; filename="import-errors.xlsx"'
    answer["Cache-Control"] = "no-store"
    return answer


def _found(moment: Moment, pk: int) -> PlannedImport:
    policy.require_for_site(moment.user, "import", on=moment.on)
    return get_object_or_404(PlannedImport.objects.select_related("run", "brought_by", "ordered_by"), pk=pk)


def _errors(planned: PlannedImport) -> list[list[Any]]:
    if planned.run is not None:
        return list(planned.run.errors)
    return list(planned.trial["errors"]) if planned.trial else []


def _state(planned: PlannedImport) -> tuple[str, str]:
    """Where a file stands, and the colour that goes with it."""
    if planned.failure:
        return "没有完成", "bad"
    if planned.run and planned.run.finished_at:
        return "已导入", "ok"
    if planned.ordered_at:
        return "正在导入", "open"
    if planned.trial is None:
        return "正在试导入", "open"
    return ("有误，看清单", "warn") if planned.trial["refused"] else ("可以导入", "ok")
