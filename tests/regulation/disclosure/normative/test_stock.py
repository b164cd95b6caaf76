"""The stock of a year: it ties in with the year before, in both editions."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.disclosure.normative import (
    Amended,
    CleanedUp,
    Extended,
    Lapsed,
    NormativeDocument,
    NormativeEvent,
    Published,
    Repealed,
    Signed,
    is_in_force,
    stock,
)
from tests.regulation.disclosure.normative.documents import DOCUMENT, with_events

DAYS = st.dates(date(2018, 1, 1), date(2022, 12, 31))
EVENTS: st.SearchStrategy[NormativeEvent] = st.one_of(
    st.builds(Signed, DAYS),
    st.builds(Published, DAYS, DAYS, st.none() | DAYS),
    st.builds(Amended, DAYS, DAYS, st.just("青政〔2020〕9号"), st.none() | DAYS),
    st.builds(Extended, DAYS, DAYS, st.just("青政〔2020〕9号")),
    st.builds(Lapsed, DAYS, st.just("任务完成")),
    st.builds(Repealed, DAYS, DAYS, st.just("青政〔2020〕9号")),
    st.builds(
        CleanedUp,
        DAYS,
        st.just("专项清理"),
        st.sampled_from(["continued", "revised", "repealed", "lapsed"]),
        st.just("青政〔2020〕9号"),
    ),
)
DOCUMENTS = st.lists(
    st.builds(
        NormativeDocument,
        st.uuids().map(str),
        st.sampled_from(["青溪县河道管理办法", "青溪县停车管理办法（试行）"]),
        st.lists(EVENTS, max_size=6).map(tuple),
    ),
    max_size=8,
)


@given(documents=DOCUMENTS, year=st.integers(2018, 2025))
def test_in_force_is_last_year_s_plus_issued_less_repealed(documents: list[NormativeDocument], year: int) -> None:
    before, now = stock(documents, year - 1), stock(documents, year)
    assert now.in_force == before.in_force + now.issued - now.repealed
    assert now.total_disclosed == before.total_disclosed + now.newly_disclosed


@given(documents=DOCUMENTS)
def test_a_document_is_newly_made_in_one_year_only(documents: list[NormativeDocument]) -> None:
    made = [key for year in range(2017, 2027) for key in stock(documents, year).counted["newly_made"]]
    assert len(made) == len(set(made))


def test_a_signature_entered_after_the_publication_makes_no_second_document() -> None:
    late = with_events(Published(date(2020, 12, 30), date(2020, 12, 30), None), Signed(date(2021, 1, 5)))
    assert [stock([late], year).newly_made for year in (2020, 2021)] == [1, 0]


@given(documents=DOCUMENTS, year=st.integers(2018, 2025))
def test_counted_strictly_the_lapsed_ones_are_what_is_missing(documents: list[NormativeDocument], year: int) -> None:
    before, now = (stock(documents, each, lapsed_counts_as_repealed=False) for each in (year - 1, year))
    assert now.in_force == before.in_force + now.issued - now.repealed - now.lapsed


@given(documents=DOCUMENTS, year=st.integers(2018, 2025))
def test_what_holds_on_new_year_s_eve_is_in_stock(documents: list[NormativeDocument], year: int) -> None:
    counted = set(stock(documents, year).counted["in_force"])
    assert {each.key for each in documents if is_in_force(each, date(year, 12, 31))} <= counted


@pytest.mark.parametrize("edition", EDITIONS)
def test_the_row_has_the_columns_of_the_form(edition: str) -> None:
    table = next(table for table in form(edition).tables if table.key == "art20_1")
    assert list(stock([DOCUMENT], 2021).row(edition)) == [column.key for column in table.columns]


def test_a_document_is_counted_when_it_is_published_and_leaves_when_it_lapses() -> None:
    rows = {year: stock([DOCUMENT], year).row("2021") for year in (2020, 2021, 2025, 2026, 2027)}
    assert rows[2020] == {"issued": 0, "repealed": 0, "in_force": 0}
    assert rows[2021] == {"issued": 1, "repealed": 0, "in_force": 1}
    assert rows[2025] == {"issued": 0, "repealed": 0, "in_force": 1}
    assert rows[2026] == {"issued": 0, "repealed": 1, "in_force": 0}
    assert rows[2027] == {"issued": 0, "repealed": 0, "in_force": 0}
    assert stock([DOCUMENT], 2026).row("2019") == {"newly_made": 0, "newly_disclosed": 0, "total_disclosed": 1}


def test_a_document_of_december_that_takes_effect_in_january_is_in_the_december_stock() -> None:
    published = Published(date(2021, 12, 20), effective_on=date(2022, 1, 1))
    assert stock([NormativeDocument("gf-2", "办法", (published,))], 2021).row("2021") == {
        "issued": 1,
        "repealed": 0,
        "in_force": 1,
    }


def test_a_document_that_is_published_again_is_counted_once() -> None:
    again = with_events(Published(date(2022, 6, 1), effective_on=date(2022, 6, 1), expires_on=date(2026, 2, 28)))
    assert [stock([again], year).issued for year in (2021, 2022)] == [1, 0]


def test_every_number_names_the_documents_behind_it() -> None:
    repealed = with_events(Repealed(date(2023, 5, 1), date(2023, 5, 1) + timedelta(days=1), "青政〔2023〕9号"))
    assert stock([repealed], 2023).counted["repealed"] == ("gf-1",)
