"""What somebody sees of the own account."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from wagtail.admin.auth import require_admin_access

from gongkai.office.accounts import actions, forms, queries, second_factor
from gongkai.office.accounts.models import User


@require_admin_access
def own_account(request: HttpRequest) -> HttpResponse:
    """Name, appointments, password, second factor, reminders, delegations, and what was done to the account."""
    user = request.user
    assert isinstance(user, User)
    today = timezone.localdate()
    reminders = forms.ReminderForm(request.POST or None, initial={"email": user.email, "wanted": user.mail_reminders})
    if reminders.is_valid():
        actions.set_reminders(user, **reminders.cleaned_data, at=timezone.now())
        messages.success(request, "提醒方式已保存。")
        return redirect("wagtailadmin_account")
    context = {
        "reminders": reminders,
        "person": user,
        "appointments": queries.appointments_of(user, on=today),
        "device": second_factor.device_of(user),
        "codes_left": user.recovery_codes.filter(used_at=None).count(),
        "delegations": queries.delegations_of(user, on=today),
        "history": queries.account_history(user)[:15],
    }
    return render(request, "accounts/own_account.html", context)
