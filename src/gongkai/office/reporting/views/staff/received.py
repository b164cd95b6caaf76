"""The staff's screens of received reports: the list, handing in, a batch, a report beside its source."""

from __future__ import annotations

from datetime import timedelta
from typing import Any
from urllib.parse import quote

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Q, QuerySet
from django.forms import Form
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST

from gongkai.documents.model import chinese_place
from gongkai.documents.writers import render as write
from gongkai.office.accounts import typed
from gongkai.office.accounts.desk_pages import asked, person
from gongkai.office.accounts.policy import Refused
from gongkai.office.organs.models import Organ
from gongkai.office.publishing.actions.store_file import path_of
from gongkai.office.reporting import policy
from gongkai.office.reporting.actions import deciding, receiving
from gongkai.office.reporting.models import ReceivedBatch, ReceivedEvent, ReceivedReport
from gongkai.office.reporting.queries import received as queries
from gongkai.office.reporting.received import agencies
from gongkai.office.reporting.received.forms import CorrectionForm, IdentityForm, ReturnForm, UploadForm, VerdictForm
from gongkai.office.reporting.received.letter import letter
from gongkai.office.reporting.received.source import unpacked
from gongkai.office.reporting.sheets import marks_of, sheets
from gongkai.regulation.annual_report.cell_names import cell_names

PAGE_LENGTH = 50
RETURN_DAYS = 10
REFRESH_SECONDS = "5"
LETTERS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "pdf": "application/pdf",
}


def reports(request: HttpRequest) -> HttpResponse:
    """The reports that were handed in, by year, stage and words."""
    by, today = person(request), localdate()
    found = queries.with_stage(policy.received(by, on=today)).select_related("organ", "receiver").defer("contract")
    years = sorted({year for year in found.order_by().values_list("year", flat=True).distinct() if year}, reverse=True)
    text, stage, year = (request.GET.get(name, "").strip()[:100] for name in ("text", "stage", "year"))
    if text:
        found = found.filter(Q(agency__icontains=text) | Q(file_name__icontains=text))
    if typed.number(year) is not None:
        found = found.filter(year=typed.number(year))
    counts = [(key, label, queries.in_stage(found, key).count()) for key, label in queries.STAGES.items()]
    if stage in queries.STAGES:
        found = queries.in_stage(found, stage)
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    receivers = policy.organs(by, "receive", on=today)
    context = {
        "page": page,
        "rows": [(each, queries.stage_label(each)) for each in page],
        "text": text,
        "stage": stage,
        "year": year,
        "years": years,
        "counts": counts,
        "may_receive": receivers.exists(),
        "batches": ReceivedBatch.objects.filter(receiver__in=receivers)[:5],
    }
    return render(request, "reporting/staff/received.html", context)


def upload(request: HttpRequest) -> HttpResponse:
    """Hand in files; one is read at once, more are read in the background."""
    by = person(request)
    receivers = policy.organs(by, "receive", on=localdate())
    if not receivers.exists():
        raise Refused(policy.nowhere(by, "receive"))
    form = UploadForm(request.POST or None, request.FILES or None, receivers=receivers)

    def save() -> HttpResponse:
        given = form.given()
        particulars = {"year": form.cleaned_data["year"], "by": by, "at": now()}
        receiver = form.cleaned_data["receiver"]
        if len(given) == 1:
            row = receiving.receive_file(receiver, given[0].chunks(), given[0].name, **particulars)
            if row.report is not None:
                if row.message:
                    messages.warning(request, row.message)
                return redirect("reporting_received", row.report.pk)
            return redirect("reporting_batch", row.batch_id)
        name = f"{given[0].name}等{len(given)}个文件" if given else ""
        files = [(each.name, each.chunks()) for each in given]
        return redirect("reporting_batch", receiving.begin_batch(receiver, files, name=name, **particulars).pk)

    frame = {
        "title": "上传年度报告",
        "button": "上传",
        "lead": "单个文件马上读出；多个文件、文件夹和压缩包在后台逐份读取，可以离开页面，随时回来看进度。",
        "back_url": reverse("reporting_received_list"),
    }
    return asked(request, form, save, frame)


