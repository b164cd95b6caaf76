"""Who may do what with an agency's applications: by appointment, never by being a superuser."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.office.accounts.duties import Duties
from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.queries import in_force, reaching
from gongkai.office.casework.models import Application
from gongkai.office.organs.models import Organ

HANDLING = (Role.CASE_OFFICER, Role.DISCLOSURE_OFFICER)
APPROVING = (Role.CASE_APPROVER,)
DUTIES = Duties(
    {
        "see": ((*HANDLING, *APPROVING), "查看政府信息公开申请"),
        "receive": (HANDLING, "登记政府信息公开申请"),
        "handle": (HANDLING, "办理政府信息公开申请"),
        "assign": ((Role.DISCLOSURE_OFFICER, *APPROVING), "交办政府信息公开申请"),
        "approve": (APPROVING, "审签政府信息公开申请"),
        "export": ((Role.DISCLOSURE_OFFICER, *APPROVING), "导出依申请公开台账"),
        "settings": ((Role.DISCLOSURE_OFFICER,), "设置申请的受理方式"),
    }
)
why_not, require, nowhere, organs = DUTIES.why_not, DUTIES.require, DUTIES.nowhere, DUTIES.organs


def within(by: User, *, on: date, verb: str = "see") -> Q:
    """The applications somebody may see (or act on): those of the agencies they handle or approve cases for."""
    return DUTIES.within(by, verb, on=on)


def sees_any(by: User, *, on: date) -> bool:
    """Does somebody have cases to look at?"""
    return DUTIES.may_anywhere(by, on=on)


def officers(organ: Organ, *, on: date) -> QuerySet[User]:
    """The people to whom a case of an agency can be given."""
    held = in_force(on).filter(reaching(organ), role__in=HANDLING)
    return User.objects.filter(pk__in=held.values("user")).order_by("staff_number")


def require_application(by: User, verb: str, application: Application, *, on: date) -> None:
    """Errors: Refused."""
    require(by, verb, application.organ, on=on)
