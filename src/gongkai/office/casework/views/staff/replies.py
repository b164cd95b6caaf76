"""The staff's screens from decision to delivered letter: seven questions, redacted copies, letters, deliveries."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.encoding import escape_uri_path
from django.utils.timezone import localdate, now
from django.views.decorators.http import require_POST, require_safe

from gongkai.documents.writers import render as render_file
from gongkai.documents.writers.pdf import MissingCharacters
from gongkai.office.accounts.desk_pages import person
from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import files, letters, policy, redaction, requirements
from gongkai.office.casework.actions.decide import Deciding, decide
from gongkai.office.casework.actions.delivering import deliver
from gongkai.office.casework.actions.entering import subject
from gongkai.office.casework.actions.redacting import Paper, Withheld, confirm_look, redact
from gongkai.office.casework.actions.set_letter_settings import SETTINGS, set_letter_settings
from gongkai.office.casework.actions.writing import (
    draft_letter,
    draft_letter_to_another,
    edit_letter,
    live_reply,
    return_letter,
    sign_letter,
    submit_letter,
    void_letter,
    why_not_reply,
)
from gongkai.office.casework.letter_agency import settings_of
from gongkai.office.casework.letter_forms import (
    DecideForm,
    DeliverForm,
    LetterForm,
    NewLetterForm,
    RedactionForm,
    SettingsForm,
)
from gongkai.office.casework.letter_record import GROUNDS, withheld_of
from gongkai.office.casework.models import Application, Letter
from gongkai.office.casework.queries.letters import undelivered, waiting
from gongkai.office.notices.actions import Unsendable
from gongkai.office.notices.queries import proofs
from gongkai.office.organs.models import Organ
from gongkai.office.personal.actions import note_look
from gongkai.office.personal.files import FileGone
from gongkai.regulation import application as law
from gongkai.regulation.letters import kind_of, kinds, reply_kind

MEDIA = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def queue(request: HttpRequest) -> HttpResponse:
    """GET casework/letters/: what waits to be signed, delivered, finished; and what did not arrive."""
    by, today = person(request), localdate()
    rows = [(each, kind_of(each.kind).name) for each in waiting(by, on=today)[:300]]
    groups = [
        (label, [(letter, title) for letter, title in rows if letter.state == state])
        for state, label in (
            (Letter.State.SUBMITTED, "待审签"),
            (Letter.State.ISSUED, "已签发，待送达"),
            (Letter.State.DRAFT, "起草中"),
        )
    ]
    failed = [(each, kind_of(each.letter.kind).name) for each in undelivered(by, on=today)[:100]]
    organs = policy.organs(by, "settings", on=today)
    return render(
        request, "casework/desk/letters/queue.html", {"groups": groups, "failed": failed, "organs": organs[:50]}
    )


def reply(request: HttpRequest, pk: int) -> HttpResponse:
    """GET casework/<n>/reply/: the seven questions, then the outcome with what it rests on; the case's letters below."""
    application = _application(request, pk)
    answers = [answer for answer in request.GET.getlist("a") if answer][:10]
    try:
        steps, end = law.asked(answers)
    except KeyError:
        return redirect("casework_reply", pk)
    ended = end if isinstance(end, law.Choice) else None
    outcome = law.outcome(ended.outcome) if ended and ended.outcome else None
    form, refusal = None, ""
    if outcome is not None and outcome.key not in requirements.NOT_DECIDED:
        form = DecideForm(request.POST or None, outcome)
        if request.method == "POST" and form.is_valid():
            try:
                decide(application, Deciding(outcome.key, **form.cleaned_data), by=person(request), at=now())
            except Refused as refused:
                refusal = str(refused)
            else:
                messages.success(request, f"已拟定：{outcome.label}。现在可以起草答复书。")
                return redirect("casework_reply", pk)
    decided = application.outcome if application.closed_on else application.decided_outcome
    context = {
        "application": application,
        "steps": [(question, choice, answers[:number]) for number, (question, choice) in enumerate(steps)],
        "question": end if isinstance(end, law.Question) else None,
        "answers": answers,
        "ended": ended,
        "verb": law.name("verbs", ended.verb) if ended and ended.verb else "",
        "outcome": outcome,
        "is_by_law": outcome is not None and outcome.key in requirements.NOT_DECIDED,
        "row": outcome.row_on(localdate()) if outcome else "",
        "form": form,
        "refusal": refusal,
        "decided": law.outcome(decided) if decided else None,
        "reply_kind": reply_kind(decided) if decided and not live_reply(application) else "",
        "letters": [(each, kind_of(each.kind).name) for each in application.letters.all()],
        "new": NewLetterForm(),
        "redaction": application.redactions.order_by("-id").first(),
        "redaction_refusal": redaction.why_not(application) if decided == "partial" else "",
        "may": not policy.why_not(person(request), "handle", application.organ, on=localdate()),
        "back_url": reverse("casework_case", args=[pk]),
        "back_label": application.number,
    }
    return render(request, "casework/desk/letters/reply.html", context, status=422 if refusal else 200)


