"""Who may take in the reports of others: the disclosure office of the agency they are handed to."""

from __future__ import annotations

from datetime import date

from django.db.models import QuerySet

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.policy import Refused
from gongkai.office.accounts.queries import acts_anywhere, holds, organs_where, scope
from gongkai.office.organs.models import Organ
from gongkai.office.reporting.models import ReceivedReport

_ROLES = (Role.DISCLOSURE_OFFICER,)


def why_not(by: User, organ: Organ, *, on: date) -> str:
    """Why somebody may not take in reports for an agency, as a sentence; empty when they may."""
    if holds(by, _ROLES, organ, on=on):
        return ""
    return (
        f"{by.name}不能在{organ.name}接收、更正、审核年度报告：这需要“{Role.DISCLOSURE_OFFICER.label}”职责。"
        "请由担任这一职责的人办理，或者请系统管理员登记任职。"
    )


def require(by: User, organ: Organ, *, on: date) -> None:
    """Errors: Refused."""
    if refusal := why_not(by, organ, on=on):
        raise Refused(refusal)


def nowhere(by: User) -> str:
    """The sentence for somebody who takes in reports for no agency."""
    return f"{by.name}没有接收年度报告的权限：这需要“{Role.DISCLOSURE_OFFICER.label}”职责。请联系系统管理员登记任职。"


def receives_any(by: User, *, on: date) -> bool:
    """Does somebody take in reports?"""
    return acts_anywhere(by, _ROLES, on=on)


def receivers(by: User, *, on: date) -> QuerySet[Organ]:
    """The agencies for which somebody may take in reports."""
    return organs_where(by, _ROLES, on=on)


def visible(by: User, *, on: date) -> QuerySet[ReceivedReport]:
    """The reports somebody may see: handed to the agencies they work for, or reports of these agencies themselves."""
    mine = scope(by, _ROLES, on=on, organ_field="receiver") | scope(by, _ROLES, on=on)
    return ReceivedReport.objects.filter(mine).defer("source")
