"""Getting in: register, forgotten password, the link from the mail, sign in and out."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from gongkai.office.accounts import captcha
from gongkai.office.accounts.policy import Refused
from gongkai.office.accounts.public_pages import limited, personal
from gongkai.office.accounts.visitors import Limit, network_mark
from gongkai.office.applicants import actions, queries
from gongkai.office.applicants.forms import MailboxForm, NewPasswordForm, SignInForm
from gongkai.office.applicants.models import Account, MailedLink
from gongkai.office.applicants.visits import account_of, enter, leave

MAILS = Limit("applicant-mail", times=20, seconds=3600)
ATTEMPTS = Limit("applicant-sign-in", times=60, seconds=600)
"""From one network, over all accounts, as for the staff."""
LINKS = Limit("applicant-link", times=60, seconds=600)
HOME = "my_applications"
"""The list of the own applications, which is `casework`'s."""


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@limited(MAILS)
def register(request: HttpRequest) -> HttpResponse:
    """GET, POST /applications/account/register/: the mailbox; the answer is the same whether it has an account or not."""
    return _ask_for_link(request, "applicants/register.html", wants_new=True)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@limited(MAILS)
def forgotten(request: HttpRequest) -> HttpResponse:
    """GET, POST /applications/account/forgotten/: the mailbox; the answer is the same as for one without an account."""
    return _ask_for_link(request, "applicants/forgotten.html", wants_new=False)


def _ask_for_link(request: HttpRequest, template: str, *, wants_new: bool) -> HttpResponse:
    form, at = MailboxForm(request.POST or None), timezone.now()
    captcha_error, may_register = "", queries.may_register()
    if request.method == "POST" and form.is_valid() and may_register:
        # Asked before anything is done, and judged outside of any transaction.
        verdict = captcha.solve(request.POST.get("captcha_token", ""), request.POST.get("captcha_answer", ""), at=at)
        if verdict is captcha.Verdict.RIGHT:
            actions.ask_for_link(form.cleaned_data["email"], wants_new=wants_new, at=at)
            return render(request, "applicants/sent.html", sent(request))
        captcha_error = verdict.message
    way: captcha.Kind = "question" if request.GET.get("check") == "question" else "picture"
    context = {
        "form": form,
        "may_register": may_register,
        "captcha": captcha.challenge(way, at=at),
        "captcha_error": captcha_error,
        "captcha_switch": request.path if way == "question" else f"{request.path}?check=question",
    }
    return render(request, template, context, status=422 if captcha_error or form.errors else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@limited(LINKS, method="GET")
@limited(LINKS)
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """GET, POST /applications/account/link/<token>/: what the mail leads to. Looking at it changes nothing: mail servers look too."""
    at = timezone.now()
    link = queries.find_link(token, at=at)
    if link is None:
        return render(request, "applicants/link_over.html", {"hours": queries.LINK_HOURS}, status=410)
    return _confirm(request, token) if link.purpose == MailedLink.Purpose.ADDRESS else _set(request, token, link)


def _set(request: HttpRequest, token: str, link: MailedLink) -> HttpResponse:
    account = queries.account_by_email(link.email)
    form = NewPasswordForm(request.POST or None, account=account or Account(email=link.email))
    refusal = ""
    if form.is_valid():
        at = timezone.now()
        try:
            made = actions.set_password(token, form.cleaned_data["password"], at=at)
        except Refused as refused:
            refusal = str(refused)
        else:
            return _entered(made)
    context = {"form": form, "email": link.email, "is_new": account is None, "refusal": refusal}
    return render(request, "applicants/set_password.html", context, status=422 if form.errors or refusal else 200)


def _confirm(request: HttpRequest, token: str) -> HttpResponse:
    if request.method != "POST":
        return render(request, "applicants/confirm_address.html")
    try:
        account = actions.confirm_address(token, at=timezone.now())
    except Refused as refused:
        return render(request, "applicants/confirm_address.html", {"refusal": str(refused)}, status=422)
    return _entered(account)


@require_http_methods(["GET", "HEAD", "POST"])
@personal
@limited(ATTEMPTS)
def sign_in(request: HttpRequest) -> HttpResponse:
    """GET, POST /applications/account/sign-in/: mailbox and password."""
    at = timezone.now()
    if request.method != "POST" and account_of(request, at=at) is not None:
        return redirect(HOME)
    form = SignInForm(request.POST or None)
    context: dict[str, Any] = {"form": form, "may_register": queries.may_register()}
    if not form.is_valid():
        return render(request, "applicants/sign_in.html", context, status=422 if form.errors else 200)
    email, network = form.cleaned_data["email"], network_mark(request)
    if queries.is_locked_out(email, network=network, at=at):
        return render(request, "applicants/locked.html", {"minutes": queries.locked_for()}, status=429)
    account = actions.sign_in(email, form.cleaned_data["password"], network=network, at=at)
    if account is not None:
        return _entered(account)
    form.add_error(None, actions.WRONG)
    return render(request, "applicants/sign_in.html", context, status=422)


@require_POST
@personal
def sign_out(request: HttpRequest) -> HttpResponse:
    """POST /applications/account/sign-out/."""
    response = redirect("applicant_sign_in")
    leave(request, response)
    return response


def sent(request: HttpRequest) -> dict[str, Any]:
    """What the page after a mail was asked for says: where to ask again, how long the link holds, how many mails there are."""
    return {"again": request.path, "hours": queries.LINK_HOURS, "most": actions.MOST_LINKS}


def _entered(account: Account) -> HttpResponse:
    response = redirect(HOME)
    enter(response, account, at=timezone.now())
    return response