def batch(request: HttpRequest, pk: int) -> HttpResponse:
    """How far a batch has come, and what became of each file. The page looks again by itself until all is read."""
    receivers = policy.organs(person(request), "receive", on=localdate())
    found = get_object_or_404(
        ReceivedBatch.objects.select_related("receiver", "started_by"), pk=pk, receiver__in=receivers
    )
    progress = queries.progress_of(found)
    rows = found.files.select_related("report").defer("report__contract", "report__source", "report__findings")
    page = Paginator(rows, 100).get_page(request.GET.get("page"))
    organs = {organ.name for organ in Organ.objects.filter(abolished_on=None)} if progress.is_finished else set()
    ready = [each for each in _unidentified(found) if each.agency in organs and each.year]
    context = {
        "batch": found,
        "progress": progress,
        "page": page,
        "ready": len(ready),
        "back_url": reverse("reporting_received_list"),
        "back_label": "收到的年度报告",
    }
    response = render(request, "reporting/staff/batch.html", context)
    if not progress.is_finished:
        response["Refresh"] = REFRESH_SECONDS
    return response


@require_POST
def identify_batch(request: HttpRequest, pk: int) -> HttpResponse:
    """Confirm all reports of a batch whose printed name is exactly that of one of our agencies."""
    by = person(request)
    found = get_object_or_404(ReceivedBatch, pk=pk, receiver__in=policy.organs(by, "receive", on=localdate()))
    organs = list(Organ.objects.filter(abolished_on=None))
    count = 0
    for report in _unidentified(found):
        exact = [match.organ for match in agencies.matches(report.agency, organs) if match.is_exact]
        if exact and report.year:
            deciding.identify(report, organ=exact[0], agency="", year=report.year, by=by, at=now())
            count += 1
    messages.success(request, f"已确认{count}份名称完全一致的报告，其余的请逐份确认。")
    return redirect("reporting_batch", pk)


def report(request: HttpRequest, pk: int) -> HttpResponse:
    """A report beside its source: identity, findings, tables, and the place where the chosen cell was read."""
    return _report(request, _visible(request, pk))


def _report(request: HttpRequest, found: ReceivedReport, *, refusal: str = "", status: int = 200) -> HttpResponse:
    by, today = person(request), localdate()
    current = queries.effective(found)
    judged = queries.judged_findings(found, current)
    corrections = list(found.corrections.select_related("by").order_by("-id"))
    chosen = request.GET.get("cell", "")
    may = not policy.why_not(by, "receive", found.receiver, on=today)
    stage = queries.stage_of(found)
    organs = list(Organ.objects.filter(abolished_on=None))
    matched = agencies.matches(found.agency, organs) if not found.is_identified else []
    best = found.organ_id or (matched[0].organ.pk if matched else None)
    identity = IdentityForm(
        initial={"organ": best, "agency": "" if best else found.agency, "year": found.year},
        organs=Organ.objects.filter(abolished_on=None),
    )
    context = {
        "report": found,
        "stage": stage,
        "stage_label": queries.STAGES[stage],
        "may": may,
        "is_open": may and stage in ("unidentified", "open"),
        "identity": identity,
        "matched": matched,
        "judged": judged,
        "verdict_form": VerdictForm(auto_id=False),
        "open_count": sum(each.is_open for each in judged),
        "sheets": sheets(current, marks_of(found.findings), (each.address for each in corrections)),
        "cell_base": f"{reverse('reporting_received', args=[found.pk])}?cell=",
        "chosen": chosen if chosen in current.cells else "",
        "cell": _cell(found, current, chosen),
        "corrections": [(each, _label(found, each.address)) for each in corrections],
        "source": unpacked(ReceivedReport.objects.values_list("source", flat=True).get(pk=found.pk)),
        "events": found.events.select_related("by"),
        "return_form": ReturnForm(initial={"due_on": today + timedelta(days=RETURN_DAYS)}),
        "refusal": refusal,
        "back_url": reverse("reporting_received_list"),
        "back_label": "收到的年度报告",
    }
    return render(request, "reporting/staff/report.html", context, status=status)


