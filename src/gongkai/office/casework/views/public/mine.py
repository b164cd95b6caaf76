"""我的申请: what somebody with an account has applied for, in one place. The case itself is the page that number and code open."""

from __future__ import annotations

from datetime import datetime

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from gongkai.office.accounts.policy import Refused
from gongkai.office.accounts.public_pages import limited, personal
from gongkai.office.accounts.visitors import Limit
from gongkai.office.applicants.actions import note_export
from gongkai.office.applicants.forms import PresentPasswordForm
from gongkai.office.applicants.models import Account
from gongkai.office.applicants.visits import signed_in
from gongkai.office.casework import actions, queries
from gongkai.office.casework.personal_copy import package
from gongkai.office.casework.queries.letters import fetchable
from gongkai.office.casework.tracking import progress
from gongkai.office.casework.views.public.track import LOOKS
from gongkai.office.casework.views.public.visit import enter_case

PAGE_LENGTH = 10
COPIES = Limit("applicant-copy", times=5, seconds=3600)


@require_safe
@personal
@signed_in
def applications(request: HttpRequest, account: Account, number: int = 1) -> HttpResponse:
    """GET /applications/account/: the own applications, newest first, with what they wait for."""
    pages = Paginator(queries.followed(account), PAGE_LENGTH)
    if not 1 <= number <= pages.num_pages:
        raise Http404
    page, today = pages.page(number), timezone.localdate()
    rows = [(each, progress(each.application, on=today), len(fetchable(each.application))) for each in page]
    return render(request, "casework/public/mine.html", {"account": account, "page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@limited(LOOKS)
@signed_in
def add(request: HttpRequest, account: Account) -> HttpResponse:
    """GET, POST /applications/account/add/: one that was made without the account, by number and code."""
    if request.method != "POST":
        return render(request, "casework/public/mine_add.html")
    number, code = request.POST.get("number", "")[:100], request.POST.get("code", "")[:40]
    try:
        actions.add(account, number, code, at=timezone.now())
    except Refused as refused:
        return render(request, "casework/public/mine_add.html", {"number": number, "error": str(refused)}, status=422)
    return redirect("my_applications")


@require_safe
@personal
@signed_in
def open_case(request: HttpRequest, account: Account, pk: int) -> HttpResponse:
    """GET /applications/account/<n>/: the case, as number and code show it."""
    row = get_object_or_404(queries.followed(account), pk=pk)
    response = redirect("application_case")
    enter_case(response, row.application, at=timezone.now())
    return response


@require_POST
@personal
@signed_in
def remove(request: HttpRequest, account: Account, pk: int) -> HttpResponse:
    """POST /applications/account/<n>/remove/: out of the list, and nowhere else."""
    actions.unfollow(get_object_or_404(queries.followed(account), pk=pk), at=timezone.now())
    return redirect("my_applications")


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@limited(COPIES)
@signed_in
def copy(request: HttpRequest, account: Account) -> HttpResponse:
    """GET, POST /applications/account/copy/: everything that is kept of somebody, for whoever knows the password.

    Source: personal-information-2021 art. 45.
    """
    form = PresentPasswordForm(request.POST or None, account=account)
    if not form.is_valid():
        return render(request, "casework/public/copy.html", {"form": form}, status=422 if form.errors else 200)
    at = timezone.now()
    response = HttpResponse(_copy_of(account, at), content_type="application/zip")
    response["Content-Disposition"] = 'attachment; filename="my-information.zip"'
    return response


def _copy_of(account: Account, at: datetime) -> bytes:
    note_export(account, at=at)
    return package(queries.sent_from(account), by="public", purpose="本人下载", at=at, account=account)
