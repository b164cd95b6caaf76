"""Findings: the answer of every check."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Literal

Number = int | Decimal
Severity = Literal["error", "warning", "info"]
Verdict = Literal["fails", "not_assessable"]

SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Finding:
    """A judgement about content: what a rule says of some cells or of some words.

    `cells` are addresses (`table.row.column`); for a rule over several cells the last one is the printed total. `left`
    and `right` are the two numbers a relation compares; `missing` are the blank or unreadable cells without which a rule
    can't be assessed. `where` are places in the source, `quotes` the words it is about.
    `values` fill the placeholders of the code's message (see `regulation/annual_report/findings.toml`).
    """

    code: str
    severity: Severity
    verdict: Verdict = "fails"
    cells: tuple[str, ...] = ()
    left: Number | None = None
    right: Number | None = None
    values: Mapping[str, str] = field(default_factory=dict)
    where: tuple[str, ...] = ()
    quotes: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
