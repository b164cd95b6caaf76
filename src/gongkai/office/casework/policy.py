"""Who may do what with an agency's applications: by appointment, never by being a superuser."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.policy import Refused as Refused
from gongkai.office.accounts.policy import lacking, lacking_anywhere
from gongkai.office.accounts.queries import acts_anywhere, holds, in_force, organs_where, scope
from gongkai.office.casework.models import Application
from gongkai.office.organs.models import Organ

HANDLING = (Role.CASE_OFFICER, Role.DISCLOSURE_OFFICER)
APPROVING = (Role.CASE_APPROVER,)
_LABELS: dict[str, tuple[tuple[Role, ...], str]] = {
    "see": ((*HANDLING, *APPROVING), "查看政府信息公开申请"),
    "receive": (HANDLING, "登记政府信息公开申请"),
    "handle": (HANDLING, "办理政府信息公开申请"),
    "assign": ((Role.DISCLOSURE_OFFICER, *APPROVING), "交办政府信息公开申请"),
    "approve": (APPROVING, "审签政府信息公开申请"),
    "export": ((Role.DISCLOSURE_OFFICER, *APPROVING), "导出依申请公开台账"),
    "settings": ((Role.DISCLOSURE_OFFICER,), "设置申请的受理方式"),
}


def why_not(by: User, verb: str, organ: Organ, *, on: date) -> str:
    """Why somebody may not do something for an agency on a day, as a sentence; empty when they may."""
    roles, label = _LABELS[verb]
    if holds(by, roles, organ, on=on):
        return ""
    return lacking(by, label, roles, organ)


def require(by: User, verb: str, organ: Organ, *, on: date) -> None:
    """Errors: Refused when somebody does not hold a role that the verb needs in the agency."""
    if refusal := why_not(by, verb, organ, on=on):
        raise Refused(refusal)


def nowhere(by: User, verb: str) -> str:
    """The sentence for somebody who may not do something for any agency."""
    roles, label = _LABELS[verb]
    return lacking_anywhere(by, label, roles)


def within(by: User, *, on: date, verb: str = "see") -> Q:
    """The applications somebody may see (or act on): those of the agencies they handle or approve cases for."""
    return scope(by, _LABELS[verb][0], on=on)


def sees_any(by: User, *, on: date) -> bool:
    """Does somebody have cases to look at?"""
    return acts_anywhere(by, _LABELS["see"][0], on=on)


def organs(by: User, verb: str, *, on: date) -> QuerySet[Organ]:
    """The agencies for which somebody may do something: the choices of a form."""
    return organs_where(by, _LABELS[verb][0], on=on)


def officers(organ: Organ, *, on: date) -> QuerySet[User]:
    """The people to whom a case of an agency can be given."""
    held = in_force(on).filter(role__in=HANDLING)
    near = Q(organ=organ) | Q(with_subordinates=True, organ__path__in=_above(organ))
    return User.objects.filter(pk__in=held.filter(near).values("user")).order_by("staff_number")


def _above(organ: Organ) -> list[str]:
    """The paths of an agency and of every one above it."""
    steps = organ.path.rstrip(".").split(".")
    return [".".join(steps[: place + 1]) + "." for place in range(len(steps))]


def require_application(by: User, verb: str, application: Application, *, on: date) -> None:
    """Errors: Refused."""
    require(by, verb, application.organ, on=on)
