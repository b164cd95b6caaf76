"""A report as JSON and back: the stable, documented contract that other programs read.

The shape is described in `docs/command-line.md`. `value` is null unless `state` is `number`; `refused` is null or
`{"code", "message"}`, and then `cells` is empty.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from gongkai.documents.model import Refusal
from gongkai.regulation.annual_report.claims import Claim, claims
from gongkai.regulation.annual_report.forms import form
from gongkai.regulation.annual_report.messages import advice, message
from gongkai.regulation.annual_report.report import Cell, Narrative, Number, Passage, Report
from gongkai.regulation.finding import Finding

SCHEMA = 1


def to_json(report: Report, findings: Iterable[Finding], language: str = "zh") -> dict[str, Any]:
    """The whole contract object of a report that was read; messages are in `zh` or `en`."""
    return {
        "schema": SCHEMA,
        "year": report.year,
        "year_where": report.year_where,
        "agency": report.agency,
        "agency_where": report.agency_where,
        "edition": report.edition,
        "table_editions": dict(report.table_editions),
        "cells": {address: _cell(cell) for address, cell in report.cells.items()},
        "narrative": _narrative(report.narrative, claims(report)),
        "findings": [finding_to_json(finding, language) for finding in findings],
        "refused": None,
    }


def refusal_to_json(refusal: Refusal, language: str = "zh") -> dict[str, Any]:
    """The contract object of a file that was refused."""
    return {
        "schema": SCHEMA,
        "year": None,
        "year_where": "",
        "agency": None,
        "agency_where": "",
        "edition": None,
        "table_editions": {},
        "cells": {},
        "narrative": {"title": "", "preamble": [], "sections": {}, "topics": {}, "claims": []},
        "findings": [],
        "refused": {"code": refusal.code, "message": refusal.in_language(language)},
    }


def from_json(data: Mapping[str, Any]) -> Report:
    """The report of a contract object. Errors: ValueError when it is of another schema or no report at all."""
    if data.get("schema") != SCHEMA or not isinstance(data.get("cells"), Mapping) or data.get("refused"):
        raise ValueError("not a report of schema 1")
    try:
        report = Report(
            year=data["year"],
            agency=data["agency"],
            table_editions=dict(data["table_editions"]),
            cells={address: _cell_from(entry) for address, entry in data["cells"].items()},
            narrative=_narrative_from(data["narrative"]),
            agency_where=data.get("agency_where", ""),
            year_where=data.get("year_where", ""),
        )
        expected = {a for key, edition in report.table_editions.items() for a in form(edition).table(key).addresses()}
    except (KeyError, TypeError, AttributeError, FileNotFoundError) as problem:
        raise ValueError(f"not a report of schema 1: {problem}") from problem
    if set(report.cells) != expected:
        raise ValueError("not a report of schema 1: its cells are not those of its tables")
    return report


def json_number(value: Number | None) -> int | float | None:
    """A number as JSON has it; the shortest float that prints the same decimal."""
    return float(value) if isinstance(value, Decimal) else value


def _cell(cell: Cell) -> dict[str, Any]:
    entry: dict[str, Any] = {
        "value": json_number(cell.value),
        "state": cell.state,
        "text": cell.text,
        "where": cell.where,
    }
    if cell.note:
        entry["note"] = cell.note
    if cell.choice:
        entry["choice"] = cell.choice
    return entry


def _cell_from(entry: Mapping[str, Any]) -> Cell:
    value = entry["value"]
    if entry["state"] not in ("number", "blank", "mark", "unreadable") or (value is not None) != (
        entry["state"] == "number"
    ):
        raise ValueError("a cell has a value just when its state is number")
    # A float's shortest form is the number that was printed; its binary value is not.
    number = Decimal(repr(value)) if isinstance(value, float) else value
    return Cell(
        number, entry["state"], entry["text"], entry.get("where", ""), entry.get("note", ""), entry.get("choice", "")
    )


def _narrative(narrative: Narrative, claimed: Sequence[Claim]) -> dict[str, Any]:
    return {
        "title": narrative.title,
        "preamble": [_passage(passage) for passage in narrative.preamble],
        "sections": {key: [_passage(passage) for passage in passages] for key, passages in narrative.sections.items()},
        "topics": {
            key: "\n".join(passage.text for passage in passages) for key, passages in narrative.topics().items()
        },
        "claims": [_claim(claim) for claim in claimed],
    }


def _narrative_from(entry: Mapping[str, Any]) -> Narrative:
    return Narrative(
        entry["title"],
        tuple(_passage_from(passage) for passage in entry["preamble"]),
        {key: tuple(_passage_from(passage) for passage in passages) for key, passages in entry["sections"].items()},
    )


def _passage(passage: Passage) -> dict[str, Any]:
    return {"text": passage.text, "topic": passage.topic, "level": passage.level, "where": passage.where}


def _passage_from(entry: Mapping[str, Any]) -> Passage:
    return Passage(entry["text"], entry["topic"], entry["level"], entry.get("where", ""))


def _claim(claim: Claim) -> dict[str, Any]:
    return {
        "text": claim.text,
        "value": json_number(claim.value),
        "unit": claim.unit,
        "figure": claim.figure,
        "cells": list(claim.cells),
        "where": claim.where,
        "sentence": claim.sentence,
    }


def finding_to_json(finding: Finding, language: str = "zh") -> dict[str, Any]:
    """A finding as it stands in the contract object, worded in `zh` or `en`."""
    return {
        "code": finding.code,
        "severity": finding.severity,
        "verdict": finding.verdict,
        "cells": list(finding.cells),
        "missing": list(finding.missing),
        "left": json_number(finding.left),
        "right": json_number(finding.right),
        "where": list(finding.where),
        "quotes": list(finding.quotes),
        "message": message(finding, language),
        "advice": advice(finding, language),
    }
