"""Who may see what left an agency, and who may decide about it: by appointment, never by being a superuser."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.policy import Refused, lacking, lacking_anywhere
from gongkai.office.accounts.queries import acts_anywhere, appointments, holds, organs_ever_where, scope
from gongkai.office.notices.models import Outgoing

_OFFICERS = (Role.CASE_OFFICER, Role.DISCLOSURE_OFFICER)
_ROLES: dict[str, tuple[Role, ...]] = {
    "see": (*_OFFICERS, Role.CASE_APPROVER, Role.ADMINISTRATOR),
    "decide": _OFFICERS,
    "reveal": _OFFICERS,
}
_LABELS = {"see": "查看通知台账", "decide": "处理通知（认定、重发、登记签收和退回）", "reveal": "查看收件地址"}
_WITHOUT_ORGAN = (Role.DISCLOSURE_OFFICER, Role.ADMINISTRATOR)
"""Who looks after notices that belong to no agency."""


def why_not(by: User, verb: str, notice: Outgoing, *, on: date) -> str:
    """Why somebody may not do something with a notice, as a sentence; empty when they may."""
    roles = _ROLES[verb]
    if notice.organ is not None:
        allowed = holds(by, roles, notice.organ, on=on)
    else:
        allowed = bool(appointments(by, [role for role in roles if role in _WITHOUT_ORGAN], on=on))
    if allowed:
        return ""
    return (
        lacking(by, _LABELS[verb], roles, notice.organ) if notice.organ else lacking_anywhere(by, _LABELS[verb], roles)
    )


def require(by: User, verb: str, notice: Outgoing, *, on: date) -> None:
    """Errors: Refused."""
    if refusal := why_not(by, verb, notice, on=on):
        raise Refused(refusal)


def within(by: User, verb: str, *, on: date) -> Q:
    """The notices with which somebody may do something."""
    return scope(by, _ROLES[verb], on=on) | _of_no_agency(by, verb, on=on)


def within_by_keys(by: User, verb: str, *, on: date) -> Q:
    """The same, with the agencies by their keys instead of the way to them: one more query, and nothing to be joined."""
    keys = organs_ever_where(by, _ROLES[verb], on=on).values_list("pk", flat=True)
    return Q(organ__in=list(keys)) | _of_no_agency(by, verb, on=on)


def _of_no_agency(by: User, verb: str, *, on: date) -> Q:
    if appointments(by, [role for role in _ROLES[verb] if role in _WITHOUT_ORGAN], on=on):
        return Q(organ=None)
    return Q(pk__in=())


def sees_any(by: User, *, on: date) -> bool:
    """Does somebody have a ledger to look at?"""
    return acts_anywhere(by, _ROLES["see"], on=on)
