"""Who may do what with an agency's remedies: by appointment, never by being a superuser."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.policy import Refused as Refused
from gongkai.office.accounts.policy import lacking
from gongkai.office.accounts.queries import acts_anywhere, holds, organs_where, scope
from gongkai.office.organs.models import Organ

_ROLES: dict[str, tuple[tuple[Role, ...], str]] = {
    "see": ((Role.DISCLOSURE_OFFICER, Role.CASE_OFFICER, Role.CASE_APPROVER), "查看行政复议、行政诉讼案件"),
    "record": ((Role.DISCLOSURE_OFFICER, Role.CASE_OFFICER), "登记行政复议、行政诉讼案件"),
    "strike": ((Role.DISCLOSURE_OFFICER, Role.CASE_APPROVER), "更正行政复议、行政诉讼的登记"),
}


def why_not(by: User, verb: str, organ: Organ, *, on: date) -> str:
    """Why somebody may not do something for an agency on a day, as a sentence; empty when they may."""
    roles, label = _ROLES[verb]
    if holds(by, roles, organ, on=on):
        return ""
    return lacking(by, label, roles, organ)


def require(by: User, verb: str, organ: Organ, *, on: date) -> None:
    """Errors: Refused when somebody does not hold a role that the verb needs in the agency."""
    if refusal := why_not(by, verb, organ, on=on):
        raise Refused(refusal)


def within(by: User, *, on: date) -> Q:
    """The cases somebody may see."""
    return scope(by, _ROLES["see"][0], on=on)


def sees_any(by: User, *, on: date) -> bool:
    """Does somebody have a register to look at?"""
    return acts_anywhere(by, _ROLES["see"][0], on=on)


def organs(by: User, verb: str, *, on: date) -> QuerySet[Organ]:
    """The agencies for which somebody may do something."""
    return organs_where(by, _ROLES[verb][0], on=on)
