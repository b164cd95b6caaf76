"""Who may do what with an agency's normative documents: by appointment, never by being a superuser."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.policy import Refused, lacking, lacking_anywhere
from gongkai.office.accounts.queries import acts_anywhere, holds, organs_where, scope
from gongkai.office.normative.models import NormativeDocument
from gongkai.office.organs.models import Organ

_STAFF = (Role.EDITOR, Role.DISCLOSURE_OFFICER)
_ROLES: dict[str, tuple[Role, ...]] = {
    "see": (*_STAFF, Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER),
    "register": _STAFF,
    "record_step": _STAFF,
    "number": _STAFF,
    "record_effect": (Role.DISCLOSURE_OFFICER,),
    "strike": (Role.DISCLOSURE_OFFICER,),
    "clean_up": _STAFF,
    "close_round": (Role.DISCLOSURE_OFFICER,),
}
_LABELS = {
    "see": "查看规范性文件台账",
    "register": "登记规范性文件",
    "record_step": "登记规范性文件的办理环节",
    "number": "给规范性文件编号",
    "record_effect": "登记修改、延期、废止和失效，补录公布日期",
    "strike": "更正已登记的事项",
    "clean_up": "办理规范性文件清理",
    "close_round": "公布清理结果",
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


def why_not_document(by: User, verb: str, document: NormativeDocument, *, on: date) -> str:
    """The same for a document. The drafter records steps of a government's document as well as its own."""
    refusal = why_not(by, verb, document.organ, on=on)
    if refusal and verb in ("see", "record_step") and document.drafting_organ is not None:
        return "" if holds(by, _ROLES[verb], document.drafting_organ, on=on) else refusal
    return refusal


def require_document(by: User, verb: str, document: NormativeDocument, *, on: date) -> None:
    """Errors: Refused."""
    if refusal := why_not_document(by, verb, document, on=on):
        raise Refused(refusal)


def within(by: User, *, on: date) -> Q:
    """The documents somebody may see on the staff's screens: made or drafted by the agencies they work for."""
    return scope(by, _ROLES["see"], on=on) | scope(by, _ROLES["see"], on=on, organ_field="drafting_organ")


def sees_any(by: User, *, on: date) -> bool:
    """Does somebody have a register to look at?"""
    return acts_anywhere(by, _ROLES["see"], on=on)


def organs(by: User, verb: str, *, on: date) -> QuerySet[Organ]:
    """The agencies for which somebody may do something: the choices of a form."""
    return organs_where(by, _ROLES[verb], on=on)
