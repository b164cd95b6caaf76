"""What Django and the shell ask about permissions, answered from appointments.

An appointment that ends takes the way in with it on that day; there is no group to forget somebody in.
"""

from __future__ import annotations

from datetime import date

from django.contrib.auth.backends import BaseBackend
from django.utils import timezone

from gongkai.office.accounts.models import Appointment, Role, User
from gongkai.office.accounts.queries import appointments, may_enter
from gongkai.office.organs.models import Organ
from gongkai.office.organs.policy import ADMINISTER

ENTER = "wagtailadmin.access_admin"


class Appointed(BaseBackend):
    """Grants the way into the shell, and the administration of agencies, by appointment."""

    def has_perm(self, user_obj: object, perm: str, obj: object = None) -> bool:
        """Asked by the screens, with the day of now: a permission is a matter of the moment."""
        if not isinstance(user_obj, User) or not user_obj.is_active:
            return False
        today = timezone.localdate()
        if perm == ENTER:
            return may_enter(user_obj, on=today)
        if perm == ADMINISTER:
            held = _administered(user_obj, today)
            return any(each.covers(obj) for each in held) if isinstance(obj, Organ) else bool(held)
        return False


def _administered(user: User, on: date) -> list[Appointment]:
    """Asked once for each request: a list of 5,000 agencies asks 5,000 times."""
    kept: tuple[date, list[Appointment]] | None = getattr(user, "_administered", None)
    if kept is None or kept[0] != on:
        kept = (on, appointments(user, [Role.ADMINISTRATOR], on=on))
        user._administered = kept  # type: ignore[attr-defined]
    return kept[1]
