"""What may be done with agencies."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from gongkai.office.audit.actions import Act, record
from gongkai.office.organs.models import Organ

_STEP = 4
"""Digits a step of a path has: 9,999 agencies may stand below one."""


@transaction.atomic
def found(*, by: str, at: datetime, parent: Organ | None, **particulars: Any) -> Organ:
    """Enter an agency below another, or at the root."""
    siblings = Organ.objects.select_for_update().filter(parent=parent)
    last = siblings.order_by("-path").values_list("path", flat=True).first()
    step = int(last.rstrip(".")[-_STEP:]) + 1 if last else 1
    above = parent.path if parent else ""
    organ = Organ.objects.create(parent=parent, path=f"{above}{step:0{_STEP}d}.", **particulars)
    record(Act(by, "organs.found", f"organs.organ:{organ.pk}", detail={"code": organ.code, "name": organ.name}), at=at)
    return organ
