"""Who may do what with a message: by appointment to the agency it is for, or to the one it was given to."""

from __future__ import annotations

from datetime import date

from django.db.models import Q

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.policy import Refused, lacking
from gongkai.office.accounts.queries import holds, scope
from gongkai.office.engagement.models import Message

_STAFF = (Role.EDITOR, Role.DISCLOSURE_OFFICER)
_ROLES: dict[str, tuple[Role, ...]] = {
    "see": _STAFF,
    "reveal": _STAFF,
    "assign": (Role.DISCLOSURE_OFFICER, Role.EDITOR),
    "answer": _STAFF,
    "hand_over": _STAFF,
    "show": (Role.DISCLOSURE_OFFICER, Role.FIRST_REVIEWER),
    "hide": (Role.DISCLOSURE_OFFICER, Role.FIRST_REVIEWER),
}
VERBS = tuple(_ROLES)
_LABELS = {
    "see": "查看留言",
    "reveal": "查看留言原文",
    "assign": "转办留言",
    "answer": "答复留言",
    "hand_over": "转出留言",
    "show": "审核公开留言",
    "hide": "停止公开留言",
}
_OF_THE_ASSIGNED = ("see", "reveal", "answer", "hand_over")


def why_not(by: User, verb: str, message: Message, *, on: date) -> str:
    """Why somebody may not do something with a message on a day, as a sentence; empty when they may."""
    if holds(by, _ROLES[verb], message.organ, on=on):
        return ""
    if verb in _OF_THE_ASSIGNED and message.assigned_to and holds(by, _ROLES[verb], message.assigned_to, on=on):
        return ""
    return lacking(by, _LABELS[verb], _ROLES[verb], message.organ)


def require(by: User, verb: str, message: Message, *, on: date) -> None:
    """Errors: Refused."""
    if refusal := why_not(by, verb, message, on=on):
        raise Refused(refusal)


def assigned_within(by: User, *, on: date) -> Q:
    """The messages that were given to the agencies somebody works for."""
    return scope(by, _ROLES["see"], on=on, organ_field="assigned_to")
