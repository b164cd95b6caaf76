"""The staff's screens: the register of documents, a document's life, what ends soon, the stock of the year."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.timezone import localdate, now

from gongkai.office.accounts.desk_pages import asked, person
from gongkai.office.accounts.policy import Refused
from gongkai.office.normative import actions, policy, queries
from gongkai.office.normative.forms import (
    DocumentForm,
    EventForm,
    LinkForm,
    NumberForm,
    PublicationForm,
    StrikeForm,
)
from gongkai.office.normative.kinds import KINDS
from gongkai.office.normative.models import NormativeDocument, NormativeEvent
from gongkai.office.normative.standing import holding, in_state

PAGE_LENGTH = 50
STATES = (
    ("", "全部"),
    ("unpublished", "办理中"),
    ("holding", "有效"),
    ("published_not_effective", "尚未生效"),
    ("lapsed", "失效"),
    ("repealed", "废止"),
)
VERBS = ("register", "record_step", "number", "record_effect", "strike")


def documents(request: HttpRequest) -> HttpResponse:
    """The register: every document of the agencies somebody works for."""
    today = localdate()
    found = queries.documents_for(person(request), on=today)
    text, state = request.GET.get("text", "").strip()[:100], request.GET.get("state", "")
    if state == "unpublished":
        found = found.filter(disclosed_on=None)
    elif state in dict(STATES) and state:
        found = found.filter(holding(today) if state == "holding" else in_state(state, today))
    found = queries.with_words(found, text)
    page = Paginator(found, PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(each, queries.standing_of(each, on=today)) for each in page],
        "text": text,
        "state": state,
        "states": STATES,
        "due": len(queries.due_soon(queries.documents_for(person(request), on=today), on=today)),
        "may_register": policy.organs(person(request), "register", on=today).exists(),
    }
    return render(request, "normative/desk/documents.html", context)


def register(request: HttpRequest) -> HttpResponse:
    """Register a document."""
    today = localdate()
    organs = policy.organs(person(request), "register", on=today)
    if not organs.exists():
        raise Refused(policy.nowhere(person(request), "register"))
    form = DocumentForm(request.POST or None, organs=organs, is_new=True)

    def save() -> HttpResponse:
        made = actions.register(**form.cleaned_data, by=person(request), at=now())
        return redirect("normative_document", made.pk)

    return asked(
        request, form, save, {"title": "登记规范性文件", "button": "登记", "back_url": reverse("normative_documents")}
    )


def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A document's life, what its procedure lacks, and what may be recorded next."""
    found = _document(request, pk)
    by, today = person(request), localdate()
    refusals = {verb: policy.why_not_document(by, verb, found, on=today) for verb in VERBS}
    context = {
        "document": found,
        "validity": queries.standing_of(found, on=today),
        "timeline": queries.timeline(found),
        "findings": queries.procedure_findings(found, on=today),
        "steps": [kind for kind in KINDS.values() if kind.entry == "step"],
        "effects": [kind for kind in KINDS.values() if kind.entry == "effect"],
        "may": {verb: not refusal for verb, refusal in refusals.items()},
        "refusals": [refusal for refusal in refusals.values() if refusal][:1],
        "back_url": reverse("normative_documents"),
        "back_label": "规范性文件台账",
    }
    return render(request, "normative/desk/document.html", context)


def describe(request: HttpRequest, pk: int) -> HttpResponse:
    """Change what is said of a document."""
    found = _document(request, pk)
    initial = {name: getattr(found, name) for name in DocumentForm.base_fields}
    organs = policy.organs(person(request), "register", on=localdate())
    form = DocumentForm(request.POST or None, initial=initial, organs=organs, is_new=False)

    def save() -> HttpResponse:
        actions.describe(found, **form.cleaned_data, by=person(request), at=now())
        return _back_to(found)

    return asked(request, form, save, _frame(found, "修改登记内容", "保存"))


