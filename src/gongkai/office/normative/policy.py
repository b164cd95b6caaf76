"""Who may do what with an agency's normative documents: by appointment, never by being a superuser."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongkai.office.accounts.duties import Duties
from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.policy import Refused
from gongkai.office.accounts.queries import holds
from gongkai.office.normative.models import NormativeDocument

_STAFF = (Role.EDITOR, Role.DISCLOSURE_OFFICER)
DUTIES = Duties(
    {
        "see": ((*_STAFF, Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER), "查看规范性文件台账"),
        "register": (_STAFF, "登记规范性文件"),
        "record_step": (_STAFF, "登记规范性文件的办理环节"),
        "number": (_STAFF, "给规范性文件编号"),
        "record_effect": ((Role.DISCLOSURE_OFFICER,), "登记修改、延期、废止和失效，补录公布日期"),
        "strike": ((Role.DISCLOSURE_OFFICER,), "更正已登记的事项"),
        "clean_up": (_STAFF, "办理规范性文件清理"),
        "close_round": ((Role.DISCLOSURE_OFFICER,), "公布清理结果"),
    }
)
why_not, require, nowhere, organs = DUTIES.why_not, DUTIES.require, DUTIES.nowhere, DUTIES.organs


def why_not_document(by: User, verb: str, document: NormativeDocument, *, on: date) -> str:
    """The same for a document. The drafter records steps of a government's document as well as its own."""
    refusal = why_not(by, verb, document.organ, on=on)
    if refusal and verb in ("see", "record_step") and document.drafting_organ is not None:
        return "" if holds(by, DUTIES.roles(verb), document.drafting_organ, on=on) else refusal
    return refusal


def require_document(by: User, verb: str, document: NormativeDocument, *, on: date) -> None:
    """Errors: Refused."""
    if refusal := why_not_document(by, verb, document, on=on):
        raise Refused(refusal)


def within(by: User, *, on: date) -> Q:
    """The documents somebody may see on the staff's screens: made or drafted by the agencies they work for."""
    return DUTIES.within(by, on=on) | DUTIES.within(by, on=on, organ_field="drafting_organ")


def sees_any(by: User, *, on: date) -> bool:
    """Does somebody have a register to look at?"""
    return DUTIES.may_anywhere(by, on=on)
