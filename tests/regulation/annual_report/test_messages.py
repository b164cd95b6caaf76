"""Every finding can be said, in both languages, with its numbers and what to do."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings

from gongkai.regulation.annual_report import advice, check, message
from gongkai.regulation.annual_report.report import Report
from tests.regulation.annual_report.made_reports import reports
from tests.regulation.annual_report.reports import blank, report

PLACEHOLDER = re.compile(r"[{}]")


@settings(max_examples=60)
@given(subject=reports(), previous=reports())
def test_whatever_is_found_is_said_in_both_languages(subject: Report, previous: Report) -> None:
    for finding in check(subject, previous=previous, parts=[("乙机关", previous)], siblings=[("丙机关", previous)]):
        for language in ("zh", "en"):
            for words in (message(finding, language), advice(finding, language)):
                assert words
                assert not PLACEHOLDER.search(words), (finding.code, words)


def test_a_relation_says_which_row_or_column_and_both_sides() -> None:
    subject = report("2021", {"applications.carried_over.natural_person": 3})
    said = [message(finding) for finding in check(subject) if finding.code == "APP-COLUMNS-2021"]
    assert said == ["总计列应当等于自然人与五类组织之和（上年结转政府信息公开申请数量）：左边3，右边0。"]


def test_what_can_not_be_assessed_names_what_is_missing() -> None:
    cells = {"applications.new_received.natural_person": blank(), "applications.new_received.total": 5}
    said = [message(finding) for finding in check(report("2021", cells)) if finding.code == "APP-COLUMNS-2021"]
    assert len(said) == 1
    assert "缺本年新收政府信息公开申请数量·自然人" in said[0]


@pytest.mark.parametrize(("value", "printed"), [(1234567, "1,234,567")])
def test_large_numbers_are_grouped(value: int, printed: str) -> None:
    subject = report("2021", {"applications.new_received.natural_person": value})
    assert any(printed in message(finding) for finding in check(subject))
