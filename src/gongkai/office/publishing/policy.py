"""Who may do what with an agency's items: by appointment, never by being a superuser.

Whether the review itself allows an act (order, different people, unchanged text) is the law's question and is asked of
`regulation.review` in `record.Dossier.why_not`.
"""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.policy import Refused, lacking
from gongkai.office.accounts.queries import appointments, holds, scope
from gongkai.office.organs.models import Organ
from gongkai.office.organs.queries import site
from gongkai.regulation.review import Step

STEP_ROLES: dict[Step, Role] = {
    "first": Role.FIRST_REVIEWER,
    "second": Role.SECOND_REVIEWER,
    "final": Role.FINAL_REVIEWER,
}
_ROLES: dict[str, tuple[Role, ...]] = {
    "see": (
        Role.EDITOR,
        Role.FIRST_REVIEWER,
        Role.SECOND_REVIEWER,
        Role.FINAL_REVIEWER,
        Role.SECRECY_REVIEWER,
        Role.DISCLOSURE_OFFICER,
    ),
    "write": (Role.EDITOR,),
    "first": (Role.FIRST_REVIEWER,),
    "second": (Role.SECOND_REVIEWER,),
    "final": (Role.FINAL_REVIEWER,),
    "review_secrecy": (Role.SECRECY_REVIEWER,),
    "withdraw": (Role.FINAL_REVIEWER, Role.DISCLOSURE_OFFICER),
    "manage_columns": (Role.DISCLOSURE_OFFICER,),
    "manage_catalogue": (Role.DISCLOSURE_OFFICER,),
    "manage_words": (Role.DISCLOSURE_OFFICER,),
    "import": (Role.ADMINISTRATOR,),
}
_LABELS = {
    "see": "查看未公开的稿件",
    "write": "起草、修改、送审政府信息",
    "first": "初审",
    "second": "复审",
    "final": "终审",
    "review_secrecy": "作保密审查",
    "withdraw": "撤下已公开的信息",
    "manage_columns": "管理栏目",
    "manage_catalogue": "编制标准目录",
    "manage_words": "管理用词规则",
    "import": "批量导入已有网站的信息",
}


def why_not(by: User, verb: str, organ: Organ, *, on: date) -> str:
    """Why somebody may not do something for an agency on a day, as a sentence; empty when they may."""
    if holds(by, _ROLES[verb], organ, on=on):
        return ""
    return lacking(by, _LABELS[verb], _ROLES[verb], organ)


def require(by: User, verb: str, organ: Organ, *, on: date) -> None:
    """Errors: Refused when somebody does not hold a role that the verb needs in the agency."""
    if refusal := why_not(by, verb, organ, on=on):
        raise Refused(refusal)


def require_for_site(by: User, verb: str, *, on: date) -> None:
    """The same for what belongs to the whole site. Errors: Refused."""
    owner = site().organ
    if owner is None:
        raise Refused("网站还没有登记主办机关，不能管理全站的栏目和用词。请系统管理员先登记网站的主办机关。")
    require(by, verb, owner, on=on)


def writable_organs(by: User, *, on: date) -> QuerySet[Organ]:
    """The agencies for which somebody writes."""
    return _reach(by, "write", on)


def manageable_organs(by: User, *, on: date) -> QuerySet[Organ]:
    """The agencies whose own columns somebody manages."""
    return _reach(by, "manage_columns", on)


def within(by: User, verb: str, *, on: date, organ_field: str = "organ") -> Q:
    """The records on which somebody may do something, as a filter for a list."""
    return scope(by, _ROLES[verb], on=on, organ_field=organ_field)


def _reach(by: User, verb: str, on: date) -> QuerySet[Organ]:
    reach = Q(pk__in=())
    for each in appointments(by, _ROLES[verb], on=on):
        reach |= Q(path__startswith=each.organ.path) if each.with_subordinates else Q(pk=each.organ_id)
    return Organ.objects.filter(reach, abolished_on=None).order_by("path")
