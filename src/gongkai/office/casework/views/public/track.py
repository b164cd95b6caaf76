"""Following a case without an account: number and code once, then a cookie for half an hour; nothing of it in an address."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.encoding import escape_uri_path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.office.accounts.policy import Refused
from gongkai.office.accounts.public_pages import forget, limited, personal
from gongkai.office.accounts.visitors import Limit
from gongkai.office.casework import actions
from gongkai.office.casework.actions.follow import NOT_FOUND
from gongkai.office.casework.actions.receive import Upload
from gongkai.office.casework.files import LARGEST, MEGABYTE
from gongkai.office.casework.models import Application, ApplicationFile
from gongkai.office.casework.queries.letters import fetchable
from gongkai.office.casework.tracking import by_number_and_code, fetch, progress
from gongkai.office.casework.views.public.visit import VISIT, case_of, enter_case
from gongkai.office.organs.queries import office_of

LOOKS = Limit("application-track", times=20, seconds=600)
"""Tries of number and code from one network: with 59 bits of chance in a code nobody gets anywhere by trying."""
ACTS = Limit("application-act", times=30, seconds=600)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@limited(LOOKS)
def track(request: HttpRequest) -> HttpResponse:
    """GET, POST /applications/track/: number and code."""
    if request.method != "POST":
        return render(request, "casework/public/track.html")
    number, code = request.POST.get("number", "")[:100], request.POST.get("code", "")[:40]
    found = by_number_and_code(number, code)
    if found is None:
        return render(request, "casework/public/track.html", {"number": number, "error": NOT_FOUND}, status=422)
    response = redirect("application_case")
    enter_case(response, found, at=timezone.now())
    return response


@require_safe
@personal
def case(request: HttpRequest) -> HttpResponse:
    """GET /applications/case/: where it stands, what happened, what can be done."""
    found = case_of(request, at=timezone.now())
    return _case(request, found) if found else redirect("application_track")


@require_POST
@personal
@limited(ACTS)
def confirm(request: HttpRequest) -> HttpResponse:
    """POST /applications/case/confirm/: it was me."""
    return _act(
        request,
        lambda found, at: actions.confirm(found, side="applicant", on=timezone.localdate(at), at=at, way="online"),
    )


@require_POST
@personal
@limited(ACTS)
def correct(request: HttpRequest) -> HttpResponse:
    """POST /applications/case/correction/: the completed request, with files."""

    def do(found: Application, at: Any) -> None:
        uploads = [
            Upload(each.name or "", each.read(), ApplicationFile.Role.CORRECTION)
            for each in request.FILES.getlist("files")[:8]
        ]
        words = request.POST.get("wanted", "")[:5000]
        actions.receive_correction(found, wanted=words, on=timezone.localdate(at), at=at, uploads=uploads)

    return _act(request, do)


@require_POST
@personal
@limited(ACTS)
def withdraw(request: HttpRequest) -> HttpResponse:
    """POST /applications/case/withdraw/: with a box ticked, so that a slip of the finger closes nothing."""

    def do(found: Application, at: Any) -> None:
        if not request.POST.get("sure"):
            raise Refused("没有撤回。确实要撤回的，请先勾选“我确定撤回”。撤回以后这件申请不再办理，可以重新申请。")
        actions.withdraw(found, words=request.POST.get("words", "")[:500], on=timezone.localdate(at), at=at)

    return _act(request, do)


@require_safe
@personal
def download(request: HttpRequest, file: int) -> HttpResponse:
    """GET /applications/case/files/<n>/: a letter or what was disclosed, for whoever entered with number and code."""
    found = case_of(request, at=timezone.now())
    if found is None:
        return redirect("application_track")
    at = timezone.now()
    fetched = fetch(found, file, at=at)
    if fetched is None:
        raise Http404
    name, data = fetched
    response = HttpResponse(data, content_type="application/octet-stream")
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{escape_uri_path(name)}"
    return response


@require_POST
@personal
def leave(request: HttpRequest) -> HttpResponse:
    """POST /applications/case/leave/: on a computer that others use too."""
    response = redirect("application_track")
    forget(response, VISIT)
    return response


def _act(request: HttpRequest, do: Any) -> HttpResponse:
    at = timezone.now()
    found = case_of(request, at=at)
    if found is None:
        return redirect("application_track")
    try:
        do(found, at)
    except Refused as refused:
        return _case(request, found, refusal=str(refused))
    return redirect("application_case")


def _case(request: HttpRequest, found: Application, refusal: str = "") -> HttpResponse:
    today = timezone.localdate()
    context = {
        "application": found,
        "organ": found.organ,
        "office": office_of(found.organ),
        "progress": progress(found, on=today),
        "parts": found.parts.filter(erased_at=None).order_by("pk"),
        "letters": fetchable(found),
        "sent": found.files.filter(role__in=[ApplicationFile.Role.APPLICATION, ApplicationFile.Role.IDENTITY]),
        "refusal": refusal,
        "typed": request.POST.get("wanted", "") if refusal else "",
        "largest": LARGEST // MEGABYTE,
    }
    return render(request, "casework/public/case.html", context, status=422 if refusal else 200)
