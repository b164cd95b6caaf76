"""Who may appoint, close, reset and delegate; and the refusal every room's policy raises."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.db.models import Q

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.queries import appointments, in_force
from gongkai.office.organs.models import Organ
from gongkai.office.organs.policy import Refused as Refused  # what every room's policy raises; screens show it as 403
from gongkai.office.organs.queries import site


class FileRefused(Refused):
    """A file can't be taken in, whoever brings it: its kind, its size, what is in it. Screens say so beside the field, 422."""


DELEGABLE = (Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER, Role.SECRECY_REVIEWER)
"""What may be done by somebody else during leave."""

INCOMPATIBLE = frozenset({Role.ADMINISTRATOR, Role.AUDITOR})
"""Whoever gives the roles out does not audit how they were given out."""


def lacking(by: User, what: str, roles: Iterable[Role], organ: Organ) -> str:
    """The sentence for somebody who holds none of the roles that something needs in an agency: what, why, what to do."""
    return (
        f"{by.name}没有在{organ.name}{what}的权限：这需要“{_named(roles)}”职责。"
        "请由担任这一职责的人办理，或者请系统管理员登记任职、委托。"
    )


def lacking_anywhere(by: User, what: str, roles: Iterable[Role]) -> str:
    """The same for somebody who holds none of them for any agency."""
    return f"{by.name}没有{what}的权限：这需要“{_named(roles)}”职责。请联系系统管理员登记任职。"


def _named(roles: Iterable[Role]) -> str:
    return "、".join(role.label for role in roles)


def require_auditor(by: User, *, on: date) -> None:
    """May somebody read the log? It holds every agency's acts, so the role is needed where the site belongs.

    Errors: Refused.
    """
    owner = site().organ
    if owner is None:
        raise Refused("网站还没有登记主办机关，不知道由谁审计。请系统管理员先登记网站的主办机关。")
    held = [each for each in appointments(by, [Role.AUDITOR], on=on) if each.covers(owner) and each.with_subordinates]
    if not held:
        raise Refused(lacking(by, "查看审计日志", [Role.AUDITOR], owner) + "任职要含下级机关。")


def require_administrator(by: User, organ: Organ, role: Role, *, on: date, with_subordinates: bool = False) -> None:
    """May somebody give or end this role in this agency, with what is below it or without?

    A superuser names administrators and nothing else; nobody gives a wider reach than the own one.
    Errors: Refused.
    """
    own = [each for each in appointments(by, [Role.ADMINISTRATOR], on=on) if each.covers(organ)]
    if own and with_subordinates and not any(each.with_subordinates for each in own):
        raise Refused(
            f"您只管理“{organ}”本级，不能授予含下级机关的任职。请由上级机关的系统管理员办理，或去掉“含下级机关”。"
        )
    if own:
        return
    if by.is_superuser and by.is_active and role == Role.ADMINISTRATOR:
        return
    if by.is_superuser:
        raise Refused(
            f"超级管理员只能任命系统管理员，不能任命{role.label}：管系统的人不分配审核权限。请由“{organ}”的系统管理员办理。"
        )
    raise Refused(
        f"您不能在“{organ}”任免{role.label}：您在该机关没有系统管理职责。请由该机关或其上级机关的系统管理员办理。"
    )


def require_appointable(by: User, person: User, role: Role, *, on: date) -> None:
    """Can this person be given the role by this one?

    Errors: Refused: to oneself, to a closed account, to a superuser, or beside a role that excludes it.
    """
    if same_person(by, person):
        raise Refused(
            "不能给自己（包括自己的其他账号）任职：任何权限都须由另一个人授予。请由上级机关的系统管理员办理。"
        )
    if not person.is_active:
        raise Refused(f"{person}的账号已停用，不能任职。请先启用账号。")
    if person.is_superuser:
        raise Refused(f"{person}是超级管理员，只管系统设置，不能担任任何职责。请为其另建一个工作账号并使用同一工号。")
    if role in INCOMPATIBLE:
        excluded = INCOMPATIBLE - {role}
        others = in_force(on).filter(user__staff_number=person.staff_number, role__in=excluded)
        if others.exists():
            raise Refused(f"{person}已担任{Role(next(iter(excluded))).label}。系统管理与审计须由不同的人担任。")


def may_manage(by: User, person: User, *, on: date) -> bool:
    """May somebody close, reopen or reset an account? Only when every agency it works for is his to administer."""
    if same_person(by, person) or not by.is_active:
        return False
    if by.is_superuser:
        return True
    if person.is_superuser:
        return False
    own = appointments(by, [Role.ADMINISTRATOR], on=on)
    held = list(person.appointments.filter(Q(to_date=None) | Q(to_date__gte=on)).select_related("organ"))
    if not held:
        held = list(person.appointments.select_related("organ"))
    return bool(held) and all(any(mine.covers(each.organ) for mine in own) for each in held)


def require_manageable(by: User, person: User, *, on: date) -> None:
    """Stop whoever may not look after an account.

    Errors: Refused.
    """
    if same_person(by, person):
        raise Refused("不能停用、启用或者重置自己的账号：请由另一位系统管理员办理。修改自己的密码请到“我的账号”。")
    if not may_manage(by, person, on=on):
        raise Refused(
            f"您不能管理{person}的账号：其任职的机关不都在您的管理范围内。请由能管理其全部任职机关的上级系统管理员办理。"
        )


def require_delegator(by: User, delegator: User, role: Role, *, on: date, during: date | None) -> None:
    """May somebody delegate this role of that person: the own one, or as the administrator of the account?

    `during` is the first day of the delegation, on which the role must be held; None when one is taken back.
    Errors: Refused.
    """
    if role not in DELEGABLE:
        raise Refused(f"{role.label}不能委托代行，只有初审、复审、终审和保密审查可以。离岗期间请由系统管理员另行任职。")
    if by.pk != delegator.pk and not may_manage(by, delegator, on=on):
        raise Refused(f"您不能替{delegator}办理委托：只有本人或者管理其账号的系统管理员可以。")
    if during is not None and not in_force(during).filter(user=delegator, role=role).exists():
        raise Refused(f"{delegator}届时不担任{role.label}，没有可以委托的职责。")


def require_deputy(delegator: User, deputy: User, role: Role, *, on: date, during: date) -> None:
    """Can this person stand in? Somebody else, who works in the same agency, above or below it.

    Errors: Refused.
    """
    if same_person(delegator, deputy):
        raise Refused("不能委托给自己（包括自己的其他账号）。")
    if not deputy.is_active or deputy.is_superuser:
        raise Refused(f"{deputy}的账号已停用或者是超级管理员，不能代审。请另选一位工作人员。")
    held = in_force(during).filter(user=delegator, role=role).select_related("organ")
    theirs = list(in_force(during).filter(user=deputy).select_related("organ"))
    near = any(
        one.organ.path.startswith(other.organ.path) or other.organ.path.startswith(one.organ.path)
        for one in held
        for other in theirs
    )
    if not near:
        raise Refused(f"{deputy}不在{delegator}任职的机关及其上下级任职，看不到这些稿件。请委托本机关的人。")


def same_person(one: User, other: User) -> bool:
    """Two accounts with one staff number are one human being."""
    return one.pk == other.pk or one.staff_number == other.staff_number