@require_POST
def add(request: HttpRequest, pk: int) -> HttpResponse:
    """POST casework/<n>/letters/add/: begin a letter."""
    application = _application(request, pk)
    kind = request.POST.get("kind", "")
    if kind not in kinds():
        raise Http404
    if kind_of(kind).outcome:
        made = draft_letter(application, kind, by=person(request), at=now())
        return redirect("casework_letter", made.pk)
    form = NewLetterForm(request.POST)
    if not form.is_valid():
        for field, errors in form.errors.items():
            messages.error(request, f"{form.fields[field].label}：{'；'.join(map(str, errors))}")
        return redirect("casework_reply", pk)
    given = form.cleaned_data
    made = draft_letter_to_another(
        application, kind, receiver=given["receiver"], matter=given["matter"], by=person(request), at=now()
    )
    return redirect("casework_letter", made.pk)


def letter(request: HttpRequest, pk: int) -> HttpResponse:
    """GET, POST casework/letters/<n>/: a letter: its words, what is missing, and what may be done with it."""
    found = _letter(request, pk)
    on = localdate()
    is_open = found.state in (Letter.State.DRAFT, Letter.State.SUBMITTED)
    composed = letters.composed(found, on=on) if is_open else None
    form = LetterForm(request.POST or None, found, composed, on=on) if composed else None
    if request.method == "POST" and form is not None and composed is not None and form.is_valid():
        # The words as they are without the officer's: an edit that goes back to them is none.
        edit_letter(found, given=form.given(), texts=form.texts(composed), by=person(request), at=now())
        messages.success(request, "已保存。" + ("原来的送审作废，请重新送审。" if found.state == "submitted" else ""))
        return redirect("casework_letter", pk)
    return render(request, "casework/desk/letters/letter.html", _shown(request, found, composed, form))


