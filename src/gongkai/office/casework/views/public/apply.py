"""Applying: whom, as what, the form, a look at it before it is sent, and the receipt."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.office.accounts import captcha, typed
from gongkai.office.accounts.policy import Refused
from gongkai.office.accounts.public_pages import forget, limited, personal, remember
from gongkai.office.accounts.visitors import Limit
from gongkai.office.applicants.visits import account_of
from gongkai.office.casework import receipts
from gongkai.office.casework.actions import drafting
from gongkai.office.casework.application_form import EXPLAINED, PEOPLE, ApplicationForm
from gongkai.office.casework.files import LARGEST, MEGABYTE
from gongkai.office.casework.guide import expected_reply
from gongkai.office.casework.intake import intake_of, ways
from gongkai.office.casework.kinds import ApplicantKind
from gongkai.office.casework.models import Application, ApplicationDraft, ApplicationFile
from gongkai.office.casework.queries import already_public, known_particulars
from gongkai.office.casework.views.public.visit import DRAFT, enter_case
from gongkai.office.organs.models import Organ
from gongkai.office.organs.queries import office_of, search, site, standing
from gongkai.regulation.deadlines import periods_on

SAVES = Limit("application-save", times=60, seconds=600)
"""Filling in and correcting, several people behind one address; the disk is safe by drafting.MOST_BYTES."""
SENDS = Limit("application-send", times=30, seconds=3600)
SHOWN = 60
"""Agencies named without a search."""
UPLOADS = {"identity_files": ApplicationFile.Role.IDENTITY, "extra_files": ApplicationFile.Role.APPLICATION}


@require_safe
@personal
def choose_organ(request: HttpRequest) -> HttpResponse:
    """GET /applications/new/: to whom. The agency that made the information, or keeps it, answers fastest."""
    asked = request.GET.get("q", "").strip()[:40]
    organs = search(asked).filter(abolished_on=None) if asked else standing()
    shown = list(organs[: SHOWN + 1])
    own = site().organ_id
    if not asked:
        shown.sort(key=lambda organ: organ.pk != own)
    context = {"organs": shown[:SHOWN], "asked": asked, "is_cut": len(shown) > SHOWN}
    return render(request, "casework/public/choose_organ.html", context)


@require_safe
@personal
def choose_kind(request: HttpRequest, code: str) -> HttpResponse:
    """GET /applications/new/<agency>/: as whom. A closed channel says where to turn instead."""
    organ = get_object_or_404(Organ, code=code, abolished_on=None)
    context = {
        "organ": organ,
        "is_open": intake_of(organ).online_open,
        "kinds": [(kind, ApplicantKind(kind).label, said, kind in PEOPLE) for kind, said in EXPLAINED.items()],
        "ways": ways(organ),
        "office": office_of(organ),
    }
    return render(request, "casework/public/choose_kind.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@limited(SAVES)
def fill_in(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """GET, POST /applications/new/<agency>/<kind>/: the form. What was filled in is kept, right or wrong."""
    organ = get_object_or_404(Organ, code=code, abolished_on=None)
    if kind not in ApplicantKind.values or not intake_of(organ).online_open:
        return redirect("apply_kind", code)
    at = timezone.now()
    draft = _draft(request)
    if request.method != "POST":
        account = account_of(request, at=at)
        if draft is not None and draft.application_id is not None:
            draft = None  # that one is sent; this is another
        known = known_particulars(account, kind) if account and not draft else {}
        initial = known | (drafting.filled(draft) if draft else {})
        form = ApplicationForm(kind, initial={"wanted_form": "paper", "delivery": "post"} | initial)
        return _form(request, organ, kind, form, draft, is_known="applicant_name" in known)
    form = ApplicationForm(kind, request.POST)
    draft, token = drafting.keep(draft, organ, kind, {name: request.POST.get(name, "") for name in form.fields}, at=at)
    problems = _take_files(request, draft)
    is_whole = form.is_valid() and not problems and "upload" not in request.POST
    response = (
        redirect("apply_preview")
        if is_whole
        else _form(request, organ, kind, form, draft, problems, is_checked="upload" not in request.POST)
    )
    if token:
        remember(response, DRAFT, token)
    return response


@require_http_methods(["GET", "HEAD", "POST"])
@personal
def preview(request: HttpRequest) -> HttpResponse:
    """GET, POST /applications/preview/: what will be sent, what is public already, and the last step."""
    draft = _draft(request)
    if draft is None:
        return render(request, "casework/public/expired.html", {"hours": drafting.HOURS}, status=410)
    if draft.application_id:
        return redirect("apply_receipt")
    if request.method == "POST":
        return _send(request, draft)
    return _preview(request, draft)


@require_http_methods(["POST"])
@personal
def discard(request: HttpRequest) -> HttpResponse:
    """POST /applications/discard/: nothing of it stays, neither here nor in the browser."""
    draft = _draft(request)
    if draft is not None:
        drafting.discard(draft)
    response = redirect("apply")
    forget(response, DRAFT)
    return response


@require_safe
@personal
def receipt(request: HttpRequest) -> HttpResponse:
    """GET /applications/receipt/: number and code, what happens next; to be printed or written down."""
    sent = _sent(request)
    if sent is None:
        return redirect("application_track")
    has_account = account_of(request, at=timezone.now()) is not None
    context: dict[str, Any] = {"application": sent, "organ": sent.organ, "office": office_of(sent.organ)}
    context |= {**_prospects(), "has_account": has_account}
    response = render(request, "casework/public/receipt.html", context)
    # Whoever sent it needs no code to look at it, or to confirm it, right away.
    enter_case(response, sent, at=timezone.now())
    return response


@require_safe
@personal
def receipt_pdf(request: HttpRequest) -> HttpResponse:
    """GET /applications/receipt.pdf: the same as a file; it names nobody."""
    sent = _sent(request)
    if sent is None:
        return redirect("application_track")
    response = HttpResponse(receipts.pdf(sent), content_type="application/pdf")
    response["Content-Disposition"] = 'attachment; filename="receipt.pdf"'
    return response


@limited(SENDS)
def _send(request: HttpRequest, draft: ApplicationDraft) -> HttpResponse:
    """One application, however often the button is pressed: the second press waits and finds the first one's."""
    at = timezone.now()
    try:
        with transaction.atomic():
            draft = drafting.locked(draft)
            verdict = captcha.Verdict.RIGHT
            if draft.application_id is None:
                token, answer = request.POST.get("captcha_token", ""), request.POST.get("captcha_answer", "")
                verdict = captcha.solve(token, answer, at=at)
                if verdict is captcha.Verdict.RIGHT:
                    drafting.send(draft, at=at, account=account_of(request, at=at))
    except Refused as refused:
        return _preview(request, draft, refusal=str(refused))
    if verdict is not captcha.Verdict.RIGHT:
        return _preview(request, draft, captcha_error=verdict.message)
    return redirect("apply_receipt")


