"""Truthful reports: what every cell of an invented report holds, from a seed.

The numbers keep every relation of the form (they are made so, not checked so): a reader that gets one wrong has misread.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from random import Random
from typing import Literal

from gongkai.regulation.annual_report.forms import Form, FormTable, form

Number = int | Decimal
Scale = Literal["empty", "tiny", "town", "bureau", "county", "city"]
SCALES: tuple[Scale, ...] = ("empty", "tiny", "town", "bureau", "county", "city")

AGENCIES: dict[Scale, tuple[str, ...]] = {
    "empty": ("青溪县白鹭镇人民政府", "青溪县档案馆", "青溪县柳塘乡人民政府"),
    "tiny": ("青溪县气象局", "青溪县石桥镇人民政府", "青溪县统计局"),
    "town": ("青溪县云台镇人民政府", "青溪县水务局", "青溪县竹溪街道办事处"),
    "bureau": ("青溪县自然资源和规划局", "青溪县教育局", "青溪县住房和城乡建设局"),
    "county": ("青溪县人民政府办公室", "青溪县人民政府"),
    "city": ("青溪县人民政府", "青溪县公安局"),
}
APPLICATIONS: dict[Scale, tuple[int, int]] = {
    "empty": (0, 0),
    "tiny": (1, 3),
    "town": (4, 19),
    "bureau": (20, 90),
    "county": (120, 900),
    "city": (4000, 15000),
}
# Who applies: nearly always a natural person. The order is that of the form's six input columns.
APPLICANTS = (0.84, 0.09, 0.01, 0.01, 0.03, 0.02)


@dataclass(frozen=True, slots=True)
class Expected:
    """What a careful person reads in one cell of a file.

    `lost` means that the file does not show the cell at all: any number or mark read there is made up. When `certain` is
    false the file no longer says which number belongs to the cell, and saying so is as right as reading the number.
    """

    state: Literal["number", "blank", "mark", "lost"]
    value: Number | None
    text: str
    certain: bool = True

    def unsure(self) -> Expected:
        return replace(self, certain=False)


LOST = Expected("lost", None, "")


def number(value: Number, text: str | None = None) -> Expected:
    return Expected("number", value, str(value) if text is None else text)


@dataclass(frozen=True, slots=True)
class Truth:
    """One report as its authors meant it: cells by address, and for each table the edition it is printed in."""

    agency: str
    year: int
    scale: Scale
    art20: Form
    applications: Form
    cells: Mapping[str, Expected]

    @property
    def article_tables(self) -> tuple[FormTable, ...]:
        return tuple(table for table in self.art20.tables if table.key.startswith("art20"))

    @property
    def tables(self) -> tuple[FormTable, ...]:
        later = (self.applications.table("applications"), self.applications.table("remedies"))
        return (*self.article_tables, *later)

    def count(self, address: str) -> int:
        return int(self.cells[address].value or 0)


def truth(seed: str, edition: str, *, scale: Scale = "town", applications: str = "", year: int = 0) -> Truth:
    """A report from a seed. `applications` is the edition of the later tables when it differs, `year` when it is not the form's."""
    rng = Random(seed)
    articles, later = form(edition), form(applications or edition)
    values: dict[str, Number] = {}
    values.update(_articles_2019(rng, scale) if edition == "2019" else _articles_2021(rng, scale))
    values.update(_applications(rng, later, scale))
    values.update(_remedies(rng, later, scale))
    report = Truth(
        agency=rng.choice(AGENCIES[scale]),
        year=year or (rng.choice((2019, 2020)) if edition == "2019" else rng.choice((2021, 2022, 2023, 2024, 2025))),
        scale=scale,
        art20=articles,
        applications=later,
        cells={},
    )
    addresses = [address for table in report.tables for address in table.addresses()]
    return replace(report, cells={address: number(values[address]) for address in addresses})


def _some(rng: Random, scale: Scale, share: float, typical: int) -> int:
    """A count that is zero most of the time in a small body and grows with its size."""
    factor = {"empty": 0, "tiny": 0.2, "town": 0.5, "bureau": 1, "county": 6, "city": 60}[scale]
    likely = {"empty": 0, "tiny": 0.3, "town": 0.6, "bureau": 1, "county": 1.5, "city": 2}[scale]
    if rng.random() >= share * likely:
        return 0
    return max(1, round(rng.randint(1, 2 * typical) * factor))


def _amount(rng: Random, wan: int) -> Number:
    """An amount of 万元 with the two decimals that money has, as it is printed when they are not zero."""
    if not wan:
        return 0
    return Decimal(wan * 100 + rng.choice((0, 46, 15, 28, 30, 7))) / 100


