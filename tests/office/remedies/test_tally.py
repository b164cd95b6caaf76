"""The fourth table of the annual report by counting: fifteen cells, twelve counted and three computed."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from gongkai.office.remedies.actions import appeal
from gongkai.office.remedies.kinds import RULINGS, Result, Route, rulings
from gongkai.office.remedies.queries import KIND, counted, tally
from gongkai.regulation.annual_report.forms import form
from tests.office.casework.cases import Officers, at
from tests.office.cast import Cast
from tests.office.remedies.remedies import decided, registered

FIRST, LAST = date(2024, 1, 1), date(2024, 12, 31)


def counts(cast: Cast, first: date = FIRST, last: date = LAST, edition: str = "2021") -> dict[str, int]:
    """The cells that are not zero."""
    found = tally([cast.education.pk], first, last, edition)
    return {each.measure.key.removeprefix("remedies.cases."): int(each.value) for each in found if each.value}


@pytest.mark.parametrize("edition", ["2019", "2021"])
def test_every_cell_of_the_form_but_the_totals_is_counted(cast: Cast, desk: Officers, edition: str):
    cells = {address for address in form(edition).addresses() if address.startswith("remedies.cases.")}
    found = {each.measure.key for each in tally([cast.education.pk], FIRST, LAST, edition)}
    assert len(cells) == 15
    assert found == {cell for cell in cells if not cell.endswith("_total")}


def test_every_ruling_lands_in_one_column_of_its_route(cast: Cast, desk: Officers):
    for route in Route.values:
        assert {ruling.result for ruling in rulings(route)} == set(Result.values)
    assert len(RULINGS) == sum(len(rulings(route)) for route in ("reconsideration", "litigation_direct"))


def test_a_case_is_counted_where_it_ended_and_while_it_goes_on_as_pending(cast: Cast, desk: Officers):
    case = registered(cast, desk)
    registered(cast, desk, reference="青政复〔2024〕2号")
    decided(case, "revoked", desk, on=date(2024, 7, 29))
    assert counts(cast) == {"reconsideration_corrected": 1, "reconsideration_pending": 1}


def test_what_ended_after_the_year_was_pending_in_it_and_is_counted_in_the_next(cast: Cast, desk: Officers):
    case = registered(cast, desk, received_on=date(2024, 12, 2))
    decided(case, "maintained", desk, on=date(2025, 1, 20))
    assert counts(cast) == {"reconsideration_pending": 1}
    assert counts(cast, date(2025, 1, 1), date(2025, 12, 31)) == {"reconsideration_upheld": 1}
    assert counts(cast, date(2026, 1, 1), date(2026, 12, 31)) == {}
    assert counts(cast, date(2023, 1, 1), date(2023, 12, 31)) == {}


def test_an_appeal_is_one_lawsuit(cast: Cast, desk: Officers):
    suit = registered(cast, desk, route="litigation_direct", reference="（2024）青行初1号")
    decided(suit, "claim_rejected", desk, on=date(2024, 9, 2))
    appeal(suit, "appeal_by_claimant", on=date(2024, 9, 20), by=desk.case, at=at(date(2024, 9, 20)))
    assert counts(cast) == {"litigation_direct_pending": 1}
    decided(suit, "court_unlawful", desk, on=date(2024, 12, 20))
    assert counts(cast) == {"litigation_direct_corrected": 1}


def test_other_agencies_cases_are_not_counted(cast: Cast, desk: Officers):
    registered(cast, desk)
    assert all(each.value == 0 for each in tally([cast.water.pk], FIRST, LAST, "2021"))


def test_each_number_opens_its_cases_and_names_nobody(cast: Cast, desk: Officers):
    case = registered(cast, desk)
    found = next(each for each in tally([cast.education.pk], FIRST, LAST, "2021") if each.value)
    shown = counted(KIND, found.ids)
    assert [each.id for each in shown] == [case.pk]
    assert "孙申请" not in shown[0].title
    with pytest.raises(KeyError):
        counted("casework.application", [1])


def test_an_edition_without_the_table_is_unknown(cast: Cast):
    with pytest.raises(KeyError):
        tally([cast.education.pk], FIRST, LAST, "2008")


def test_a_year_is_counted_in_two_questions(cast: Cast, desk: Officers, django_assert_max_num_queries):
    for number in range(5):
        registered(cast, desk, reference=f"青政复〔2024〕{number}号", received_on=FIRST + timedelta(days=40))
    with django_assert_max_num_queries(2):
        tally([cast.education.pk], FIRST, LAST, "2021")
