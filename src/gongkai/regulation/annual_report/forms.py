"""The statutory form of the annual report, by edition: one JSON file each, read once, frozen and typed.

Source: 国办公开办函〔2019〕60号 (reporting years 2019 and 2020), 国办公开办函〔2021〕30号 (from 2021).
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from gongkai.regulation.finding import Severity

EDITIONS = ("2019", "2021")


@dataclass(frozen=True, slots=True)
class Topic:
    """One of the five topics of section one."""

    key: str
    label: str
    label_en: str


@dataclass(frozen=True, slots=True)
class Section:
    """One of the six sections; `content` is `narrative` or `tables`."""

    key: str
    numbering: str
    label: str
    label_en: str
    content: str
    label_variants: tuple[str, ...]
    topics: tuple[Topic, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column of a statutory table. `group` is the key of the header above it (组织, 行政复议 …), empty when it has none."""

    key: str
    label: str
    label_en: str
    unit: str
    computed: bool
    signed: bool
    decimal: bool
    group: str
    group_label: str
    super_group_label: str
    label_variants: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        return (self.label, *self.label_variants)


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a statutory table; a header row (`is_data` false) has no cells of its own."""

    key: str
    label: str
    label_en: str
    numbering: str
    parent: str
    is_data: bool
    computed: bool
    short_label: str
    label_variants: tuple[str, ...]

    @property
    def labels(self) -> tuple[str, ...]:
        short = (self.short_label,) if self.short_label else ()
        return (self.label, *short, *self.label_variants)


@dataclass(frozen=True, slots=True)
class FormTable:
    """One statutory table; its cells are addressed `table.row.column`."""

    key: str
    section: str
    caption: str
    row_header_label: str
    column_super_header: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    # What follows from these and is asked for with every report:
    data_rows: tuple[Row, ...] = field(init=False, repr=False, compare=False)
    columns_by_key: Mapping[str, Column] = field(init=False, repr=False, compare=False)
    cells: tuple[tuple[str, str, str], ...] = field(init=False, repr=False, compare=False)
    """Every cell of the table, row by row: its row, its column and its address."""
    _addresses: tuple[str, ...] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        data_rows = tuple(row for row in self.rows if row.is_data)
        cells = tuple(
            (row.key, column.key, f"{self.key}.{row.key}.{column.key}") for row in data_rows for column in self.columns
        )
        object.__setattr__(self, "data_rows", data_rows)
        object.__setattr__(self, "columns_by_key", {column.key: column for column in self.columns})
        object.__setattr__(self, "cells", cells)
        object.__setattr__(self, "_addresses", tuple(address for _, _, address in cells))

    def addresses(self) -> tuple[str, ...]:
        """Every cell of the table, row by row."""
        return self._addresses


@dataclass(frozen=True, slots=True)
class Relation:
    """One relation between cells: `left` op `right`, each side a sum of terms.

    A term is an address; a leading `-` subtracts; `prev:` reads the report of the year before; `ledger.` reads a fact the
    caller gives; an integer is itself. `kind` is `arithmetic`, `plausibility` or `cross_year`. `tables` are the tables
    whose edition must be that of the form for the relation to apply.
    """

    code: str
    kind: str
    title: str
    title_en: str
    authority: str
    severity: Severity
    left: tuple[str | int, ...]
    op: str
    right: tuple[str | int, ...]
    condition: str
    previous_edition: str
    tables: frozenset[str]

    @property
    def addresses(self) -> tuple[str, ...]:
        """The cells of this year's report, left side first: the last one is the printed total."""
        return tuple(
            term.removeprefix("-")
            for term in (*self.left, *self.right)
            if isinstance(term, str) and not term.startswith(("prev:", "ledger."))
        )


@dataclass(frozen=True, slots=True)
class Form:
    """One edition of the statutory form."""

    edition: str
    document: str
    form_name: str
    first_year: int
    last_year: int | None
    sections: tuple[Section, ...]
    tables: tuple[FormTable, ...]
    relations: tuple[Relation, ...]
    raw: Mapping[str, Any]

    def table(self, key: str) -> FormTable:
        """The table of that key. Errors: KeyError when this edition has no such table."""
        for table in self.tables:
            if table.key == key:
                return table
        raise KeyError(key)

    def addresses(self) -> tuple[str, ...]:
        """Every cell of the form in printing order."""
        return tuple(address for table in self.tables for address in table.addresses())


