"""Who may change what stands about an agency."""

from __future__ import annotations

from typing import Protocol

from gongkai.office.organs.models import Organ

ADMINISTER = "organs.administer"
"""The permission asked of Django's authentication backends: `accounts` answers it from appointments."""

_WHAT = {
    "found": "设立机关",
    "change": "修改机关信息",
    "move": "调整隶属关系",
    "abolish": "办理机关撤并",
    "import": "导入机关信息",
}


class Refused(Exception):
    """Somebody may not do something. The message, in Chinese, says what was refused, why, and what to do."""


class Staff(Protocol):
    """One of the staff, as far as this room needs to know (`accounts` stands above it and can't be imported)."""

    staff_number: str

    def has_perm(self, perm: str, obj: object | None = None) -> bool: ...


Actor = Staff | str
"""Who acts: one of the staff, or the name of a program that whoever runs the machine started (no permission is asked)."""


def name_of(by: Actor) -> str:
    """The actor as the log names it."""
    return by if isinstance(by, str) else by.staff_number


def administers(by: Actor, organ: Organ | None) -> bool:
    """May somebody look after an agency's data? Without an agency: after those at the root of the tree."""
    return isinstance(by, str) or by.has_perm(ADMINISTER, organ)


def require(by: Actor, verb: str, organ: Organ | None) -> None:
    """Stop whoever does not administer the agency.

    Errors: Refused.
    """
    if organ is None and not isinstance(by, str) and not getattr(by, "is_superuser", False):
        raise Refused(f"您不能{_WHAT[verb]}：最上一级机关只能由安装本系统的超级管理员维护。请与其联系。")
    if not administers(by, organ):
        where = f"“{organ}”" if organ else "最上一级"
        raise Refused(
            f"您不能{_WHAT[verb]}：您没有{where}的系统管理职责，而机关信息是公众找到机关、计算期限的依据。"
            "请由该机关或其上级机关的系统管理员办理。"
        )


def may_set_site(by: Actor, owner: Organ | None) -> bool:
    """May somebody change what stands about the website? Its owner's administrator, or whoever runs the system."""
    return isinstance(by, str) or getattr(by, "is_superuser", False) or (owner is not None and administers(by, owner))


def require_site(by: Actor, owner: Organ | None) -> None:
    """Stop whoever may not change what stands about the website.

    Errors: Refused.
    """
    if not may_set_site(by, owner):
        who = f"主办机关“{owner}”的系统管理员" if owner else "超级管理员"
        raise Refused(f"您不能修改网站信息：它出现在每一个公开页面上，只能由{who}修改。请与其联系。")
