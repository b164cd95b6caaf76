"""Applications for tests: a person, a firm, and the officers who handle their cases."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time

from gongkai.office.accounts.models import Appointment, Role, User
from gongkai.office.casework.actions import receive
from gongkai.office.casework.models import Application
from gongkai.office.casework.particulars import Particulars
from tests.office.cast import TODAY, Cast

PERSON = Particulars(
    applicant_kind="natural_person",
    applicant_name="孙申请",
    identity_kind="居民身份证",
    identity_number="11010519491231002X",
    phone="13800000001",
    email="sun@example.org",
    address="青溪县云岭路1号",
    postcode="999001",
    wanted="请公开《青溪县城区供水改造工程实施方案》（青水发〔2023〕12号）全文。",
)
FIRM = replace(
    PERSON,
    applicant_kind="commercial_enterprise",
    applicant_name="青溪县山泉建材有限公司",
    identity_kind="统一社会信用代码证书",
    identity_number="91990001MA0A00011X",
    contact_person="何联系",
)


@dataclass(frozen=True)
class Officers:
    """Who handles cases of the education bureau: 郑经办 and 何经办 handle, 冯审签 approves, 钱外人 works elsewhere."""

    case: User
    colleague: User
    approver: User
    outsider: User


def officers(cast: Cast) -> Officers:
    """Appoint them."""
    case = _appointed(cast, "郑经办", "C001", Role.CASE_OFFICER)
    colleague = _appointed(cast, "何经办", "C002", Role.CASE_OFFICER)
    approver = _appointed(cast, "冯审签", "C003", Role.CASE_APPROVER)
    for role in (Role.CASE_OFFICER, Role.CASE_APPROVER):
        Appointment.objects.create(user=cast.outsider, organ=cast.water, role=role, from_date=date(2019, 1, 1))
    return Officers(case, colleague, approver, cast.outsider)


def _appointed(cast: Cast, name: str, number: str, role: Role) -> User:
    user = User.objects.create_user(
        username=number.lower(), name=name, staff_number=number, password="Qingxi-2024-case"
    )
    Appointment.objects.create(user=user, organ=cast.education, role=role, from_date=date(2019, 1, 1))
    return user


def at(day: date) -> datetime:
    """Nine in the morning of a day, in Beijing."""
    return datetime.combine(day, time(1), UTC)


def received(
    cast: Cast, by: User, *, on: date = TODAY, who: Particulars = PERSON, channel: str = "in_person"
) -> Application:
    """An application that came in on a day."""
    return receive(cast.education, who, channel=channel, submitted_on=on, at=at(on), by=by).application
