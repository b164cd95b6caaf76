"""Set up columns and topics (栏目、专栏): where they stand, how often something new is owed."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.organs.models import Organ
from gongkai.office.publishing import policy
from gongkai.office.publishing.models import Column
from gongkai.office.renderings import keys
from gongkai.office.renderings.actions import touch

_STEP = 4
"""Digits a step of a path has."""
_CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
CHANGEABLE = (
    "name", "description", "art20_category", "grassroots_field", "update_interval_days", "nothing_expected_reason",
    "closed_on",
)  # fmt: skip


@transaction.atomic
def add_column(
    *, code: str, kind: str, parent: Column | None, organ: Organ | None, by: User, at: datetime, **particulars: Any
) -> Column:
    """Add a column below another or at the root. Its code stands in public addresses and is never changed.

    Errors: Refused without the role, for a code that is taken or malformed, or below a column of another agency.
    """
    _require(by, organ, timezone.localdate(at))
    if not _CODE.fullmatch(code):
        raise Refused("栏目代码只能用小写字母、数字和连字符，例如 policy-files。它是网址的一部分，定了就不再改。")
    if Column.objects.filter(code=code).exists():
        raise Refused(f"栏目代码“{code}”已经用过了，请换一个。")
    if parent is not None and parent.organ_id not in (None, organ.pk if organ else None):
        raise Refused(f"“{parent.name}”是别的机关的栏目，不能在它下面设栏目。")
    _refuse_unlikely(particulars)
    last = Column.objects.select_for_update().filter(parent=parent).order_by("-path").values_list("path", flat=True)
    step = int(last[0].rstrip(".")[-_STEP:]) + 1 if last else 1
    path = f"{parent.path if parent else ''}{step:0{_STEP}d}."
    column = Column.objects.create(code=code, kind=kind, parent=parent, organ=organ, path=path, **particulars)
    _record(column, "add_column", by, at, {"code": code, **particulars})
    return column


@transaction.atomic
def change_column(column: Column, *, by: User, at: datetime, **particulars: Any) -> None:
    """Change what a column is called, owes, or whether it is in use.

    Errors: Refused without the role, or for a reason that nothing is expected without an interval.
    """
    column = Column.objects.select_for_update(of=("self",)).get(pk=column.pk)
    _require(by, column.organ, timezone.localdate(at))
    _refuse_unlikely(particulars)
    changed = {name: value for name, value in particulars.items() if getattr(column, name) != value}
    unknown = set(changed) - set(CHANGEABLE)
    assert not unknown, f"a column's {unknown} is never changed"
    if not changed:
        return
    for name, value in changed.items():
        setattr(column, name, value)
    column.save(update_fields=list(changed))
    _record(column, "change_column", by, at, changed)


def _require(by: User, organ: Organ | None, on: date) -> None:
    if organ is None:
        policy.require_for_site(by, "manage_columns", on=on)
    else:
        policy.require(by, "manage_columns", organ, on=on)


def _refuse_unlikely(particulars: dict[str, Any]) -> None:
    if not particulars.get("name", "-").strip():
        raise Refused("请写栏目名称。")
    if particulars.get("nothing_expected_reason") and not particulars.get("update_interval_days"):
        raise Refused("没有设更新周期的栏目本来就不催更新，不用写“暂无更新的原因”。请先填更新周期，或者清空原因。")


def _record(column: Column, verb: str, by: User, at: datetime, changed: dict[str, Any]) -> None:
    plain = {name: value.isoformat() if isinstance(value, date) else value for name, value in changed.items()}
    entry = audit.Act(by.staff_number, f"publishing.{verb}", f"publishing.column:{column.pk}", detail=plain)
    audit.record(entry, at=at)
    # Menus and the way to every item show columns.
    touch([keys.SITE])