def _articles_2019(rng: Random, scale: Scale) -> dict[str, Number]:
    cells: dict[str, Number] = {}
    for row, share in (("rules", 0.0), ("normative_documents", 0.6)):
        made = _some(rng, scale, share, 6)
        disclosed = rng.randint(0, made)
        kept = disclosed + _some(rng, scale, share, 40)
        cells |= _row(f"art20_1.{row}", newly_made=made, newly_disclosed=disclosed, total_disclosed=kept)
    for table, row in (
        ("art20_5", "administrative_license"),
        ("art20_5", "other_external_services"),
        ("art20_6", "administrative_penalty"),
        ("art20_6", "administrative_coercion"),
    ):
        before = _some(rng, scale, 0.7, 60)
        change = rng.choice((0, 0, rng.randint(-min(before, 9), 12)))
        cells |= _row(f"{table}.{row}", prior_year_count=before, change=change, decisions=_some(rng, scale, 0.7, 200))
    fees = _some(rng, scale, 0.3, 5)
    cells |= _row("art20_8.administrative_fees", prior_year_count=fees, change=rng.choice((0, 0, -1 if fees else 0, 2)))
    projects = _some(rng, scale, 0.6, 8)
    money = _amount(rng, projects * rng.randint(3, 80))
    cells |= _row("art20_9.centralized_procurement", project_count=projects, total_amount_wan=money)
    return cells


def _articles_2021(rng: Random, scale: Scale) -> dict[str, Number]:
    cells: dict[str, Number] = {}
    for row, share in (("rules", 0.0), ("normative_documents", 0.6)):
        issued, repealed = _some(rng, scale, share, 6), _some(rng, scale, share, 3)
        kept = issued + _some(rng, scale, share, 40)
        cells |= _row(f"art20_1.{row}", issued=issued, repealed=repealed, in_force=kept)
    cells |= _row("art20_5.administrative_license", decisions=_some(rng, scale, 0.7, 300))
    cells |= _row("art20_6.administrative_penalty", decisions=_some(rng, scale, 0.7, 90))
    cells |= _row("art20_6.administrative_coercion", decisions=_some(rng, scale, 0.3, 20))
    cells |= _row("art20_8.administrative_fees", fee_amount_wan=_amount(rng, _some(rng, scale, 0.4, 120)))
    return cells


def _applications(rng: Random, edition: Form, scale: Scale) -> dict[str, Number]:
    table = edition.table("applications")
    columns = [column.key for column in table.columns if not column.computed]
    leaves = [
        row.key for row in table.data_rows if row.parent == "results" or row.parent.startswith(("denied", "unable"))
    ]
    leaves += [row.key for row in table.data_rows if row.parent in ("not_processed", "other_handling")]
    leaves.remove("results_total")
    fewest, most = APPLICATIONS[scale]
    everyone = rng.randint(fewest, most)
    outcomes = _outcome_weights(rng, leaves)
    by_row: dict[str, dict[str, int]] = {row.key: {} for row in table.data_rows}
    for column, received in zip(columns, _split(rng, everyone, APPLICANTS), strict=True):
        before = rng.choice((0, 0, received // 12, received // 20))
        after = rng.choice((0, received // 15, received // 9))
        by_row["new_received"][column] = received
        by_row["carried_over"][column] = before
        by_row["carried_forward"][column] = after
        by_row["results_total"][column] = received + before - after
        for leaf, handled in zip(leaves, _split(rng, received + before - after, outcomes), strict=True):
            by_row[leaf][column] = handled
    cells: dict[str, Number] = {}
    for row, counts in by_row.items():
        cells |= _row(f"applications.{row}", **counts, total=sum(counts.values()))
    return cells


def _outcome_weights(rng: Random, leaves: list[str]) -> tuple[float, ...]:
    usual = {"granted": 6.0, "partially_granted": 1.0, "unable_not_held": 4.0, "unable_needs_creation": 0.8}
    return tuple(usual.get(leaf, rng.choice((0.0, 0.1, 0.4))) for leaf in leaves)


def _split(rng: Random, count: int, weights: tuple[float, ...]) -> list[int]:
    """`count` things over places by weight: one by one while they are few, in proportion when they are many."""
    parts = [0] * len(weights)
    if count > 2000:
        parts = [int(count * weight / sum(weights)) for weight in weights]
    for place in rng.choices(range(len(weights)), weights, k=count - sum(parts)) if count else ():
        parts[place] += 1
    return parts


def _remedies(rng: Random, edition: Form, scale: Scale) -> dict[str, Number]:
    cells: dict[str, Number] = {}
    for group in ("reconsideration", "litigation_direct", "litigation_after_reconsideration"):
        outcomes = [
            column for column in edition.table("remedies").columns if column.group == group and not column.computed
        ]
        counts = {column.key: _some(rng, scale, 0.25, 2) for column in outcomes}
        cells |= _row("remedies.cases", **counts)
        cells[f"remedies.cases.{group}_total"] = sum(counts.values())
    return cells


def _row(prefix: str, **cells: Number) -> dict[str, Number]:
    return {f"{prefix}.{column}": value for column, value in cells.items()}
