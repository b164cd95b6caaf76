"""Who may do what with the annual reports of an agency: by appointment, never by being a superuser."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.policy import Refused, lacking, lacking_anywhere
from gongkai.office.accounts.queries import acts_anywhere, holds, organs_where, scope
from gongkai.office.organs.models import Organ
from gongkai.office.reporting.models import ReceivedReport

_WRITERS = (Role.EDITOR, Role.DISCLOSURE_OFFICER)
_OFFICE = (Role.DISCLOSURE_OFFICER,)
_ROLES: dict[str, tuple[Role, ...]] = {
    "see": (*_WRITERS, Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER),
    "open_year": _OFFICE,
    "collect": _WRITERS,
    "lock": _OFFICE,
    "ask": _OFFICE,
    "answer": _WRITERS,
    "return_answer": _OFFICE,
    "write": _WRITERS,
    "judge": _WRITERS,
    "hand_in": _WRITERS,
    "send_back": _OFFICE,
    "hand_over": _OFFICE,
    "reopen": _OFFICE,
    "supervise": _OFFICE,
    "receive": _OFFICE,
}
_LABELS = {
    "see": "查看年度报告",
    "open_year": "开启年度报告",
    "collect": "统计年度报告的数据",
    "lock": "锁定年度报告的数据",
    "ask": "向各机关布置报送数据",
    "answer": "报送数据",
    "return_answer": "退回报送的数据",
    "write": "编写年度报告的文字",
    "judge": "说明核对发现的问题",
    "hand_in": "定稿报送年度报告",
    "send_back": "退回年度报告",
    "hand_over": "把年度报告交付发布",
    "reopen": "启动年度报告的更正",
    "supervise": "查看监督保障台账",
    "receive": "接收、更正、审核年度报告",
}


def why_not(by: User, verb: str, organ: Organ, *, on: date) -> str:
    """Why somebody may not do something for an agency on a day, as a sentence; empty when they may."""
    if holds(by, _ROLES[verb], organ, on=on):
        return ""
    return lacking(by, _LABELS[verb], _ROLES[verb], organ)


def nowhere(by: User, verb: str) -> str:
    """The sentence for somebody who may not do something for any agency."""
    return lacking_anywhere(by, _LABELS[verb], _ROLES[verb])


def require(by: User, verb: str, organ: Organ, *, on: date) -> None:
    """Errors: Refused when somebody does not hold a role that the verb needs in the agency."""
    if refusal := why_not(by, verb, organ, on=on):
        raise Refused(refusal)


def within(by: User, verb: str = "see", *, on: date) -> Q:
    """The reports of the agencies for which somebody may do something: a filter for any list with an `organ`."""
    return scope(by, _ROLES[verb], on=on)


def may_anywhere(by: User, verb: str, *, on: date) -> bool:
    """May somebody do something for any agency?"""
    return acts_anywhere(by, _ROLES[verb], on=on)


def organs(by: User, verb: str, *, on: date) -> QuerySet[Organ]:
    """The agencies for which somebody may do something: the choices of a form."""
    return organs_where(by, _ROLES[verb], on=on).order_by("position", "path")


def received(by: User, *, on: date) -> QuerySet[ReceivedReport]:
    """The reports of others that somebody may see: handed to the agencies they work for, or of these agencies themselves."""
    mine = scope(by, _ROLES["receive"], on=on, organ_field="receiver") | within(by, "receive", on=on)
    return ReceivedReport.objects.filter(mine).defer("source")
