"""A report as facts: cells with their four states, the narrative, and where everything was read."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

from gongkai.regulation.finding import Finding

Number = int | Decimal
State = Literal["number", "blank", "mark", "unreadable"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a statutory table.

    `value` is set only when `state` is `number` (integers; 万元 amounts may be Decimal). `text` is what is printed.
    `where` is the place in the source (`line 96`, `page 3, table 2, row 4, column 5`), `note` an annotation printed in
    the cell, and `choice` the relation that chose between rival readings with the reading that was turned down.
    """

    value: Number | None
    state: State
    text: str
    where: str = field(default="", compare=False)
    note: str = ""
    choice: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph of the narrative, with the topic of section one it belongs to; `level` > 0 marks a heading."""

    text: str
    topic: str = ""
    level: int = 0
    where: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Narrative:
    """The words of a report: its preamble and, by section key, the passages of each of the six sections.

    `title` is the printed title when it is another than the statutory one, which follows from agency and year.
    """

    title: str = ""
    preamble: tuple[Passage, ...] = ()
    sections: Mapping[str, tuple[Passage, ...]] = field(default_factory=dict)

    def topics(self) -> dict[str, tuple[Passage, ...]]:
        """The passages of section one by topic key, in the order they stand."""
        found: dict[str, list[Passage]] = {}
        for passage in self.sections.get("overview", ()):
            if passage.topic:
                found.setdefault(passage.topic, []).append(passage)
        return {topic: tuple(passages) for topic, passages in found.items()}


@dataclass(frozen=True, slots=True)
class Report:
    """A published or compiled annual report.

    `table_editions` gives the edition of each table that was found; `cells` holds every cell of those tables by address
    and, for a table that is missing, nothing. `agency` and `year` are null when the text does not support them, and
    `agency_where` and `year_where` say where they were read. `observations` are what the reader noticed on the way.
    """

    year: int | None
    agency: str | None
    table_editions: Mapping[str, str]
    cells: Mapping[str, Cell]
    narrative: Narrative = Narrative()
    agency_where: str = field(default="", compare=False)
    year_where: str = field(default="", compare=False)
    observations: tuple[Finding, ...] = field(default=(), compare=False)

    @property
    def edition(self) -> str | None:
        """The edition of the form: that of all its tables, `mixed` when they differ, None when there is no table."""
        editions = set(self.table_editions.values())
        return editions.pop() if len(editions) == 1 else "mixed" if editions else None

    def value(self, address: str) -> Number | None:
        cell = self.cells.get(address)
        return cell.value if cell else None


def statutory_title(report: Report) -> str:
    """Agency, year and 政府信息公开工作年度报告, as far as they are known.

    >>> statutory_title(Report(2020, "青溪县水利局", {}, {}))
    '青溪县水利局2020年政府信息公开工作年度报告'
    """
    year = f"{report.year}年" if report.year else ""
    return f"{report.agency or ''}{year}政府信息公开工作年度报告"
