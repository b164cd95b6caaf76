"""Many settled reports: totals, who is missing, rankings, trends, a parent against its parts."""

from __future__ import annotations

import pytest
from django.utils.timezone import now

from gongkai.office.reporting.collection import Wanted, collected, hierarchy
from gongkai.office.reporting.settling import report_of, settle
from tests.office.reporting.papers import report
from tests.office.reporting.received import accepted
from tests.office.reporting.test_archive import of

NEW = "applications.new_received.total"


@pytest.fixture(autouse=True)
def own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def some(cast):
    accepted(cast, of("青溪县教育局", 2022, 4), cast.education)
    accepted(cast, of("青溪县教育局", 2023, 7), cast.education)
    accepted(cast, of("青溪县水利局", 2023, 9), cast.water)
    accepted(cast, of("白石市气象局", 2023, 40))
    return cast


def test_any_set_is_added_up(some):
    everything = collected(Wanted(2022, 2023))
    assert [(year, total.total) for year, total in everything.trend(NEW)] == [(2022, 4), (2023, 56)]
    ours = collected(Wanted(2023, 2023, foreign=False))
    assert [(year, total.total) for year, total in ours.trend(NEW)] == [(2023, 16)]
    of_county = collected(Wanted(2023, 2023, organ=some.county))
    assert [row.agency for row in of_county.rows] == ["青溪县教育局", "青溪县水利局"]


def test_who_has_not_reported_is_named_by_year(some):
    missing = collected(Wanted(2022, 2023, organ=some.county)).missing()
    assert {year: [each.name for each in organs] for year, organs in missing.items()} == {
        2022: ["青溪县人民政府", "青溪县水利局"],
        2023: ["青溪县人民政府"],
    }


def test_a_ranking_names_the_largest_first(some):
    ranking = collected(Wanted(2022, 2023)).ranking(NEW, 2023)
    assert [(row.agency, value) for row, value in ranking] == [
        ("白石市气象局", 40), ("青溪县水利局", 9), ("青溪县教育局", 7)
    ]  # fmt: skip


def test_totals_are_those_of_the_cells_that_are_not_zero(some):
    totals = {address: total.total for address, _, total in collected(Wanted(2023, 2023)).totals(2023)}
    assert totals[NEW] == 56
    assert "remedies.cases.reconsideration_total" not in totals


def test_a_government_is_compared_with_those_below_it(some):
    assert hierarchy(some.county, 2023) is None
    accepted(some, of("青溪县人民政府", 2023, 16), some.county)
    parts, findings = hierarchy(some.county, 2023)
    assert (parts, findings) == (["青溪县教育局", "青溪县水利局"], [])
    accepted(some, of("青溪县人民政府", 2023, 20), some.county)
    assert {finding.left for finding in hierarchy(some.county, 2023)[1]} == {20}


def test_editions_are_never_added_to_each_other(some):
    cells = {
        f"applications.{row}.{column}": 1
        for row in ("new_received", "granted", "results_total")
        for column in ("natural_person", "total")
    }
    accepted(some, report("青溪县人民政府", 2020, "2019", cells), some.county)
    found = collected(Wanted(2020, 2023))
    assert found.aggregate.editions() == ("2019", "2021")
    assert [(year, total.total) for year, total in found.trend(NEW)] == [(2020, 1), (2022, 4), (2023, 56)]


def test_what_counts_is_what_was_accepted_with_its_corrections(cast):
    found = of("青溪县教育局", 2023, 7)
    row = settle(
        found,
        organ=cast.education,
        errors=0,
        warnings=0,
        is_public=True,
        at=now(),
        received=accepted(cast, found, cast.education),
    )
    assert {address: cell.value for address, cell in report_of(row).cells.items()} == {
        address: cell.value for address, cell in found.cells.items()
    }
