"""What has changed since a counting: between two of them, and between a locked one and the ledger as it stands."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from gongkai.office.reporting import sources
from gongkai.office.reporting.contributing import whole
from gongkai.office.reporting.counting import count
from gongkai.office.reporting.models import Compilation, FrozenFigure, ReportYear
from gongkai.office.reporting.queries.causes import Told, told_since
from gongkai.office.reporting.queries.figures import locked
from gongkai.office.reporting.record_ids import unpack
from gongkai.regulation.tally import Counted, Number

NAMED = 50
"""So many records of a difference are named; of the rest only the number is told."""


@dataclass(frozen=True, slots=True)
class Cause:
    """A record that is counted now and was not, or the other way round, with who did what to it since."""

    record: Counted
    is_added: bool
    told: tuple[Told, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A figure whose value, or whose records, are not what they were.

    `more` is how many records changed beyond those named. A figure that was not counted before has None for `before`.
    """

    key: str
    label: str
    unit: str
    before: Number | None
    after: Number | None
    causes: tuple[Cause, ...]
    more: int = 0


def changes(before: Compilation | None, after: Compilation) -> list[Difference]:
    """What a counting changed against an earlier one; everything, when there was none."""
    earlier = {each.key: each for each in before.figures.all()} if before else {}
    return _differences(earlier, {each.key: each for each in after.figures.all()}, None)


def differences(report_year: ReportYear) -> list[Difference]:
    """The locked figures of a report that the ledger no longer agrees with, each with the records that are the cause.

    Nothing is locked: no difference.
    """
    frozen = locked(report_year)
    if frozen is None:
        return []
    now = count(report_year, frozen.counted_through)
    return _differences(
        {each.key: each for each in frozen.figures.all()}, {each.key: each for each in now}, frozen.locked_at
    )


def _differences(
    before: Mapping[str, FrozenFigure], after: Mapping[str, FrozenFigure], since: datetime | None
) -> list[Difference]:
    found = []
    for key in dict.fromkeys([*before, *after]):
        old, new = before.get(key), after.get(key)
        if _worth(old) == _worth(new):
            continue
        known = new or old
        assert known is not None
        gone, come = _ids(old) - _ids(new), _ids(new) - _ids(old)
        causes = [*_causes(known.kind, sorted(come)[:NAMED], True, since)]
        causes += _causes(known.kind, sorted(gone)[: NAMED - len(causes)], False, since)
        found.append(
            Difference(
                key,
                known.label,
                known.unit,
                whole(old.value) if old else None,
                whole(new.value) if new else None,
                tuple(causes),
                len(gone) + len(come) - len(causes),
            )
        )
    return found


def _worth(figure: FrozenFigure | None) -> tuple[Number, bytes]:
    """Value and records; what was not counted at all is worth the same as a count of nothing."""
    return (figure.value, bytes(figure.records)) if figure else (0, b"")


def _ids(figure: FrozenFigure | None) -> set[int]:
    return set(unpack(figure.records)) if figure else set()


def _causes(kind: str, ids: list[int], is_added: bool, since: datetime | None) -> Iterable[Cause]:
    if not ids:
        return
    named = {each.id: each for each in sources.counted(kind, ids)}
    told = told_since(since, kind, ids) if since is not None else {}
    for pk in ids:
        record = named.get(pk) or Counted(pk, f"记录 {pk} 已不在台账中", None)
        yield Cause(record, is_added, tuple(told.get(pk, ())))
