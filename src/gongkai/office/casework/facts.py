"""From the rows of a case to the events that the law core reads."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from gongkai.office.casework.kinds import LAW_KINDS
from gongkai.office.casework.models import ApplicationEvent
from gongkai.regulation import application as law

_DATES = ("received_on",)


def fact(kind: str, on: date, detail: dict[str, Any]) -> law.Event:
    """One event as the law core knows it. Errors: KeyError for a kind it does not read."""
    made = law.EVENTS[kind]
    names = set(made.__dataclass_fields__) - {"on"}
    values = {name: value for name, value in detail.items() if name in names}
    for name in _DATES:
        if values.get(name):
            values[name] = date.fromisoformat(values[name])
    return made(on=on, **values)


def facts(rows: Iterable[ApplicationEvent]) -> list[law.Event]:
    """The events of a case that still stand, in the order of their days: those taken back are left out."""
    return [fact(row.kind, row.on, row.detail) for row in standing_rows(rows) if row.kind in LAW_KINDS]


def standing_rows(rows: Iterable[ApplicationEvent]) -> Sequence[ApplicationEvent]:
    """The rows that no correction has taken back, by day and then as they were entered; the submission comes first."""
    rows = list(rows)
    struck = {row.strikes_id for row in rows if row.strikes_id}
    kept = [row for row in rows if row.pk not in struck and row.kind != "struck"]
    return sorted(kept, key=lambda row: (row.on, row.kind != "submitted", row.pk or float("inf")))
