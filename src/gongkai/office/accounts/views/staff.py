"""Looking after people: the list, one person, import, first passwords, delegation."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_POST

from gongkai.office.accounts import actions, forms, policy, queries, second_factor, staff_import
from gongkai.office.accounts.models import Appointment, Delegation, Role, User
from gongkai.office.accounts.policy import Refused
from gongkai.office.organs import tables

PER_PAGE = 50
ISSUED_AT_ONCE = 100
"""First passwords made in one go: a good hash is slow on purpose."""


def staff(request: HttpRequest) -> HttpResponse:
    """The people somebody looks after, 50 a page."""
    by = _administrator(request)
    today = timezone.localdate()
    asked = {name: request.GET.get(name, "").strip() for name in ("words", "role", "organ", "state")}
    current = Appointment.objects.exclude(to_date__lt=today).select_related("organ").order_by("organ__path", "role")
    everybody = queries.staff_for(by, on=today)
    found = queries.search_staff(everybody, **asked).prefetch_related(
        Prefetch("appointments", queryset=current, to_attr="current")
    )
    context = {
        "page": Paginator(found, PER_PAGE).get_page(request.GET.get("page")),
        "asked": asked,
        "roles": Role.choices,
        "states": [("open", "在用"), ("closed", "已停用"), ("no_password", "尚无密码")],
        "without_password": queries.search_staff(everybody, state="no_password").count(),
    }
    return render(request, "accounts/staff.html", context)


def add(request: HttpRequest) -> HttpResponse:
    """A new account; its first password is shown once."""
    by = _administrator(request)
    form = forms.AccountForm(request.POST or None)
    if form.is_valid():
        data = form.cleaned_data | {"role": Role(form.cleaned_data["role"])}
        try:
            person, password = actions.create_staff(by=by, on=timezone.localdate(), at=timezone.now(), **data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return render(request, "accounts/password_issued.html", {"person": person, "password": password})
    return render(request, "accounts/add.html", {"form": form})


def person(request: HttpRequest, pk: int) -> HttpResponse:
    """One of the staff: appointments, account, history."""
    by, found = _administrator(request), _person(request, pk)
    today, now = timezone.localdate(), timezone.now()
    which = request.POST.get("form")
    appointment = forms.AppointmentForm(request.POST if which == "appoint" else None, prefix="appoint")
    contact = forms.ContactForm(
        request.POST if which == "contact" else None,
        prefix="contact",
        initial={"name": found.name, "phone": found.phone, "email": found.email},
    )
    if which == "appoint" and appointment.is_valid():
        data = dict(appointment.cleaned_data)
        role, organ = Role(data.pop("role")), data.pop("organ")
        return _done(
            request, found, "任职已登记。", lambda: actions.appoint(found, role, organ, by=by, on=today, at=now, **data)
        )
    if which == "contact" and contact.is_valid():
        data = contact.cleaned_data
        return _done(request, found, "已更正。", lambda: actions.amend(found, by=by, on=today, at=now, **data))
    held = queries.appointments_of(found, on=today)
    context = {
        "person": found,
        "appointments": held,
        "appoint": appointment,
        "contact": contact,
        "manageable": policy.may_manage(by, found, on=today),
        "is_self": policy.same_person(by, found),
        "device": second_factor.device_of(found),
        "delegations": queries.delegations_of(found, on=today),
        "history": queries.account_history(found)[:20],
    }
    return render(request, "accounts/person.html", context)


@require_POST
def end_appointment(request: HttpRequest, pk: int) -> HttpResponse:
    """End an appointment at once."""
    appointment = get_object_or_404(Appointment.objects.select_related("user"), pk=pk)
    by = _administrator(request)
    return _done(
        request,
        appointment.user,
        "任职已终止。",
        lambda: actions.end_appointment(appointment, by=by, on=timezone.localdate(), at=timezone.now()),
    )


@require_POST
def account(request: HttpRequest, pk: int, verb: str) -> HttpResponse:
    """Close, reopen, or reset an account."""
    by, found = _administrator(request), _person(request, pk)
    when: dict[str, Any] = {"by": by, "on": timezone.localdate(), "at": timezone.now()}
    if verb == "reset-password":
        password = actions.reset_password(found, **when)
        return render(request, "accounts/password_issued.html", {"person": found, "password": password})
    told, act = {
        "close": ("账号已停用，本人立即退出。", actions.close_account),
        "reopen": ("账号已启用。", actions.reopen_account),
        "reset-second-factor": ("手机验证已重置，本人下次登录时重新设置。", actions.reset_second_factor),
    }[verb]
    return _done(request, found, told, lambda: act(found, **when))


def import_staff(request: HttpRequest) -> HttpResponse:
    """Try a table row by row; take it in when it has no fault and that was asked for."""
    by = _administrator(request)
    form = forms.Upload(request.POST or None, request.FILES or None)
    plan = None
    if form.is_valid():
        upload = form.cleaned_data["file"]
        try:
            sheets = tables.read(upload.read(), upload.name)
            rows = next(iter(sheets.values()), [])
            plan = staff_import.plan(rows, by=by, on=timezone.localdate())
        except tables.Unreadable as cannot:
            form.add_error("file", str(cannot))
        if plan is not None and not plan.problems and "carry_out" in request.POST:
            staff_import.carry_out(plan, by=by, at=timezone.now())
            messages.success(
                request,
                f"已导入：开立 {len(plan.people)} 个账号，登记 {len(plan.appointments)} 项任职。请生成初始密码。",
            )
            return HttpResponseRedirect(reverse("accounts_staff"))
    return render(request, "accounts/import.html", {"form": form, "plan": plan, "headings": staff_import.HEADINGS})


def import_template(request: HttpRequest) -> HttpResponse:
    """An empty table to fill in."""
    _administrator(request)
    return _workbook({"人员": [list(staff_import.HEADINGS)]}, "staff-template.xlsx")


@require_POST
def issue_passwords(request: HttpRequest) -> HttpResponse:
    """First passwords for accounts without one, as a table that is made once and kept nowhere."""
    by, today = _administrator(request), timezone.localdate()
    waiting = queries.search_staff(queries.staff_for(by, on=today), state="no_password").filter(is_active=True)
    mine = [each for each in waiting[: 5 * ISSUED_AT_ONCE] if policy.may_manage(by, each, on=today)]
    issued = actions.issue_passwords(mine[:ISSUED_AT_ONCE], by=by, on=today, at=timezone.now())
    rows: list[list[object]] = [["账号", "姓名", "工号", "初始密码"]]
    rows += [[each.username, each.name, each.staff_number, password] for each, password in issued]
    return _workbook({"初始密码": rows}, "first-passwords.xlsx")


def delegations(request: HttpRequest) -> HttpResponse:
    """Somebody's delegations, given and held, and a new one."""
    by, today = _user(request), timezone.localdate()
    form = forms.DelegationForm(request.POST or None)
    if not (by.is_superuser or queries.acts_anywhere(by, [Role.ADMINISTRATOR], on=today)):
        del form.fields["delegator"]
    if form.is_valid():
        data = dict(form.cleaned_data)
        delegator, role = data.pop("delegator", None) or by, Role(data.pop("role"))
        try:
            actions.delegate(by=by, on=today, at=timezone.now(), delegator=delegator, role=role, **data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "委托已登记。受托人不能审核自己起草或者已审过一道的稿件。")
            return HttpResponseRedirect(reverse("accounts_delegations"))
    context = {
        "form": form,
        "delegations": queries.delegations_of(by, on=today),
        "person": by,
        "colleagues": queries.colleagues(by, on=today),
    }
    return render(request, "accounts/delegations_page.html", context)


