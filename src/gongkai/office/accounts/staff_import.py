"""Staff in from a table: accounts and appointments by the hundred, tried row by row first.

Recognised by user name. Importing the same file twice changes nothing the second time. Accounts come without a password;
first passwords are issued afterwards, so that a file with passwords exists only when somebody asks for it.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from django.core.exceptions import ValidationError
from django.db import transaction

from gongkai.office.accounts.models import UNUSABLE, Appointment, Role, User
from gongkai.office.accounts.policy import INCOMPATIBLE, Refused
from gongkai.office.accounts.queries import appointments
from gongkai.office.audit.actions import Act, record_all
from gongkai.office.organs.models import Organ
from gongkai.office.organs.tables import Row

HEADINGS = (
    "账号",
    "姓名",
    "工号",
    "联系电话",
    "电子邮箱",
    "机关代码",
    "职责",
    "含下级机关",
    "起始日期",
    "截止日期",
)
_ROLES = {role.label: role for role in Role}
_YES = {"是": True, "1": True, "否": False, "0": False, "": False}


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a row, in Chinese."""

    row: int
    message: str


@dataclass(slots=True)
class Plan:
    """What an import would do; it can be carried out when there is no problem."""

    problems: list[Problem] = field(default_factory=list)
    people: dict[str, User] = field(default_factory=dict)
    appointments: list[Appointment] = field(default_factory=list)
    unchanged: int = 0


class _Wrong(Exception):
    """A row can't be taken in."""


@dataclass(slots=True)
class _Known:
    """What is there already, read once."""

    by: User
    on: date
    people: dict[str, User]
    organs: dict[str, Organ]
    reach: list[Appointment]
    held: dict[int, list[Appointment]] = field(default_factory=dict)
    roles: dict[str, set[str]] = field(default_factory=dict)  # by staff number


def plan(rows: list[Row], *, by: User, on: date) -> Plan:
    """What importing the rows would do, with the fault of every faulty row. Five queries, whatever their number."""
    made = Plan()
    known = _Known(
        by,
        on,
        {each.username: each for each in User.objects.all()},
        {each.code: each for each in Organ.objects.all()},
        appointments(by, [Role.ADMINISTRATOR], on=on),
    )
    for each in Appointment.objects.exclude(to_date__lt=on).select_related("user", "organ"):
        known.held.setdefault(each.user_id, []).append(each)
        known.roles.setdefault(each.user.staff_number, set()).add(each.role)
    for row in rows:
        try:
            _plan_row(made, row, known)
        except _Wrong as wrong:
            made.problems.append(Problem(row.number, str(wrong)))
    return made


@transaction.atomic
def carry_out(made: Plan, *, by: User, at: datetime) -> None:
    """Open the accounts and make the appointments of a plan without problems, all of them or none.

    Errors: Refused.
    """
    if made.problems:
        raise Refused("导入文件还有错误，一个人也没有导入。请先改正全部错误。")
    new = list(made.people.values())
    User.objects.bulk_create(new, batch_size=500)
    for each in made.appointments:
        each.user_id = each.user.pk
    Appointment.objects.bulk_create(made.appointments, batch_size=500)
    opened = (
        Act(
            by.staff_number,
            "accounts.open_account",
            f"accounts.user:{person.pk}",
            detail={"username": person.username, "name": person.name, "staff_number": person.staff_number},
        )
        for person in new
    )
    appointed = (
        Act(
            by.staff_number,
            "accounts.appoint",
            f"accounts.user:{each.user_id}",
            detail={
                "role": each.role,
                "organ": each.organ.code,
                "with_subordinates": each.with_subordinates,
                "from": each.from_date.isoformat(),
                "to": each.to_date.isoformat() if each.to_date else None,
            },
        )
        for each in made.appointments
    )
    record_all([*opened, *appointed], at=at)


