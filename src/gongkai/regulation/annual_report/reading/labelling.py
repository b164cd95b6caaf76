"""Which row of the form a printed label means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.annual_report.reading.vocabulary import closest, key_of, numbering_of, row_keys

TOTALS = frozenset({"总计", "合计", "共计"})
SUBTOTALS = frozenset({"小计", "分计"})


@dataclass(frozen=True, slots=True)
class RowLabel:
    """What a row's label cells say.

    `row` is (table, row key), None when they name no data row of the form. `kind` is `row`, `group` (a heading of rows),
    `total`, `subtotal`, `other` (一个“其他”, which only its neighbours can tell apart) or `unknown`. `printed` is the label,
    `drift` says that it was matched by likeness only, `group` is the group its label cells name.
    """

    kind: str
    row: tuple[str, str] | None
    printed: str
    drift: bool = False
    group: str = ""


@lru_cache(maxsize=8192)
def row_label(labels: tuple[str, ...], table_kind: str) -> RowLabel:
    """The meaning of a row's label cells, from the most general to the most specific.

    `table_kind` is the kind of header above (`applications`, `art20`, `remedies`), `` when there is none.
    """
    if not labels:
        return RowLabel("unknown", None, "")
    group = next((name for name in (_group(label) for label in reversed(labels[:-1])) if name), "")
    printed = labels[-1]
    found = _exact(printed, group)
    if found is None:
        for count in range(2, len(labels) + 1):
            whole = _exact("".join(labels[-count:]), group)
            if whole and whole.kind == "row":
                return whole
        row = _alike(key_of(printed), table_kind, group)
        return RowLabel("row" if row else "unknown", row, printed, drift=row is not None, group=group)
    return found


def _exact(printed: str, group: str) -> RowLabel | None:
    key = key_of(printed)
    if key in SUBTOTALS:
        return RowLabel("subtotal", None, printed, group=group)
    if key in TOTALS:
        return RowLabel("total", ("applications", "results_total"), printed, group=group)
    if key == "其他":
        if numbering_of(printed) == "六":
            return RowLabel("row", ("applications", "other_handling"), printed, drift=True)
        if group == "other_handling":
            return RowLabel("row", ("applications", "other_misc"), printed, group=group)
        return RowLabel("other", None, printed, group=group)
    rows = row_keys().get(key)
    if not rows:
        return None
    if rows[0][1] in _group_keys():
        return RowLabel("group", None, printed, group=rows[0][1])
    return RowLabel("row", rows[0], printed, group=group)


def _group(label: str) -> str:
    rows = row_keys().get(key_of(label), ())
    keys = [key for _, key in rows if key in _group_keys() or key == "other_handling"]
    return keys[0] if keys else ""


@cache
def _group_keys() -> frozenset[str]:
    """Rows that head others in every edition (不予公开, 无法提供 …); 其他处理 is one only in the 2021 edition."""
    tables = [form(edition).table("applications") for edition in EDITIONS]
    return frozenset.intersection(*(frozenset(row.key for row in table.rows if not row.is_data) for table in tables))


def _alike(key: str, table_kind: str, group: str) -> tuple[str, str] | None:
    """The row whose label is clearly the most alike, looked for in the named group first."""
    rows = _candidates(table_kind)
    if group and group != "results":
        within = [(label, name) for label, name in rows if _parent(name) == group]
        match = closest(key, within, least=0.5, lead=0.1)
        if match:
            return ("applications", match)
    if len(key) < 3:
        return None
    match = closest(key, rows, least=0.7)
    return (_table_of(match), match) if match else None


@cache
def _candidates(table_kind: str) -> tuple[tuple[str, str], ...]:
    found = []
    for label, rows in row_keys().items():
        for table, row in rows:
            is_application = table == "applications"
            if row not in _group_keys() and (not table_kind or is_application == (table_kind == "applications")):
                found.append((label, row))
    return tuple(found)


@cache
def _parent(row: str) -> str:
    return next((r.parent for r in form("2021").table("applications").rows if r.key == row), "")


@cache
def _table_of(row: str) -> str:
    return next(table for rows in row_keys().values() for table, key in rows if key == row)


def tell_others_apart(before: Sequence[str | None], after: Sequence[str | None]) -> str:
    """The row that a bare “其他” is, from the rows that stand before and after it.

    Behind the two overdue rows it is their third (2021 edition); otherwise it is the sixth result (2019 edition).
    """
    overdue = {"other_correction_overdue", "other_fee_unpaid"}
    near = {row for row in (*before[-2:], *after[:2]) if row}
    return "other_misc" if near & overdue else "other_handling"
