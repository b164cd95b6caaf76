"""Every outcome of an application lands on exactly one row of each edition of the annual form."""

import pytest

from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.application import Outcome, outcomes
from gongkai.regulation.law import law_on, resolve

every_outcome = pytest.mark.parametrize("outcome", outcomes().values(), ids=lambda outcome: outcome.key)
NO_RESULTS = {"new_received", "carried_over", "carried_forward", "results_total"}
REQUIREMENTS = {
    "third_party_consultation",
    "search_record",
    "correction_round",
    "link_to_prior_application",
    "information_provided",
    "reason_request_round",
    "fee_notice",
}


def result_rows(edition: str) -> set[str]:
    """The rows of an edition on which a result is counted: those with cells that are not added up from others."""
    rows = form(edition).table("applications").data_rows
    return {row.key for row in rows if not row.computed} - NO_RESULTS


def test_there_are_twenty_four_outcomes() -> None:
    assert len(outcomes()) == 24


@every_outcome
def test_an_outcome_has_one_row_in_each_edition(outcome: Outcome) -> None:
    assert set(outcome.rows) == set(EDITIONS)
    for edition, row in outcome.rows.items():
        assert row in result_rows(edition), f"{outcome.key}: {row} is no result row of the form of {edition}"


@pytest.mark.parametrize("edition", EDITIONS)
def test_every_result_row_of_the_form_is_reached_by_an_outcome(edition: str) -> None:
    assert result_rows(edition) == {outcome.rows[edition] for outcome in outcomes().values()}


@every_outcome
def test_an_outcome_has_words_sources_and_known_requirements(outcome: Outcome) -> None:
    assert outcome.label
    assert outcome.label_en.isascii()
    assert outcome.sources
    assert all(resolve(source) for source in outcome.sources)
    assert set(outcome.requires) <= REQUIREMENTS
    assert outcome.certainty in ("certain", "high", "medium")
    if outcome.key.startswith("deny_"):
        assert outcome.reasons, "a refusal without reasons"


@every_outcome
def test_the_row_changes_with_the_edition_of_the_year_of_the_reply(outcome: Outcome) -> None:
    for year in (2019, 2020, 2021, 2025):
        day = outcome.since.replace(year=year)
        edition = law_on(day).parameter("report_form_edition", str).value
        assert outcome.row_on(day) == outcome.rows[edition]