@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Identify, correct, judge, accept or return; refused, the page is shown again with the reason."""
    found = _visible(request, pk)
    by, at = person(request), now()
    try:
        if verb == "identify":
            form: Form = _valid(IdentityForm(request.POST, organs=Organ.objects.filter(abolished_on=None)))
            deciding.identify(found, **form.cleaned_data, by=by, at=at)
        elif verb == "correct":
            form = _valid(CorrectionForm(request.POST))
            deciding.correct(found, request.POST.get("cell", ""), **form.cleaned_data, by=by, at=at)
        elif verb == "judge":
            form = _valid(VerdictForm(request.POST))
            deciding.judge(found, **form.cleaned_data, by=by, at=at)
        elif verb == "accept":
            deciding.accept(found, is_public=bool(request.POST.get("is_public")), by=by, at=at)
        elif verb == "return":
            form = _valid(ReturnForm(request.POST))
            deciding.give_back(found, **form.cleaned_data, by=by, at=at)
        else:
            raise Http404("没有这种操作。")
    except Refused as refused:
        found.refresh_from_db()
        return _report(request, found, refusal=str(refused), status=403)
    messages.success(request, DONE[verb])
    return redirect(f"{reverse('reporting_received', args=[pk])}{ANCHORS[verb]}")


DONE = {
    "identify": "机关和年度已确认，已重新核对。",
    "correct": "已更正，读出的原值保留，已重新核对。",
    "judge": "处理意见已记录。",
    "accept": "报告已接受，从现在起计入汇总。",
    "return": "报告已退回，退回函在下面下载。",
}
ANCHORS = {"identify": "", "correct": "#tables", "judge": "#findings", "accept": "", "return": "#events"}


def letter_file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """The letter of a return as a file."""
    event = get_object_or_404(
        ReceivedEvent.objects.select_related("report__receiver"), pk=pk, kind=ReceivedEvent.Kind.RETURNED
    )
    _visible(request, event.report_id)
    if ending not in LETTERS:
        raise Http404("没有这种格式。")
    content = write(letter(event, on=localdate(event.at)), ending)
    response = HttpResponse(content, content_type=LETTERS[ending])
    name = quote(f"退回函（{event.report.agency}{event.report.year}年）.{ending}")
    response["Content-Disposition"] = f"attachment; filename=\"letter.{ending}\"; filename*=UTF-8''{name}"
    return response


def original(request: HttpRequest, pk: int) -> HttpResponseBase:
    """The file as it was handed in, to save and never to run."""
    found = _visible(request, pk)
    response = FileResponse(path_of(found.file).open("rb"), content_type="application/octet-stream")
    name = quote(found.file_name.rpartition("/")[2])
    response["Content-Disposition"] = f"attachment; filename=\"report\"; filename*=UTF-8''{name}"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _valid(form: Form) -> Form:
    if form.is_valid():
        return form
    told = [f"{form.fields[name].label}：{errors[0]}" for name, errors in form.errors.items() if name in form.fields]
    raise Refused("；".join(told) or "填写的内容不完整，没有办成。")


def _visible(request: HttpRequest, pk: int) -> ReceivedReport:
    """A report of the agencies somebody works for; any other is not there."""
    visible = policy.received(person(request), on=localdate())
    return get_object_or_404(visible.select_related("organ", "receiver", "file"), pk=pk)


def _unidentified(batch: ReceivedBatch) -> QuerySet[ReceivedReport]:
    return ReceivedReport.objects.filter(files__batch=batch, files__outcome="read", is_identified=False).defer("source")


def _label(found: ReceivedReport, address: str) -> str:
    return cell_names(found.contract["table_editions"][address.partition(".")[0]])[address].label


def _cell(found: ReceivedReport, current: Any, address: str) -> dict[str, Any] | None:
    """The chosen cell: what was read, what counts, where it stands in the source."""
    if address not in current.cells:
        return None
    read, counts = found.contract["cells"][address], current.cells[address]
    return {
        "address": address,
        "label": _label(found, address),
        "read": read,
        "counts": counts,
        "where": chinese_place(read["where"]),
        "at": read["where"],
        "form": CorrectionForm(initial={"state": counts.state, "value": counts.text}),
    }
