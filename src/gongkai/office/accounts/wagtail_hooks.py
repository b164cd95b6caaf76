"""This room in the staff's shell."""

from __future__ import annotations

from django.urls import URLPattern, path, reverse
from wagtail import hooks

from gongkai.office.accounts.desk_menu import Place
from gongkai.office.accounts.models import Role
from gongkai.office.accounts.policy import DELEGABLE
from gongkai.office.accounts.queries import acts_anywhere
from gongkai.office.accounts.views import log, staff
from gongkai.office.organs.policy import ADMINISTER

VERBS = ("close", "reopen", "reset-password", "reset-second-factor")


@hooks.register("register_admin_urls")
def urls() -> list[URLPattern]:
    """Where the screens stand."""
    verbs = [
        path(f"staff/<int:pk>/{verb}/", staff.account, {"verb": verb}, name=f"accounts_{verb.replace('-', '_')}")
        for verb in VERBS
    ]
    return [
        path("staff/", staff.staff, name="accounts_staff"),
        path("staff/new/", staff.add, name="accounts_add"),
        path("staff/import/", staff.import_staff, name="accounts_import"),
        path("staff/import/template/", staff.import_template, name="accounts_import_template"),
        path("staff/issue-passwords/", staff.issue_passwords, name="accounts_issue_passwords"),
        path("staff/<int:pk>/", staff.person, name="accounts_person"),
        *verbs,
        path("appointments/<int:pk>/end/", staff.end_appointment, name="accounts_end_appointment"),
        path("log/", log.entries, name="accounts_log"),
        path("log/export/", log.export, name="accounts_log_export"),
        path("log/verify/", log.verify, name="accounts_log_verify"),
        path("delegations/", staff.delegations, name="accounts_delegations"),
        path("delegations/<int:pk>/revoke/", staff.revoke_delegation, name="accounts_revoke_delegation"),
    ]


@hooks.register("register_admin_menu_item")
def log_item() -> Place:
    """For whoever looks at what others did."""
    return Place(
        "审计日志",
        reverse("accounts_log"),
        lambda user, on: acts_anywhere(user, (Role.AUDITOR,), on=on),
        name="accounts-log",
        icon_name="history",
        order=730,
    )


@hooks.register("register_admin_menu_item")
def staff_item() -> Place:
    """For whoever looks after people."""
    return Place(
        "人员与任职",
        reverse("accounts_staff"),
        lambda user, on: user.has_perm(ADMINISTER),
        name="accounts-staff",
        icon_name="group",
        order=710,
    )


@hooks.register("register_admin_menu_item")
def delegations_item() -> Place:
    """For whoever may go on leave from reviewing."""
    return Place(
        "委托代审",
        reverse("accounts_delegations"),
        lambda user, on: acts_anywhere(user, DELEGABLE, on=on) or user.has_perm(ADMINISTER),
        name="accounts-delegations",
        icon_name="user",
        order=720,
    )
