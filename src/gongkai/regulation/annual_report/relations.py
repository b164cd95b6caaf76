"""Do the relations of the form hold? With blanks and unreadable cells that is not a yes-or-no question.

A relation *holds* when the printed numbers satisfy it (marks and blanks count as nothing), *fails* when no number in its
blank and unreadable cells could make it hold, and is *not assessable* otherwise. A cell can't be negative unless its
column is signed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from gongkai.regulation.annual_report.forms import EDITIONS, Relation, form
from gongkai.regulation.annual_report.report import Cell, Number, Report
from gongkai.regulation.finding import Finding, Severity, Verdict

_PREVIOUS = "prev:"
_LEDGER = "ledger."


@dataclass(frozen=True, slots=True)
class _Term:
    """One summand of a side: its address in `cells`, whether it is subtracted, whether it may be negative."""

    address: str
    sign: int
    signed: bool


@dataclass(frozen=True, slots=True)
class _Side:
    """One side of a relation: its summands, and the addresses of those that are added and subtracted."""

    terms: tuple[_Term, ...]
    plus: tuple[str, ...]
    minus: tuple[str, ...]

    def sum(self, values: Mapping[str, Number]) -> Number:
        total = sum([values[address] for address in self.plus])
        return total - sum([values[address] for address in self.minus]) if self.minus else total


@dataclass(frozen=True, slots=True)
class _Compiled:
    relation: Relation
    left: _Side
    right: _Side
    terms: tuple[_Term, ...]
    constant: int
    is_self_contained: bool
    """Are all its cells in this year's tables, so that a report with the tables has them?"""


def relation_findings(
    report: Report, previous: Report | None, facts: Mapping[str, Number], lacks_rule_making_power: bool
) -> Iterator[Finding]:
    """The findings of every relation of the report's own table editions.

    `facts` gives ledger figures by address (`ledger.processing_fees.collected_wan`); a relation that needs one that is not
    given says nothing, and neither does a cross-year relation without last year's report on the edition it compares.
    """
    cells: dict[str, Cell] = dict(report.cells)
    if previous is not None:
        cells.update({_PREVIOUS + address: cell for address, cell in previous.cells.items()})
    cells.update({address: Cell(value, "number", str(value)) for address, value in facts.items()})
    values = {address: cell.value or 0 for address, cell in cells.items()}
    gaps = {address for address, cell in cells.items() if cell.state in ("blank", "unreadable")}
    unfilled: dict[str, list[Relation]] = {}
    for edition in EDITIONS:
        tables = frozenset([table for table, own in report.table_editions.items() if own == edition])
        if not tables:
            continue
        for compiled in _compiled(edition):
            relation = compiled.relation
            if not relation.tables <= tables or not _applies(relation, previous, lacks_rule_making_power):
                continue
            if not compiled.is_self_contained and any(term.address not in cells for term in compiled.terms):
                continue
            finding = _assess(compiled, values, cells, gaps, unfilled)
            if finding:
                yield finding
    for relations in unfilled.values():
        missing = tuple(dict.fromkeys(address for relation in relations for address in relation.addresses))
        yield _finding(relations[0], "not_assessable", missing, None, None, missing)


def _applies(relation: Relation, previous: Report | None, lacks_power: bool) -> bool:
    """Does a relation of which the report has the tables apply to it?"""
    if relation.condition == "without_rule_making_power" and not lacks_power:
        return False
    if relation.kind == "cross_year":
        if previous is None:
            return False
        if relation.previous_edition:
            return all(previous.table_editions.get(table) == relation.previous_edition for table in relation.tables)
    return True


def _assess(
    compiled: _Compiled,
    values: Mapping[str, Number],
    cells: Mapping[str, Cell],
    gaps: set[str],
    unfilled: dict[str, list[Relation]],
) -> Finding | None:
    left = compiled.left.sum(values)
    right = compiled.right.sum(values) + compiled.constant
    holds = _satisfied(compiled.relation.op, left, right)
    missing = [term for term in compiled.terms if term.address in gaps] if gaps else []
    if not missing:
        return None if holds else _finding(compiled.relation, "fails", compiled.relation.addresses, left, right)
    if all(cells[term.address].state in ("blank", "unreadable") for term in compiled.terms):
        unfilled.setdefault(compiled.relation.code, []).append(compiled.relation)
        return None
    if holds and all(cells[term.address].state == "blank" for term in missing):
        return None
    if not holds and not _could_hold(compiled, missing, left, right):
        return _finding(compiled.relation, "fails", compiled.relation.addresses, left, right)
    names = tuple(term.address for term in missing)
    return _finding(compiled.relation, "not_assessable", compiled.relation.addresses, left, right, names)


def _satisfied(op: str, left: Number, right: Number) -> bool:
    if op == "==":
        return left == right
    if op == ">=":
        return left >= right
    if op == "<=":
        return left <= right
    return (left == 0) == (right == 0)


def _could_hold(compiled: _Compiled, missing: list[_Term], left: Number, right: Number) -> bool:
    """Could some number in the missing cells make the relation hold?"""
    if compiled.relation.op == "zero_iff" or any(term.signed for term in missing):
        return True
    raises = {(term in compiled.left.terms) == (term.sign > 0) for term in missing}
    if left < right:
        return True in raises  # more on the left, or less on the right
    return False in raises


def _finding(
    relation: Relation,
    verdict: Verdict,
    cells: tuple[str, ...],
    left: Number | None,
    right: Number | None,
    missing: tuple[str, ...] = (),
) -> Finding:
    severity: Severity = relation.severity
    if verdict == "not_assessable" and severity == "error":
        severity = "warning"  # nothing has been shown to be wrong
    return Finding(relation.code, severity, verdict, cells, left, right, missing=missing)


@cache
def _compiled(edition: str) -> tuple[_Compiled, ...]:
    signed = {
        f"{table.key}.{row.key}.{column.key}"
        for table in form(edition).tables
        for row in table.data_rows
        for column in table.columns
        if column.signed
    }
    compiled = []
    for relation in form(edition).relations:
        sides: list[_Side] = []
        constant = 0
        for side in (relation.left, relation.right):
            summands = []
            for term in side:
                if isinstance(term, int):
                    constant += term
                    continue
                address = term.removeprefix("-")
                summands.append(
                    _Term(address, -1 if term.startswith("-") else 1, address.removeprefix(_PREVIOUS) in signed)
                )
            plus = tuple(term.address for term in summands if term.sign > 0)
            minus = tuple(term.address for term in summands if term.sign < 0)
            sides.append(_Side(tuple(summands), plus, minus))
        terms = (*sides[0].terms, *sides[1].terms)
        self_contained = not any(term.address.startswith((_PREVIOUS, _LEDGER)) for term in terms)
        compiled.append(_Compiled(relation, sides[0], sides[1], terms, constant, self_contained))
    return tuple(compiled)
