"""Say what the letters of an agency name: the court, the reconsideration body, whom to ask."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.audit.actions import Act, record
from gongkai.office.casework import policy
from gongkai.office.casework.models import LetterSettings
from gongkai.office.organs.models import Organ

SETTINGS = tuple(field.name for field in LetterSettings._meta.concrete_fields if field.name not in ("id", "organ"))


@transaction.atomic
def set_letter_settings(organ: Organ, *, by: User, at: datetime, **values: str) -> LetterSettings:
    """Change what letters signed from now on name; `values` are all of SETTINGS. Signed letters stay as they are.

    Errors: Refused without the role. Source: ogi-2019 art. 51 (the notice of remedies is part of every reply).
    """
    policy.require(by, "settings", organ, on=localdate(at))
    found = LetterSettings.objects.select_for_update().filter(organ=organ).first()
    before = {name: getattr(found, name) if found else "" for name in SETTINGS}
    changed = {name: [before[name], values[name]] for name in SETTINGS if before[name] != values[name]}
    if found is None or changed:
        found, _ = LetterSettings.objects.update_or_create(
            organ=organ, defaults={name: values[name] for name in SETTINGS}
        )
        record(Act(by.staff_number, "casework.set_letter_settings", f"organs.organ:{organ.pk}", detail=changed), at=at)
    return found
