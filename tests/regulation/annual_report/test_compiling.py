"""A report compiled from counts: what it adds up, and that it passes its own check."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.annual_report import check
from gongkai.regulation.annual_report.compiling import compile_report
from gongkai.regulation.annual_report.forms import form
from tests.regulation.annual_report.reports import plain_narrative

APPLICANTS = [column.key for column in form("2021").table("applications").columns if not column.computed]


def ledgers(edition: str) -> st.SearchStrategy[dict[str, int]]:
    """Counts of a ledger in order: every case that came in was either closed or is still open."""
    table = form(edition).table("applications")
    results = [row.key for row in table.data_rows if row.parent and not row.computed]
    small = st.integers(0, 40)
    closed = st.dictionaries(st.tuples(st.sampled_from(results), st.sampled_from(APPLICANTS)), small, max_size=30)
    still_open = st.dictionaries(st.sampled_from(APPLICANTS), small, max_size=6)
    remedies = [column.key for column in form(edition).table("remedies").columns if not column.computed]
    suits = st.dictionaries(st.sampled_from(remedies), small, max_size=8)

    def counts(
        cases: dict[tuple[str, str], int], left: dict[str, int], sued: dict[str, int], old: int
    ) -> dict[str, int]:
        told = {f"applications.{row}.{who}": n for (row, who), n in cases.items()}
        told |= {f"remedies.cases.{key}": n for key, n in sued.items()}
        for who in APPLICANTS:
            total = sum(n for (_, applicant), n in cases.items() if applicant == who) + left.get(who, 0)
            told[f"applications.carried_forward.{who}"] = left.get(who, 0)
            told[f"applications.carried_over.{who}"] = min(old, total)
            told[f"applications.new_received.{who}"] = total - min(old, total)
        return told

    return st.builds(counts, closed, still_open, suits, small)


@pytest.mark.parametrize("edition", ["2019", "2021"])
@given(data=st.data())
def test_a_compiled_report_always_passes_its_own_check(edition: str, data: st.DataObject) -> None:
    year = 2020 if edition == "2019" else 2024
    counts = data.draw(ledgers(edition))
    report = compile_report(counts, edition=edition, year=year, agency="青溪县水务局", narrative=plain_narrative())
    assert [finding for finding in check(report) if finding.severity == "error"] == []


def test_each_group_of_remedies_adds_up_its_own_columns() -> None:
    counts = {"remedies.cases.reconsideration_upheld": 2, "remedies.cases.litigation_direct_pending": 3}
    report = compile_report(counts, edition="2021", year=2024, agency="青溪县水务局")
    assert report.value("remedies.cases.reconsideration_total") == 2
    assert report.value("remedies.cases.litigation_direct_total") == 3
    assert report.value("remedies.cases.litigation_after_reconsideration_total") == 0


@pytest.mark.parametrize(
    "address", ["applications.new_received.total", "art20_9.centralized_procurement.project_count"]
)
def test_totals_and_cells_of_another_edition_are_not_to_be_given(address: str) -> None:
    with pytest.raises(ValueError, match="not input cells"):
        compile_report({address: 1}, edition="2021", year=2024, agency="青溪县水务局")
