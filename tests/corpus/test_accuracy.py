"""Every family of the labelled corpus is read without a wrong, an invented or a missed cell."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.documents.model import Refusal
from gongkai.regulation import annual_report
from tests.corpus.corpus import BY_KEY, FAMILIES
from tests.corpus.families.office import office
from tests.corpus.measure import Judgement, judge, read

NEEDS_OFFICE = 41
AT_LEAST = 400
SHOWN_FAULTS = 8


def _described(judgements: list[Judgement]) -> str:
    lines = []
    for judgement in judgements:
        if judgement.faults:
            lines.append(f"{judgement.case.file_name}: {len(judgement.faults)} faults")
            lines += [f"    {fault}" for fault in judgement.faults[:SHOWN_FAULTS]]
    return "\n".join(lines)


@pytest.mark.parametrize("key", BY_KEY)
def test_a_family_is_read_without_a_wrong_invented_or_missed_cell(key: str, tmp_path: Path) -> None:
    family = BY_KEY[key]
    if family.line == NEEDS_OFFICE and office() is None:
        pytest.skip("LibreOffice (soffice) is not installed: its files are left out of the corpus")
    judgements = [judge(case, tmp_path) for case in family.cases()]
    assert judgements
    described = _described(judgements)
    assert not described, f"{family.title}\n{described}"


@pytest.mark.parametrize("key", ["00-clean", "00-clean-joined", "00-empty", "12-span", "18-fillers", "28-stacked"])
def test_a_report_without_faults_raises_no_alarm(key: str, tmp_path: Path) -> None:
    for case in BY_KEY[key].cases():
        path = tmp_path / case.file_name
        path.write_bytes(case.data)
        report = read(path)
        assert not isinstance(report, Refusal), report
        alarms = [finding for finding in annual_report.check(report) if finding.severity == "error"]
        assert not alarms, f"{case.file_name}: {alarms}"


def test_the_corpus_covers_every_line_of_the_list_of_occurrences_in_both_editions() -> None:
    assert {family.line for family in FAMILIES} >= set(range(1, 40))
    assert len(BY_KEY) == len(FAMILIES)
    without_office = [case for family in FAMILIES if family.line != NEEDS_OFFICE for case in family.cases()]
    assert len(without_office) >= AT_LEAST
    assert len({case.file_name for case in without_office}) == len(without_office)


def test_the_corpus_is_the_same_every_time() -> None:
    for key in ("09-notes", "40-combined"):
        first, second = (tuple(BY_KEY[key].cases()) for _ in range(2))
        assert [case.printed for case in first] == [case.printed for case in second]
        assert [case.data for case in first if case.suffix in (".txt", ".html")] == [
            case.data for case in second if case.suffix in (".txt", ".html")
        ]
