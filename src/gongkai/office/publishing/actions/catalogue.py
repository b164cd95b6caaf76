"""Keep the standard catalogues (基层政务公开标准目录) of the grass-roots fields."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.publishing import policy
from gongkai.office.publishing.models import CatalogueRow, Draft
from gongkai.office.publishing.standard_table import Matter
from gongkai.office.renderings import keys
from gongkai.office.renderings.actions import touch
from gongkai.regulation.disclosure import catalogue

_ASIDE = 1_000_000
"""Numbers are moved out of the way by so much while a table is put in order: each may stand once only."""
_STORED = (
    "item_level1", "item_level2", "content_elements", "legal_basis", "time_limit", "time_limit_days",
    "responsible_organ_id", "responsible_body", "channels", "specific_audience", "on_application", "level_county",
    "level_township_village", "column_id",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Change:
    """What became of a table: how many lines came, changed and went."""

    added: int = 0
    changed: int = 0
    removed: int = 0

    def __bool__(self) -> bool:
        return bool(self.added or self.changed or self.removed)


@transaction.atomic
def set_catalogue(field: str, matters: Sequence[Matter], *, by: User, at: datetime) -> Change:
    """Put a field's standard catalogue in place of the one that stood, in this order.

    A line that stood before stays the same row, so that what is filed under it stays there: it is known by its row, or by
    its matter's two names.

    Errors: Refused without the role, for a field that is none, or when a line goes under which something is filed.
    """
    policy.require_for_site(by, "manage_catalogue", on=timezone.localdate(at))
    if field not in catalogue.fields():
        raise Refused(f"没有“{field}”这个领域。")
    standing = list(CatalogueRow.objects.select_for_update(of=("self",)).filter(field=field).order_by("number"))
    rows, going = _paired(standing, matters)
    _refuse_if_used(going)
    CatalogueRow.objects.filter(pk__in=[row.pk for row in going]).delete()
    CatalogueRow.objects.filter(field=field).update(number=F("number") + _ASIDE)
    added = changed = 0
    for number, (row, matter) in enumerate(zip(rows, matters, strict=True), start=1):
        values = _values(matter)
        if row is None:
            CatalogueRow.objects.create(field=field, number=number, **values)
            added += 1
            continue
        changed += row.number != number or any(getattr(row, name) != value for name, value in values.items())
        CatalogueRow.objects.filter(pk=row.pk).update(number=number, **values)
    change = Change(added, changed, len(going))
    if change:
        label = catalogue.fields()[field].label
        detail = {"title": label, "added": added, "changed": changed, "removed": [str(row) for row in going]}
        act = audit.Act(by.staff_number, "publishing.set_catalogue", f"publishing.catalogue:{field}", detail=detail)
        audit.record(act, at=at)
        touch([keys.listed("field", field)])
    return change


@transaction.atomic
def set_catalogues(tables: Mapping[str, Sequence[Matter]], *, by: User, at: datetime) -> Change:
    """Several fields' catalogues, all of them or none. Errors: those of `set_catalogue`."""
    made = [set_catalogue(field, matters, by=by, at=at) for field, matters in tables.items()]
    return Change(*(sum(getattr(each, name) for each in made) for name in ("added", "changed", "removed")))


def _paired(
    standing: Sequence[CatalogueRow], matters: Sequence[Matter]
) -> tuple[list[CatalogueRow | None], list[CatalogueRow]]:
    """The row of each matter, None for a new one; and the rows that no matter takes."""
    free = {row.pk: row for row in standing}
    named = defaultdict(list)
    for row in standing:
        named[row.item_level1, row.item_level2].append(row.pk)
    rows = [free.pop(matter.row, None) if matter.row else None for matter in matters]
    for place, matter in enumerate(matters):
        if rows[place] is None:
            alike = (pk for pk in named[matter.item_level1, matter.item_level2] if pk in free)
            found = next(alike, None)
            rows[place] = free.pop(found) if found else None
    return rows, list(free.values())


def _refuse_if_used(going: Sequence[CatalogueRow]) -> None:
    """A row under which something is filed, or is being written, may be renamed but doesn't go."""
    for row in going:
        filed = row.items.count() + Draft.objects.filter(content__catalogue_row=row.pk).count()
        if filed:
            raise Refused(
                f"“{row}”不能删：有 {filed} 条信息（含草稿）归在这一项下，删了就没有归处。"
                "事项改名的，请在页面上改这一行；确实取消的，请先把这些信息改到别的事项下。"
            )


def _values(matter: Matter) -> dict[str, Any]:
    of = {"responsible_organ_id": matter.responsible_organ, "column_id": matter.column}
    values = {name: of[name] if name in of else getattr(matter, name) for name in _STORED}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in values.items()}
