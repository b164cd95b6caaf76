"""Who may keep which ledger: by appointment to the agency, never by being a superuser."""

from __future__ import annotations

from datetime import date

from django.db.models import Q, QuerySet

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused, lacking, lacking_anywhere
from gongkai.office.accounts.queries import acts_anywhere, holds, organs_where, scope
from gongkai.office.ledgers.ledger import Ledger
from gongkai.office.organs.models import Organ

_LABELS = {"see": "查看", "register": "登记"}


def why_not(by: User, ledger: Ledger, verb: str, organ: Organ, *, on: date) -> str:
    """Why somebody may not do something in an agency's ledger on a day, as a sentence; empty when they may."""
    if holds(by, ledger.roles[verb], organ, on=on):
        return ""
    return lacking(by, f"{_LABELS[verb]}“{ledger.label}”", ledger.roles[verb], organ)


def nowhere(by: User, ledger: Ledger, verb: str) -> str:
    """The sentence for somebody who may not do something for any agency."""
    return lacking_anywhere(by, f"{_LABELS[verb]}“{ledger.label}”", ledger.roles[verb])


def require(by: User, ledger: Ledger, verb: str, organ: Organ, *, on: date) -> None:
    """Errors: Refused when somebody does not hold a role that the verb needs in the agency."""
    if refusal := why_not(by, ledger, verb, organ, on=on):
        raise Refused(refusal)


def within(by: User, ledger: Ledger, *, on: date) -> Q:
    """The entries somebody may see: those of the agencies they work for, and what the ledger adds to them."""
    return scope(by, ledger.roles["see"], on=on) | ledger.also(by, on=on)


def sees_any(by: User, ledger: Ledger, *, on: date) -> bool:
    """Does somebody see entries of a ledger?"""
    return acts_anywhere(by, ledger.roles["see"], on=on)


def organs(by: User, ledger: Ledger, verb: str, *, on: date) -> QuerySet[Organ]:
    """The agencies for which somebody may do something: the choices of a form."""
    return organs_where(by, ledger.roles[verb], on=on)
