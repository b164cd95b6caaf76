"""The checker against every single-cell mistake in reports that are right: it finds all that break a relation, and no other.

What is broken is decided here by a plain second reading of the form's structure; the form's own list of relations and the
checker that reads it take no part in it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import pytest

from gongkai.regulation.annual_report import check
from gongkai.regulation.annual_report.forms import FormTable
from gongkai.regulation.annual_report.report import Cell, Number, Report
from gongkai.regulation.finding import Finding
from tests.corpus.truth import Scale, Truth, truth

EDITIONS = ("2019", "2021")
CLEAN_SCALES: tuple[Scale, ...] = ("empty", "tiny", "town", "bureau", "county", "city")
MUTATED_SCALES: tuple[Scale, ...] = ("town", "county")
CLEAN_REPORTS = 25

Values = Mapping[str, Number]
Cells = frozenset[str]


@dataclass(frozen=True, slots=True)
class Mutation:
    """One slip of the pen: the cells it changes, and None for a cell it leaves blank."""

    kind: str
    cells: Mapping[str, Number | None]


def report_of(source: Truth, mutation: Mutation | None = None) -> Report:
    """The truth as a report that was read, with a mutation in it."""
    changed = mutation.cells if mutation else {}
    cells = {}
    for address, expected in source.cells.items():
        value = changed.get(address, expected.value)
        cells[address] = Cell(None, "blank", "") if value is None else Cell(value, "number", str(value))
    editions = {table.key: source.art20.edition for table in source.article_tables}
    later = source.applications.edition
    return Report(source.year, source.agency, editions | {"applications": later, "remedies": later}, cells)


def broken_in(source: Truth, values: Values) -> set[Cells]:
    """The relations that do not hold, each as the set of its cells."""
    applications, remedies = (source.applications.table(key) for key in ("applications", "remedies"))
    return {
        *_broken_columns(applications, values),
        *_broken_rows(applications, values),
        *_broken_remedies(remedies, values),
        *_broken_articles(source.article_tables, values),
        *_broken_counts(source.tables, values),
    }


def _broken_columns(table: FormTable, values: Values) -> Iterator[Cells]:
    """Down each column: new and carried over against results and carried forward, results against their rows."""
    outcomes = [row.key for row in table.data_rows if row.parent and row.key != "results_total"]
    for column in table.columns:
        at = {row.key: f"applications.{row.key}.{column.key}" for row in table.data_rows}
        came = values[at["new_received"]] + values[at["carried_over"]]
        went = values[at["results_total"]] + values[at["carried_forward"]]
        if came != went:
            yield frozenset(at[key] for key in ("new_received", "carried_over", "results_total", "carried_forward"))
        if sum(values[at[key]] for key in outcomes) != values[at["results_total"]]:
            yield frozenset(at[key] for key in (*outcomes, "results_total"))


def _broken_rows(table: FormTable, values: Values) -> Iterator[Cells]:
    """Across each row: the six kinds of applicant against the total."""
    for row in table.data_rows:
        addresses = [f"applications.{row.key}.{column.key}" for column in table.columns]
        *parts, total = addresses
        if sum(values[part] for part in parts) != values[total]:
            yield frozenset(addresses)


def _broken_remedies(table: FormTable, values: Values) -> Iterator[Cells]:
    """Fifteen cells in three fives, the fifth of each the sum of the other four."""
    addresses = table.addresses()
    for start in (0, 5, 10):
        *parts, total = addresses[start : start + 5]
        if sum(values[part] for part in parts) != values[total]:
            yield frozenset((*parts, total))


def _broken_articles(tables: tuple[FormTable, ...], values: Values) -> Iterator[Cells]:
    """2019 form: no fewer than none are left after the year's change, and what was disclosed this year is disclosed."""
    for table in tables:
        for row in table.data_rows:
            at = {column.key: f"{table.key}.{row.key}.{column.key}" for column in table.columns}
            if "change" in at and values[at["prior_year_count"]] + values[at["change"]] < 0:
                yield frozenset((at["prior_year_count"], at["change"]))
            if "total_disclosed" in at and values[at["total_disclosed"]] < values[at["newly_disclosed"]]:
                yield frozenset((at["total_disclosed"], at["newly_disclosed"]))


