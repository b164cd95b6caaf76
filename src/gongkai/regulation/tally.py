"""Counts, and what they counted: the one shape in which every room answers "how many in these agencies, in this period"."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

Number = int | Decimal


@dataclass(frozen=True, slots=True)
class Measure:
    """What is counted.

    `key` is the address of a cell of the statutory form (`applications.granted.natural_person`) or the key of a figure
    that narratives claim (`press_conferences`, see annual_report/figures.toml). `rule` says in one Chinese sentence, for
    the public, what counts and what does not; `source` is the citation it rests on (`ogi-2019#50`) or empty where the
    count is the platform's own. `kind` names the records (`publishing.item`); the public may see the list of them only
    where `is_public`. `is_sum`: amounts or monthly counters are added up, instead of counting records.
    """

    key: str
    label: str
    unit: str
    rule: str
    kind: str
    source: str = ""
    is_public: bool = False
    is_sum: bool = False


@dataclass(frozen=True, slots=True)
class Tally:
    """A count of a period with the ids of the records it counted, ascending; for a sum, of those it added up.

    Errors: ValueError for a count that is not the number of its records, and for a record counted twice.
    """

    measure: Measure
    value: Number
    ids: tuple[int, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.ids)) != len(self.ids):
            raise ValueError(f"{self.measure.key}: a record is counted twice")
        if not self.measure.is_sum and self.value != len(self.ids):
            raise ValueError(f"{self.measure.key}: {self.value} counted, but {len(self.ids)} records")


@dataclass(frozen=True, slots=True)
class Counted:
    """One record behind a count, as a list shows it. Paths are empty where there is no page; nothing in it is personal."""

    id: int
    title: str
    on: date | None
    organ: str = ""
    staff_path: str = ""
    public_path: str = ""
