"""What somebody may do with the own account: another password, another mailbox, its end."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from gongkai.office.accounts.policy import Refused
from gongkai.office.accounts.public_pages import limited, personal
from gongkai.office.accounts.visitors import Limit
from gongkai.office.applicants import actions
from gongkai.office.applicants.forms import ChangePasswordForm, NewAddressForm, PresentPasswordForm
from gongkai.office.applicants.models import Account
from gongkai.office.applicants.views.entering import sent
from gongkai.office.applicants.visits import enter, leave, signed_in

CHANGES = Limit("applicant-change", times=20, seconds=600)
"""Tries of the present password by whoever found a browser signed in."""


@require_safe
@personal
@signed_in
def settings(request: HttpRequest, account: Account) -> HttpResponse:
    """GET /applications/account/settings/: what is kept, and what can be changed."""
    done = {"password": "密码已经修改，其他地方的登录都已退出。"}.get(request.GET.get("done", ""), "")
    return render(request, "applicants/settings.html", {"account": account, "done": done})


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@limited(CHANGES)
@signed_in
def change_password(request: HttpRequest, account: Account) -> HttpResponse:
    """GET, POST /applications/account/password/."""
    form = ChangePasswordForm(request.POST or None, account=account)
    if form.is_valid():
        at = timezone.now()
        actions.change_password(account, form.cleaned_data["password"], at=at)
        response = redirect("applicant_settings")
        response["Location"] += "?done=password"
        enter(response, account, at=at)
        return response
    return render(request, "applicants/change_password.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@limited(CHANGES)
@signed_in
def change_address(request: HttpRequest, account: Account) -> HttpResponse:
    """GET, POST /applications/account/address/: the new mailbox has to prove itself before anything changes."""
    form = NewAddressForm(request.POST or None, account=account)
    if form.is_valid():
        try:
            actions.ask_for_new_address(account, form.cleaned_data["email"], at=timezone.now())
        except Refused as refused:
            form.add_error("email", str(refused))
        else:
            return render(request, "applicants/sent.html", sent(request))
    context = {"form": form, "account": account}
    return render(request, "applicants/change_address.html", context, status=422 if form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@limited(CHANGES)
@signed_in
def close(request: HttpRequest, account: Account) -> HttpResponse:
    """GET, POST /applications/account/close/: the account goes, the applications stay."""
    form = PresentPasswordForm(request.POST or None, account=account)
    if form.is_valid():
        actions.close(account, at=timezone.now())
        response = render(request, "applicants/closed.html")
        leave(request, response)
        return response
    return render(request, "applicants/close.html", {"form": form}, status=422 if form.errors else 200)
