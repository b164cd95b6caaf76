"""What somebody sees of the own account."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from wagtail.admin.auth import require_admin_access

from gongkai.office.accounts import queries, second_factor
from gongkai.office.accounts.models import User


@require_admin_access
def own_account(request: HttpRequest) -> HttpResponse:
    """Name, appointments, password, second factor, delegations, and what was done to the account."""
    user = request.user
    assert isinstance(user, User)
    today = timezone.localdate()
    context = {
        "person": user,
        "appointments": queries.appointments_of(user, on=today),
        "device": second_factor.device_of(user),
        "codes_left": user.recovery_codes.filter(used_at=None).count(),
        "delegations": queries.delegations_of(user, on=today),
        "history": queries.account_history(user)[:15],
    }
    return render(request, "accounts/own_account.html", context)