@require_POST
def revoke_delegation(request: HttpRequest, pk: int) -> HttpResponse:
    """Take a delegation back."""
    delegation = get_object_or_404(Delegation, pk=pk)
    actions.revoke_delegation(delegation, by=_user(request), on=timezone.localdate(), at=timezone.now())
    messages.success(request, "委托已撤销。")
    return HttpResponseRedirect(reverse("accounts_delegations"))


def _done(request: HttpRequest, found: User, told: str, act: Callable[[], object]) -> HttpResponse:
    try:
        act()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, told)
    return HttpResponseRedirect(reverse("accounts_person", args=[found.pk]))


def _workbook(sheets: dict[str, list[list[Any]]], name: str) -> HttpResponse:
    answer = HttpResponse(tables.write_xlsx(sheets), content_type=tables.XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer


def _user(request: HttpRequest) -> User:
    user = request.user
    assert isinstance(user, User)
    return user


def _administrator(request: HttpRequest) -> User:
    """Whoever asks, when an administrator of anything. Errors: Refused."""
    by = _user(request)
    if not by.is_superuser and not queries.appointments(by, [Role.ADMINISTRATOR], on=timezone.localdate()):
        raise Refused("您不能管理人员：您没有任何机关的系统管理职责。请联系本机关的系统管理员。")
    return by


def _person(request: HttpRequest, pk: int) -> User:
    """Somebody within reach; a stranger's page does not say that there is one."""
    by = _administrator(request)
    return get_object_or_404(queries.staff_for(by, on=timezone.localdate()), pk=pk)