def record(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """Record a step or an effect."""
    found = _document(request, pk)
    if kind not in KINDS or KINDS[kind].entry == "own":
        raise Http404("没有这种登记事项。")
    act = actions.record_step if KINDS[kind].entry == "step" else actions.record_effect
    form = EventForm(request.POST or None, kind=kind, initial={"on": localdate()})

    def save() -> HttpResponse:
        item = form.cleaned_data.get("act_item")
        act(found, kind, form.detail(), on=form.cleaned_data["on"], by=person(request), at=now(), act_item=item)
        messages.success(request, f"已登记“{KINDS[kind].label}”。")
        return _back_to(found)

    return asked(request, form, save, {**_frame(found, f"登记：{KINDS[kind].label}", "登记"), "lead": KINDS[kind].help})


def number(request: HttpRequest, pk: int) -> HttpResponse:
    """Give a document its number."""
    found = _document(request, pk)
    form = NumberForm(request.POST or None, initial={"on": localdate()})

    def save() -> HttpResponse:
        actions.number(found, **form.cleaned_data, by=person(request), at=now())
        return _back_to(found)

    return asked(request, form, save, _frame(found, "登记编号", "编号"))


def publication(request: HttpRequest, pk: int) -> HttpResponse:
    """Enter when an older document was published."""
    found = _document(request, pk)
    form = PublicationForm(request.POST or None)

    def save() -> HttpResponse:
        actions.enter_publication(found, **form.cleaned_data, by=person(request), at=now())
        return _back_to(found)

    return asked(request, form, save, _frame(found, "补录公布日期", "补录"))


def link(request: HttpRequest, pk: int) -> HttpResponse:
    """Join a document to its public item."""
    found = _document(request, pk)
    form = LinkForm(request.POST or None)

    def save() -> HttpResponse:
        actions.link(found, form.cleaned_data["item"], by=person(request), at=now())
        return _back_to(found)

    return asked(request, form, save, _frame(found, "对应公开信息", "对应"))


def strike(request: HttpRequest, pk: int) -> HttpResponse:
    """Strike an entry that was wrong."""
    event = get_object_or_404(NormativeEvent.objects.select_related("document"), pk=pk)
    found = _document(request, event.document_id)
    form = StrikeForm(request.POST or None)

    def save() -> HttpResponse:
        actions.strike(event, reason=form.cleaned_data["reason"], by=person(request), at=now())
        return _back_to(found)

    title = f"更正登记：{event.on} {KINDS[event.kind].label}"
    lead = "更正以后，这条记录划去但不删除，不再计入文件的效力。正确的内容请另行登记。"
    return asked(request, form, save, {**_frame(found, title, "更正"), "lead": lead})


def expiring(request: HttpRequest) -> HttpResponse:
    """What ends within half a year, the nearest first."""
    today = localdate()
    context = {
        "rows": queries.due_soon(queries.documents_for(person(request), on=today), on=today),
        "warnings": queries.warning_days(today)[::-1],
        "back_url": reverse("normative_documents"),
        "back_label": "规范性文件台账",
    }
    return render(request, "normative/desk/expiring.html", context)


def stock(request: HttpRequest) -> HttpResponse:
    """The row of the annual report, year by year, in both editions of the form."""
    today = localdate()
    organs = policy.organs(person(request), "see", on=today)
    organ = organs.filter(code=request.GET.get("organ", "")).first() or organs.first()
    if organ is None:
        raise Refused(policy.nowhere(person(request), "see"))
    context = {
        "organ": organ,
        "organs": organs,
        "columns": queries.STOCK_COLUMNS,
        "rows": [(year, queries.stock_row(year, organ=organ)) for year in queries.stock_years(today=today)],
        "back_url": reverse("normative_documents"),
        "back_label": "规范性文件台账",
    }
    return render(request, "normative/desk/stock.html", context)


def behind(request: HttpRequest, organ: str, year: int, figure: str) -> HttpResponse:
    """The documents that a number of the stock counts."""
    found = get_object_or_404(policy.organs(person(request), "see", on=localdate()), code=organ)
    labels = {key: label for columns in queries.STOCK_COLUMNS.values() for key, label in columns.items()}
    labels["lapsed"] = "本年失效件数"
    if figure not in labels or not 1949 <= year <= localdate().year:
        raise Http404("没有这一项统计。")
    page = Paginator(queries.behind_figure(figure, year, organ=found), PAGE_LENGTH).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "organ": found,
        "year": year,
        "label": labels[figure],
        "back_url": f"{reverse('normative_stock')}?organ={found.code}",
        "back_label": "存量统计",
    }
    return render(request, "normative/desk/behind.html", context)


def _document(request: HttpRequest, pk: int) -> NormativeDocument:
    """A document of the agencies somebody works for; any other is not there."""
    return get_object_or_404(queries.documents_for(person(request), on=localdate()), pk=pk)


def _frame(document: NormativeDocument, title: str, button: str) -> dict[str, Any]:
    back = reverse("normative_document", args=[document.pk])
    return {"title": title, "button": button, "document": document, "back_url": back, "back_label": document.title}


def _back_to(document: NormativeDocument) -> HttpResponse:
    return redirect("normative_document", document.pk)