def _plan_row(made: Plan, row: Row, known: _Known) -> None:
    cells = {heading: row.cells.get(heading, "").strip() for heading in HEADINGS}
    if missing := [heading for heading in ("账号", "姓名", "工号", "机关代码", "职责") if not cells[heading]]:
        raise _Wrong(f"缺少{'、'.join(missing)}。")
    wanted = _appointment(cells, known)
    person = _person(made, cells, known)
    wanted.user = person
    _refuse_wrong_role(person, wanted, known)
    standing = known.held.get(person.pk, [])
    if any(each.role == wanted.role and each.organ_id == wanted.organ_id for each in standing):
        made.unchanged += 1
        return
    if any(
        each.user is person and each.role == wanted.role and each.organ_id == wanted.organ_id
        for each in made.appointments
    ):
        raise _Wrong("与前面的一行重复：同一个人在同一机关的同一职责只写一次。")
    if person._state.adding:
        made.people[person.username] = person
    known.roles.setdefault(person.staff_number, set()).add(wanted.role)
    made.appointments.append(wanted)


def _appointment(cells: dict[str, str], known: _Known) -> Appointment:
    organ = known.organs.get(cells["机关代码"])
    if organ is None:
        raise _Wrong(f"没有代码为“{cells['机关代码']}”的机关。")
    role = _ROLES.get(cells["职责"])
    if role is None:
        raise _Wrong(f"没有“{cells['职责']}”这一职责，须是：{'、'.join(_ROLES)}。")
    below = _YES.get(cells["含下级机关"])
    if below is None:
        raise _Wrong("“含下级机关”须填“是”或“否”。")
    covering = [each for each in known.reach if each.covers(organ)]
    named_by_superuser = known.by.is_superuser and role == Role.ADMINISTRATOR
    if not covering and not named_by_superuser:
        raise _Wrong(f"您不能在“{organ}”任命{role.label}：不在您的管理范围内。")
    if below and covering and not any(each.with_subordinates for each in covering):
        raise _Wrong(f"您只管理“{organ}”本级，不能授予含下级机关的任职。")
    if organ.abolished_on is not None:
        raise _Wrong(f"“{organ}”已撤并，不能再任职。")
    first, last = _day(cells["起始日期"]) or known.on, _day(cells["截止日期"])
    if first < known.on:
        raise _Wrong("起始日期早于今天，任职不能倒签。留空表示从今天起。")
    if last is not None and last < first:
        raise _Wrong("截止日期早于起始日期。")
    return Appointment(organ=organ, role=role, with_subordinates=below, from_date=first, to_date=last)


def _person(made: Plan, cells: dict[str, str], known: _Known) -> User:
    username = cells["账号"]
    person = known.people.get(username) or made.people.get(username)
    if person is not None:
        if (person.name, person.staff_number) != (cells["姓名"], cells["工号"]):
            raise _Wrong(f"账号“{username}”已属于另一个人（姓名或工号不同）。请核对，或者换一个账号。")
        return person
    person = User(
        username=username,
        name=cells["姓名"],
        staff_number=cells["工号"],
        phone=cells["联系电话"],
        email=cells["电子邮箱"],
        password=UNUSABLE,
        must_change_password=True,
    )
    try:
        person.clean_fields(exclude=["password"])
    except ValidationError as error:
        raise _Wrong(" ".join(error.messages)) from None
    return person


def _refuse_wrong_role(person: User, wanted: Appointment, known: _Known) -> None:
    if person.staff_number == known.by.staff_number:
        raise _Wrong("不能给自己（包括自己的其他账号）任职。")
    if not person.is_active or person.is_superuser:
        raise _Wrong(f"“{person.username}”已停用或者是超级管理员，不能任职。")
    role = Role(wanted.role)
    if role in INCOMPATIBLE and (INCOMPATIBLE - {role}) & known.roles.get(person.staff_number, set()):
        raise _Wrong("系统管理与审计须由不同的人担任。")


def _day(text: str) -> date | None:
    if not text:
        return None
    try:
        return date.fromisoformat(text.replace("/", "-").replace(".", "-"))
    except ValueError:
        raise _Wrong(f"“{text}”不是日期，请写成 2024-05-01。") from None
