"""Whatever the product writes, it reads back as the same report: `read(write(compose(report))) == report`."""

from __future__ import annotations

import json

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from gongkai.documents.model import Refusal
from gongkai.documents.readers import read_bytes
from gongkai.documents.writers import FORMATS, render
from gongkai.regulation.annual_report import Report, compose, from_json, read, to_json
from tests.regulation.annual_report.made_reports import reports

# A report is large and its parts are independent: shrinking would take minutes and show no more than `differences` does.
RELAXED = settings(
    max_examples=25,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
ENDINGS = {"text": "txt"}


def differences(one: Report, other: Report) -> list[object]:
    cells = [
        (a, one.cells.get(a), other.cells.get(a))
        for a in {**one.cells, **other.cells}
        if one.cells.get(a) != other.cells.get(a)
    ]
    words = [] if one.narrative == other.narrative else [one.narrative, other.narrative]
    return [(one.year, other.year), (one.agency, other.agency), cells[:10], *words]


@pytest.mark.parametrize("name", FORMATS)
@RELAXED
@given(original=reports())
def test_a_file_that_was_written_is_read_back_as_the_same_report(name: str, original: Report) -> None:
    document = read_bytes(render(compose(original), name), f"report.{ENDINGS.get(name, name)}")
    assert not isinstance(document, Refusal), document
    again = read(document)
    assert isinstance(again, Report), again
    assert again == original, differences(original, again)


@RELAXED
@given(original=reports())
def test_json_is_read_back_as_the_same_report(original: Report) -> None:
    assert from_json(json.loads(json.dumps(to_json(original, ())))) == original


@RELAXED
@given(original=reports())
def test_a_composed_document_is_read_as_the_same_report(original: Report) -> None:
    again = read(compose(original))
    assert isinstance(again, Report), again
    assert again == original, differences(original, again)
