"""Who may do what with an agency's remedies: by appointment, never by being a superuser."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongkai.office.accounts.duties import Duties
from gongkai.office.accounts.models import Role, User

DUTIES = Duties(
    {
        "see": ((Role.DISCLOSURE_OFFICER, Role.CASE_OFFICER, Role.CASE_APPROVER), "查看行政复议、行政诉讼案件"),
        "record": ((Role.DISCLOSURE_OFFICER, Role.CASE_OFFICER), "登记行政复议、行政诉讼案件"),
        "strike": ((Role.DISCLOSURE_OFFICER, Role.CASE_APPROVER), "更正行政复议、行政诉讼的登记"),
    }
)
why_not, require, nowhere, organs = DUTIES.why_not, DUTIES.require, DUTIES.nowhere, DUTIES.organs


def within(by: User, *, on: date) -> Q:
    """The cases somebody may see."""
    return DUTIES.within(by, on=on)


def sees_any(by: User, *, on: date) -> bool:
    """Does somebody have a register to look at?"""
    return DUTIES.may_anywhere(by, on=on)
