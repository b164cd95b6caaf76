"""What each of the staff sees first."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.timezone import localdate, now
from wagtail.admin.auth import require_admin_access

from gongkai.office.accounts.models import User
from gongkai.office.accounts.queries import delegations_of
from gongkai.office.desk import boards
from gongkai.office.notices.queries import backlogs


@require_admin_access
def home(request: HttpRequest) -> HttpResponse:
    """The first page of the desk: what asks something of whoever looks, the most urgent first."""
    user, today, moment = request.user, localdate(), now()
    assert isinstance(user, User), "nobody else is let in"
    return render(
        request,
        "desk/home.html",
        {
            "today": today,
            "standing_in": delegations_of(user, on=today).filter(from_date__lte=today),
            "alarms": boards.alarms(user, on=today),
            "backlogs": backlogs(user, at=moment, on=today),
            "boards": boards.work(user, on=today),
            "case_boards": boards.cases(user, on=today),
            "answers": boards.answers(user, on=today),
            "reports": boards.reports(user, on=today),
            "overdue": boards.overdue_columns(user, on=today),
            "ending": boards.ending_soon(user, on=today),
            "guides": boards.guide_updates(user, on=today),
        },
    )
