"""Signing in: password, second factor, and the change of an initial password."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.decorators import login_required
from django.contrib.auth.forms import PasswordChangeForm
from django.contrib.auth.views import LoginView
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.urls import reverse
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django_otp import login as remember_device

from gongkai.office.accounts import actions, second_factor
from gongkai.office.accounts.forms import Code, SignIn
from gongkai.office.accounts.gate import begin
from gongkai.office.accounts.models import User
from gongkai.office.accounts.visitors import Limit, address_of, wait_for

ATTEMPTS = Limit("sign-in", times=60, seconds=600)
"""From one network, over all accounts: an office behind one address gets through, a list of stolen passwords does not."""


class SignInView(LoginView):
    """User name and password. What is owed after that (second factor, new password) the gate asks for."""

    template_name = "accounts/sign_in.html"
    form_class = SignIn
    next_page = "wagtailadmin_home"
    redirect_authenticated_user = True

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if seconds := wait_for(ATTEMPTS, request, at=timezone.now()):
            return render(request, "accounts/locked.html", {"minutes": -(-seconds // 60)}, status=429)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form: Any) -> HttpResponse:
        answer = super().form_valid(form)
        begin(self.request)
        self.request.session.set_expiry(0)  # the cookie goes with the browser; the gate knows the hours
        actions.note_sign_in(form.get_user(), address=address_of(self.request), at=timezone.now())
        return answer

    def form_invalid(self, form: Any) -> HttpResponse:
        username = form.cleaned_data.get("username", "")
        actions.note_refused_sign_in(username, address=address_of(self.request), at=timezone.now())
        return super().form_invalid(form)


def locked(request: HttpRequest, response: HttpResponse | None = None, credentials: object = None) -> HttpResponse:
    """The answer after too many wrong passwords."""
    return render(request, "accounts/locked.html", status=429)


@never_cache
@login_required
def ask_second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for the code of the phone, or one of the codes on paper."""
    user = _user(request)
    if second_factor.device_of(user) is None:
        return HttpResponseRedirect(reverse("wagtailadmin_home"))
    form = Code(request.POST or None)
    if form.is_valid():
        device = second_factor.verify(user, form.cleaned_data["code"], at=timezone.now())
        if device is not None:
            _verified(request, device)
            return HttpResponseRedirect(_next(request))
        form.add_error(
            "code", "验证码不正确或者已经用过。请等手机上出现下一个验证码再输入；连续输错后须稍等片刻才能再试。"
        )
    return render(request, "accounts/second_factor.html", {"form": form, "next": _next(request)})


@never_cache
@login_required
def set_up_second_factor(request: HttpRequest) -> HttpResponse:
    """Show the secret to the phone and prove it with a first code; then show the codes for paper, once."""
    user = _user(request)
    form = Code(request.POST or None)
    if form.is_valid():
        proved = second_factor.confirm(user, form.cleaned_data["code"], at=timezone.now())
        if proved is not None:
            device, codes = proved
            _verified(request, device)
            return render(request, "accounts/recovery_codes.html", {"codes": codes, "next": _next(request)})
        form.add_error("code", "验证码不正确。请核对手机时间是否自动同步，等出现下一个验证码再输入。")
    device = second_factor.waiting_device(user)
    context = {
        "form": form,
        "picture": second_factor.picture(device),
        "secret": second_factor.secret_text(device),
        "replaces": second_factor.device_of(user) is not None,
        "next": _next(request),
    }
    return render(request, "accounts/set_up_second_factor.html", context)


@never_cache
@login_required
@sensitive_post_parameters()
def change_password(request: HttpRequest) -> HttpResponse:
    """A new password, with the old one; other sessions end."""
    user = _user(request)
    form = PasswordChangeForm(user, request.POST or None)
    if form.is_valid():
        actions.change_password(user, form.cleaned_data["new_password1"], at=timezone.now())
        update_session_auth_hash(request, user)
        messages.success(request, "密码已修改，其他设备上的登录已全部退出。")
        return HttpResponseRedirect(_next(request))
    context = {"form": form, "initial": user.must_change_password, "next": _next(request)}
    return render(request, "accounts/change_password.html", context)


def _verified(request: HttpRequest, device: Any) -> None:
    request.session.cycle_key()
    remember_device(request, device)


def _user(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user


def _next(request: HttpRequest) -> str:
    """Where somebody wanted to go, when that is on this site."""
    asked = request.POST.get("next") or request.GET.get("next") or ""
    safe = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if safe else resolve_url("wagtailadmin_home")
