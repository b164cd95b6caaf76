"""The JSON contract, and back."""

from __future__ import annotations

import json
from decimal import Decimal

import pytest

from gongkai.documents.model import Refusal
from gongkai.regulation.annual_report import check, from_json, refusal_to_json, to_json
from tests.regulation.annual_report.reports import blank, mark, number, report, unreadable


def test_a_report_survives_the_way_through_json() -> None:
    cells = {
        "art20_8.administrative_fees.fee_amount_wan": number(Decimal("7730.28")),
        "art20_1.rules.issued": blank(),
        "art20_1.rules.repealed": mark("—"),
        "art20_1.rules.in_force": unreadable("见附件"),
    }
    original = report("2021", cells)
    text = json.dumps(to_json(original, check(original)), ensure_ascii=False)
    assert from_json(json.loads(text)) == original


def test_value_is_null_unless_the_cell_is_a_number() -> None:
    data = to_json(report("2021", {"art20_1.rules.issued": mark("/")}), [])
    assert data["cells"]["art20_1.rules.issued"] == {"value": None, "state": "mark", "text": "/", "where": ""}
    assert data["cells"]["art20_1.rules.repealed"]["value"] == 0
    assert data["refused"] is None


def test_a_finding_carries_both_numbers_its_cells_and_its_message() -> None:
    subject = report("2021", {"applications.new_received.total": 3})
    entry = next(
        finding for finding in to_json(subject, check(subject))["findings"] if finding["code"] == "APP-COLUMNS-2021"
    )
    assert (entry["severity"], entry["verdict"], entry["left"], entry["right"]) == ("error", "fails", 0, 3)
    assert entry["cells"][-1] == "applications.new_received.total"
    assert "总计列应当等于" in entry["message"]


def test_messages_are_english_when_asked_for() -> None:
    subject = report("2021", {"applications.new_received.total": 3})
    messages = [finding["message"] for finding in to_json(subject, check(subject), "en")["findings"]]
    assert all(message.isascii() or "〔" in message for message in messages if "total column" in message)
    assert any("left 0, right 3" in message for message in messages)


def test_a_refused_file_has_no_cells() -> None:
    data = refusal_to_json(Refusal("SCAN", "这是扫描件。", "This is a scan."), "en")
    assert data["cells"] == {}
    assert data["refused"] == {"code": "SCAN", "message": "This is a scan."}


@pytest.mark.parametrize("data", [{}, {"schema": 2, "cells": {}}, {"schema": 1, "cells": {"a.b.c": {}}}])
def test_what_is_no_report_of_this_schema_is_an_error(data: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="schema 1"):
        from_json(data)


def test_a_report_that_lacks_cells_of_its_tables_is_an_error() -> None:
    data = to_json(report("2021"), [])
    del data["cells"]["art20_1.rules.issued"]
    with pytest.raises(ValueError, match="not those of its tables"):
        from_json(data)


def test_an_edition_that_does_not_exist_is_an_error() -> None:
    data = to_json(report("2021"), [])
    data["table_editions"]["art20_1"] = "1999"
    with pytest.raises(ValueError, match="schema 1"):
        from_json(data)