def _preview(request: HttpRequest, draft: ApplicationDraft, **problems: Any) -> HttpResponse:
    particulars = drafting.particulars(draft)
    way: captcha.Kind = "question" if request.GET.get("check") == "question" else "picture"
    here = reverse("apply_preview")
    context = {
        "draft": draft,
        "organ": draft.organ,
        "form_address": reverse("apply_form", args=[draft.organ.code, draft.kind]),
        "rows": [
            (bound.label, dict(getattr(bound.field, "choices", ())).get(bound.value(), bound.value()))
            for part in ApplicationForm(draft.kind, initial=drafting.filled(draft)).parts()
            for bound in part.fields
            if bound.value()
        ],
        "is_complete": not particulars.problems(),
        "files": draft.files.all(),
        "hours": drafting.HOURS,
        "public": already_public(particulars),
        "captcha": captcha.challenge(way, at=timezone.now()),
        "captcha_switch": here if way == "question" else f"{here}?check=question",
        **problems,
    }
    context |= _prospects()
    return render(request, "casework/public/preview.html", context, status=422 if problems else 200)


def _prospects() -> dict[str, Any]:
    today = timezone.localdate()
    return {"today": today, "expected": expected_reply(today), "reply_days": periods_on(today).reply}


def _form(
    request: HttpRequest,
    organ: Organ,
    kind: str,
    form: ApplicationForm,
    draft: ApplicationDraft | None,
    problems: dict[str, list[str]] | None = None,
    *,
    is_checked: bool = True,
    is_known: bool = False,
) -> HttpResponse:
    problems = problems or {}
    files = list(draft.files.all()) if draft else []
    has_errors = form.is_bound and is_checked and bool(form.errors)
    context = {
        "organ": organ,
        "kind": ApplicantKind(kind),
        "form": form,
        "parts": list(form.parts()),
        "shows_errors": has_errors,
        "identity_files": [file for file in files if file.role == ApplicationFile.Role.IDENTITY],
        "extra_files": [file for file in files if file.role == ApplicationFile.Role.APPLICATION],
        "file_problems": problems,
        "largest": LARGEST // MEGABYTE,
        "most": drafting.MOST_FILES,
        "is_organisation": kind not in PEOPLE,
        "is_known": is_known,
    }
    status = 422 if has_errors or problems else 200
    return render(request, "casework/public/form.html", context, status=status)


def _take_files(request: HttpRequest, draft: ApplicationDraft) -> dict[str, list[str]]:
    """Keep what was uploaded, take off what is not wanted any more; gives what could not be kept, by field."""
    removed = [pk for each in request.POST.getlist("remove") if (pk := typed.number(each)) is not None]
    drafting.detach(draft, removed)
    problems: dict[str, list[str]] = {}
    for name, role in UPLOADS.items():
        for upload in request.FILES.getlist(name):
            try:
                drafting.attach(draft, upload.read(), upload.name or "", role)
            except Refused as refused:
                problems.setdefault(name, []).append(str(refused))
    return problems


def _draft(request: HttpRequest) -> ApplicationDraft | None:
    return drafting.find(request.COOKIES.get(DRAFT, ""), at=timezone.now())


def _sent(request: HttpRequest) -> Application | None:
    draft = _draft(request)
    if draft is None or draft.application_id is None:
        return None
    return Application.objects.select_related("organ").get(pk=draft.application_id)
