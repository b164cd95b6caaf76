"""What a room's policy is made of: which verb needs which roles, in words, and the questions that are asked of it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from django.db.models import Q, QuerySet

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.policy import Refused, lacking, lacking_anywhere
from gongkai.office.accounts.queries import acts_anywhere, holds, organs_where, scope
from gongkai.office.organs.models import Organ


class Duties:
    """The verbs of a room, each with the roles that may do it and how it is called in a refusal.

    By appointment alone: being a superuser gives no verb. A verb that isn't there is a KeyError, whatever is asked.
    """

    def __init__(self, verbs: Mapping[str, tuple[tuple[Role, ...], str]]) -> None:
        self._verbs = dict(verbs)

    @property
    def verbs(self) -> frozenset[str]:
        """All of them."""
        return frozenset(self._verbs)

    def roles(self, verb: str) -> tuple[Role, ...]:
        """Who may do something, in the agency where they hold the role."""
        return self._verbs[verb][0]

    def why_not(self, by: User, verb: str, organ: Organ, *, on: date) -> str:
        """Why somebody may not do something for an agency on a day, as a sentence; empty when they may."""
        roles, label = self._verbs[verb]
        return "" if holds(by, roles, organ, on=on) else lacking(by, label, roles, organ)

    def require(self, by: User, verb: str, organ: Organ, *, on: date) -> None:
        """Errors: Refused when somebody does not hold a role that the verb needs in the agency."""
        if refusal := self.why_not(by, verb, organ, on=on):
            raise Refused(refusal)

    def nowhere(self, by: User, verb: str) -> str:
        """The sentence for somebody who may not do something for any agency."""
        roles, label = self._verbs[verb]
        return lacking_anywhere(by, label, roles)

    def within(self, by: User, verb: str = "see", *, on: date, organ_field: str = "organ") -> Q:
        """The records of the agencies for which somebody may do something: a filter for any list."""
        return scope(by, self.roles(verb), on=on, organ_field=organ_field)

    def may_anywhere(self, by: User, verb: str = "see", *, on: date) -> bool:
        """May somebody do something for any agency? What a menu asks."""
        return acts_anywhere(by, self.roles(verb), on=on)

    def organs(self, by: User, verb: str, *, on: date) -> QuerySet[Organ]:
        """The agencies for which somebody may do something: the choices of a form."""
        return organs_where(by, self.roles(verb), on=on)