def _broken_counts(tables: tuple[FormTable, ...], values: Values) -> Iterator[Cells]:
    """A count is a whole number and, unless it is a change, not below zero."""
    for table in tables:
        for row in table.data_rows:
            for column in table.columns:
                value = values[f"{table.key}.{row.key}.{column.key}"]
                if (value < 0 and not column.signed) or (value != int(value) and not column.decimal):
                    yield frozenset({f"{table.key}.{row.key}.{column.key}"})


def mutations(source: Truth) -> Iterator[Mutation]:
    """Every single-cell slip: one more, one less, nothing, a digit too many, the neighbour's number, left blank."""
    for table in source.tables:
        addresses = table.addresses()
        for address, neighbour in zip(addresses, (*addresses[1:], ""), strict=True):
            value = source.cells[address].value or 0
            yield Mutation("one more", {address: value + 1})
            if value >= 1 or address.endswith(".change"):
                yield Mutation("one less", {address: value - 1})
            if value:
                yield Mutation("nothing", {address: 0})
                yield Mutation("a digit too many", {address: value * 10})
            same_row = neighbour.rsplit(".", 1)[0] == address.rsplit(".", 1)[0]
            if same_row and source.cells[neighbour].value != value:
                yield Mutation("swapped", {address: source.cells[neighbour].value, neighbour: value})
            yield Mutation("left blank", {address: None})


def errors(findings: list[Finding]) -> set[Cells]:
    """The relations that fail; a table that is not filled in is an error too, but compares nothing."""
    failed = (found for found in findings if found.verdict == "fails" and found.severity == "error")
    return {frozenset(found.cells) for found in failed if found.left is not None}


def unassessed(findings: list[Finding]) -> set[Cells]:
    return {frozenset(found.cells) for found in findings if found.verdict == "not_assessable" and found.cells}


@pytest.mark.parametrize("scale", MUTATED_SCALES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_every_single_cell_change_that_breaks_a_relation_is_found_and_nothing_else_is(
    edition: str, scale: Scale
) -> None:
    source = truth("mutations", edition, scale=scale)
    true_values = {address: expected.value or 0 for address, expected in source.cells.items()}
    assert not broken_in(source, true_values)
    tried = breaking = 0
    for mutation in mutations(source):
        if mutation.kind == "left blank":
            continue
        values = {**true_values, **{address: value or 0 for address, value in mutation.cells.items()}}
        broken = broken_in(source, values)
        assert errors(check(report_of(source, mutation))) == broken, mutation
        tried += 1
        breaking += bool(broken)
    assert tried > 300
    assert breaking > 250


@pytest.mark.parametrize("scale", MUTATED_SCALES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_blank_where_a_number_is_needed_is_not_assessable_and_never_an_error(edition: str, scale: Scale) -> None:
    source = truth("mutations", edition, scale=scale)
    true_values = {address: expected.value or 0 for address, expected in source.cells.items()}
    open_questions = 0
    for mutation in mutations(source):
        if mutation.kind != "left blank":
            continue
        findings = check(report_of(source, mutation))
        # A blank counts as nothing: where the sum comes out with nothing in it there is no question to ask.
        unanswered = broken_in(source, {**true_values, **dict.fromkeys(mutation.cells, 0)})
        assert not errors(findings), mutation
        assert unassessed(findings) >= unanswered, mutation
        open_questions += len(unanswered)
    assert open_questions > 20


@pytest.mark.parametrize("scale", CLEAN_SCALES)
@pytest.mark.parametrize("edition", EDITIONS)
def test_a_report_that_is_right_gives_no_error(edition: str, scale: Scale) -> None:
    for seed in range(CLEAN_REPORTS):
        findings = check(report_of(truth(f"clean {seed}", edition, scale=scale)))
        assert not errors(findings), seed
        assert not unassessed(findings), seed