@require_POST
def act(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """POST casework/letters/<n>/<verb>/: submit, return, sign, void."""
    found, by, at = _letter(request, pk), person(request), now()
    note, seen = request.POST.get("note", "")[:500], request.POST.get("seen", "")
    acts: dict[str, tuple[Callable[[], object], str]] = {
        "submit": (lambda: submit_letter(found, by=by, at=at), "已送审，等待审签。"),
        "return": (lambda: return_letter(found, reason=note, by=by, at=at), "已退回经办人修改。"),
        "sign": (
            lambda: sign_letter(found, seen=seen, by=by, at=at),
            "已签发：编号、成文日期和校验码已经生成，可以送达。",
        ),
        "void": (lambda: void_letter(found, reason=note, by=by, at=at), "已作废。"),
    }
    if verb not in acts:
        raise Http404
    do, done = acts[verb]
    return _done(request, found, do, done)


@require_POST
def send(request: HttpRequest, pk: int) -> HttpResponse:
    """POST casework/letters/<n>/send/: put the letter on its way."""
    found = _letter(request, pk)
    form = DeliverForm(request.POST)
    if not form.is_valid():
        for field, errors in form.errors.items():
            messages.error(request, f"{form.fields[field].label}：{'；'.join(map(str, errors))}")
        return redirect("casework_letter", pk)
    given = {key: value for key, value in form.cleaned_data.items() if value}
    return _done(
        request,
        found,
        lambda: deliver(found, by=person(request), at=now(), **given),
        "已登记送达。邮件发出以后，系统自动登记答复日期。" if given["way"] == "mail" else "已登记送达。",
    )


@require_safe
def file(request: HttpRequest, pk: int, ending: str) -> HttpResponse:
    """GET casework/letters/<n>/file.<ending>: the sealed file, or, before it is signed, how it will look."""
    found = _letter(request, pk)
    if ending not in MEDIA:
        raise Http404
    by, about = person(request), subject(found.application)
    note_look(subject=about, field=f"letter.{ending}", by=by.staff_number, purpose="办理或者审签文书", at=now())
    kept = found.pdf if ending == "pdf" else found.docx
    if kept is not None:
        try:
            content = files.read(kept)
        except FileGone as gone:
            raise Refused("这份文书的文件已经依法清除，只留下文号、日期和送达的登记。") from gone
    else:
        composed = letters.composed(found, on=localdate())
        document = letters.document_of(composed.parts, None, found.application.organ.name, settings.SITE_URL)
        try:
            content = render_file(document, ending)
        except MissingCharacters as missing:
            raise Refused(str(missing)) from missing
    name = f"{found.number or '（未签发）'}{kind_of(found.kind).name}.{ending}"
    response = HttpResponse(content, content_type=MEDIA[ending])
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{escape_uri_path(name)}"
    response["Cache-Control"] = "private, no-store"
    return response


def copies(request: HttpRequest, pk: int) -> HttpResponse:
    """GET, POST casework/<n>/redaction/: the redacted copy, and the proof that what was withheld is gone."""
    application = _application(request, pk)
    form = RedactionForm(request.POST or None, request.FILES or None)
    refusal = ""
    if request.method == "POST" and request.POST.get("looked"):
        last = application.redactions.order_by("-id").first()
        if last is None:
            raise Http404
        confirm_look(last, by=person(request), at=now())
        messages.success(request, "已登记：图片由您逐页看过。")
        return redirect("casework_redaction", pk)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            made = redact(
                application,
                original=Paper(given["original"].name, given["original"].read()),
                copy=Paper(given["copy"].name, given["copy"].read()),
                withheld=[Withheld(text, ground) for text, ground in form.groups()],
                by=person(request),
                at=now(),
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            if made.is_clean:
                messages.success(request, "检查通过：副本里没有找到列出的文字。")
            else:
                messages.error(request, "检查没有通过，请看下面列出的地方。")
            return redirect("casework_redaction", pk)
    last = application.redactions.select_related("copy", "original", "looked_by").order_by("-id").first()
    context = {
        "application": application,
        "form": form,
        "refusal": refusal,
        "last": last,
        "withheld": _grounds(last) if last else [],
        "back_url": reverse("casework_reply", args=[pk]),
        "back_label": "答复与文书",
    }
    return render(request, "casework/desk/letters/redaction.html", context, status=422 if refusal else 200)


def letter_settings(request: HttpRequest, organ: str) -> HttpResponse:
    """GET, POST casework/letter-settings/<organ>/: whose court, whose reconsideration, whom to ask."""
    found = get_object_or_404(Organ, code=organ)
    policy.require(person(request), "settings", found, on=localdate())
    current = settings_of(found)
    form = SettingsForm(request.POST or None, initial={name: getattr(current, name) for name in SETTINGS})
    if request.method == "POST" and form.is_valid():
        set_letter_settings(found, **form.cleaned_data, by=person(request), at=now())
        messages.success(request, "已保存。以后签发的文书按新的设置写；已经签发的不变。")
        return redirect("casework_letters")
    context = {"form": form, "organ": found, "back_url": reverse("casework_letters"), "back_label": "文书"}
    return render(request, "casework/desk/letters/settings.html", context)


# -- shared -----------------------------------------------------------------------------------------------------------


def _application(request: HttpRequest, pk: int) -> Application:
    found = get_object_or_404(Application.objects.select_related("organ", "officer"), pk=pk)
    policy.require_application(person(request), "see", found, on=localdate())
    return found


def _letter(request: HttpRequest, pk: int) -> Letter:
    rows = Letter.objects.select_related("application__organ", "pdf", "docx", "seal", "consultation")
    found = get_object_or_404(rows, pk=pk)
    policy.require_application(person(request), "see", found.application, on=localdate())
    return found


def _done(request: HttpRequest, found: Letter, do: Callable[[], object], done: str) -> HttpResponse:
    """Do it and go back to the letter; a refusal is shown there."""
    try:
        do()
    except (Refused, Unsendable) as refusal:
        found = _letter(request, found.pk)
        is_open = found.state in (Letter.State.DRAFT, Letter.State.SUBMITTED)
        composed = letters.composed(found, on=localdate()) if is_open else None
        form = LetterForm(None, found, composed, on=localdate()) if composed else None
        context = {**_shown(request, found, composed, form), "refusal": str(refusal)}
        return render(request, "casework/desk/letters/letter.html", context, status=422)
    messages.success(request, done)
    return redirect("casework_letter", found.pk)


def _shown(
    request: HttpRequest, found: Letter, composed: letters.Composed | None, form: LetterForm | None
) -> dict[str, Any]:
    by, today = person(request), localdate()
    parts = composed.parts if composed else (letters.parts_of(found) if found.parts else ())
    words = form.words() if form else {}
    application = found.application
    usual = {"mail": "mail", "post": "post", "online": "online"}.get(application.delivery, "counter")
    # A letter tells who somebody is: each look at one is on record.
    note_look(subject=subject(application), field="letter", by=by.staff_number, purpose="办理或者审签文书", at=now())
    return {
        "letter": found,
        "application": application,
        "title": kind_of(found.kind).name,
        "parts": [(part, words.get(part.key)) for part in parts],
        "form": form,
        "facts": list(form.facts()) if form else [],
        "errors": composed.errors if composed else [],
        "warnings": composed.warnings if composed else [],
        "reply_refusal": why_not_reply(found, on=today) if composed else "",
        "steps": found.steps.select_related("by"),
        "deliveries": found.deliveries.select_related("by", "notice"),
        "proofs": proofs(f"casework.letter:{found.pk}"),
        "deliver_form": DeliverForm(initial={"way": usual}),
        "may_handle": not policy.why_not(by, "handle", application.organ, on=today),
        "may_approve": not policy.why_not(by, "approve", application.organ, on=today),
        "back_url": reverse("casework_reply", args=[application.pk]),
        "back_label": f"{application.number}的答复与文书",
    }


def _grounds(last: Any) -> list[tuple[str, str]]:
    return [(text, GROUNDS[ground]) for text, ground in withheld_of(last)]