@cache
def form(edition: str) -> Form:
    """The form of an edition, `2019` or `2021`. Errors: FileNotFoundError for an edition that does not exist.

    >>> len(form("2019").addresses()), len(form("2021").addresses())
    (198, 200)
    """
    raw = json.loads(files(__package__).joinpath("forms", f"{edition}.json").read_text(encoding="utf-8"))
    tables = tuple(_table(entry) for entry in raw["tables"])
    return Form(
        edition=raw["edition"],
        document=raw["document"],
        form_name=raw["form_name"],
        first_year=raw["reporting_years"]["from"],
        last_year=raw["reporting_years"]["to"],
        sections=tuple(_section(entry) for entry in raw["sections"]),
        tables=tables,
        relations=tuple(relation for entry in raw["rules"] for relation in _relations(entry, tables)),
        raw=raw,
    )


def form_for_year(year: int) -> Form | None:
    """The form in force for a reporting year, None before 2019.

    >>> form_for_year(2020).edition, form_for_year(2023).edition
    ('2019', '2021')
    """
    for edition in EDITIONS:
        candidate = form(edition)
        if candidate.first_year <= year and (candidate.last_year is None or year <= candidate.last_year):
            return candidate
    return None


def _section(entry: Mapping[str, Any]) -> Section:
    return Section(
        entry["key"],
        entry["numbering"],
        entry["label"],
        entry["label_en"],
        entry["content"],
        tuple(entry.get("label_variants", ())),
        tuple(Topic(topic["key"], topic["label"], topic["label_en"]) for topic in entry.get("topics", ())),
    )


def _table(entry: Mapping[str, Any]) -> FormTable:
    return FormTable(
        entry["key"],
        entry["section"],
        entry["caption"],
        entry["row_header_label"],
        entry.get("column_super_header", ""),
        tuple(_column(column) for column in entry["columns"]),
        tuple(_row(row) for row in entry["rows"]),
    )


def _column(entry: Mapping[str, Any]) -> Column:
    return Column(
        entry["key"],
        entry["label"],
        entry["label_en"],
        entry["unit"],
        entry["role"] == "computed",
        entry.get("signed", False),
        entry.get("decimal", False),
        entry.get("group", ""),
        entry.get("group_label", ""),
        entry.get("super_group_label", ""),
        tuple(entry.get("label_variants", ())),
    )


def _row(entry: Mapping[str, Any]) -> Row:
    return Row(
        entry["key"],
        entry["label"],
        entry["label_en"],
        entry.get("numbering", ""),
        entry.get("parent", ""),
        entry["kind"] == "data",
        entry.get("role") == "computed",
        entry.get("short_label", ""),
        tuple(entry.get("label_variants", ())),
    )


def _relations(entry: Mapping[str, Any], tables: tuple[FormTable, ...]) -> list[Relation]:
    """One relation for each value of `for_each` (the columns or the data rows of a table)."""
    loops = entry.get("for_each", {})
    relations = []
    for values in _each(loops, tables):
        left = tuple(term for part in entry["left"] for term in _terms(part, values, tables))
        right = tuple(term for part in entry["right"] for term in _terms(part, values, tables))
        named = {
            str(term).removeprefix("prev:").removeprefix("-").split(".")[0]
            for term in (*left, *right)
            if isinstance(term, str)
        }
        relations.append(
            Relation(
                entry["id"],
                entry["kind"],
                entry["title"],
                entry["title_en"],
                entry["authority"],
                entry["severity"],
                left,
                entry["op"],
                right,
                entry.get("condition", ""),
                entry.get("previous_edition", ""),
                frozenset(named - {"ledger"}),
            )
        )
    return relations


def _each(loops: Mapping[str, str], tables: tuple[FormTable, ...]) -> list[dict[str, str]]:
    if not loops:
        return [{}]
    (name, source) = next(iter(loops.items()))
    table_key, of = source.split(".")
    table = next(table for table in tables if table.key == table_key)
    keys = {
        "columns": [column.key for column in table.columns],
        "input_columns": [column.key for column in table.columns if not column.computed],
        "rows": [row.key for row in table.data_rows],
    }[of]
    return [{name: key} for key in keys]


def _terms(term: str | int, values: Mapping[str, str], tables: tuple[FormTable, ...]) -> list[str | int]:
    if isinstance(term, int):
        return [term]
    filled = term.format(**values) if values else term
    if filled.endswith(".*"):
        table_key, row_key, _ = filled.split(".")
        table = next(table for table in tables if table.key == table_key)
        return [f"{table_key}.{row_key}.{column.key}" for column in table.columns]
    return [filled]
