"""The derived columns say on every day what the law core says, whatever happened and in whatever order it was entered."""

from collections.abc import Iterable
from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gongkai.office.normative import standing
from gongkai.office.normative.kinds import KINDS
from gongkai.office.normative.models import NormativeDocument, NormativeEvent
from gongkai.office.normative.queries import stock_row
from gongkai.office.normative.standing import derive, in_state, refresh
from gongkai.regulation.disclosure import normative as law
from tests.office.cast import NOW
from tests.office.normative.records import at_nine, item

FIRST = date(2019, 12, 1)
DAYS = st.integers(0, 900).map(lambda days: FIRST + timedelta(days=days))
TITLES = st.sampled_from(["管理办法", "管理办法（试行）"])
PUBLIC_STATES = ("published_not_effective", "in_force", "amended", "lapsed", "repealed")


def terms(on: date) -> st.SearchStrategy[date | None]:
    return st.none() | st.integers(0, 700).map(lambda days: on + timedelta(days=days))


@st.composite
def facts(draw) -> tuple[str, date, dict]:
    """An event as it is stored: kind, day, particulars; some of them senseless, as life has it."""
    on, other = draw(DAYS), draw(DAYS)
    kind = draw(
        st.sampled_from(
            ["signed", "numbered", "published", "amended", "extended", "lapsed", "repealed", "cleaned_up", "filed"]
        )
    )
    end = draw(terms(other))
    detail = {
        "signed": {},
        "numbered": {"document_number": "青政规〔2020〕1号"},
        "published": {"effective_on": other.isoformat(), "expires_on": end.isoformat() if end else ""},
        "amended": {"act": "一号", "effective_on": other.isoformat(), "expires_on": end.isoformat() if end else ""},
        "extended": {"act": "二号", "until": other.isoformat()},
        "lapsed": {"reason": "任务完成"},
        "repealed": {"act": "三号", "effective_on": other.isoformat()},
        "cleaned_up": {
            "act": "四号",
            "round": "2021年清理",
            "outcome": draw(st.sampled_from(["continued", "revised", "repealed", "lapsed"])),
        },
        "filed": {"to": "市人民政府"},
    }[kind]
    return kind, on, detail


HISTORIES = st.lists(facts(), max_size=8)


def in_law(title: str, events: Iterable[tuple[str, date, dict]]) -> law.NormativeDocument:
    made = [KINDS[kind].fact(on, detail) for kind, on, detail in events]
    return law.NormativeDocument("1", title, tuple(sorted(made, key=lambda event: event.on)))


def boundary_days(document: law.NormativeDocument) -> set[date]:
    derived = derive(document)
    days = {event.on for event in document.events}
    days |= {getattr(event, "effective_on", event.on) for event in document.events}
    days |= {
        day
        for day in (derived.valid_from, derived.amended_from, derived.expires_on, derived.ended_on)
        if day is not None
    }
    return {day + timedelta(days=shift) for day in days for shift in (-1, 0, 1)}


@settings(max_examples=400, deadline=None)
@given(TITLES, HISTORIES)
def test_the_state_derived_is_the_laws_on_every_boundary_day(title, history):
    document = in_law(title, history)
    derived = derive(document)
    for day in boundary_days(document):
        expected = law.validity(document, day).state
        assert derived.state_on(day) == (expected if expected in PUBLIC_STATES else None), day


@pytest.mark.django_db
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(TITLES, HISTORIES), min_size=1, max_size=6))
def test_lists_by_the_day_and_counts_of_the_year_are_the_laws(cast, histories):
    NormativeDocument.objects.all().update(item=None)
    stored = []
    for title, history in histories:
        document = NormativeDocument.objects.create(
            organ=cast.education, title=title, level="department", registered_at=NOW
        )
        NormativeEvent.objects.bulk_create(
            NormativeEvent(document=document, kind=kind, on=on, detail=detail, recorded_at=NOW)
            for kind, on, detail in sorted(history, key=lambda each: each[1])
        )
        stored.append((document.pk, in_law(title, history)))
    mine = NormativeDocument.objects.filter(pk__in=[key for key, _ in stored])
    refresh(mine, at=NOW)
    for day in {day for _, document in stored for day in boundary_days(document)}:
        for state in PUBLIC_STATES:
            found = set(mine.filter(in_state(state, day)).values_list("pk", flat=True))
            assert found == {key for key, each in stored if law.validity(each, day).state == state}, (day, state)
        holding = set(mine.filter(standing.holding(day)).values_list("pk", flat=True))
        assert holding == {key for key, each in stored if law.is_in_force(each, day)}, day
    NormativeDocument.objects.exclude(pk__in=[key for key, _ in stored]).update(
        disclosed_on=None, valid_from=None, signed_on=None, ended_on=None, ended_as=""
    )
    for year in range(2019, 2025):
        for strictly in (True, False):
            counted = law.stock([each for _, each in stored], year, lapsed_counts_as_repealed=not strictly)
            row = stock_row(year, lapsed_counts_as_repealed=not strictly)
            assert row == {**counted.row("2019"), **counted.row("2021"), "lapsed": counted.lapsed}, year


@pytest.mark.django_db
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(DAYS, st.none() | DAYS, st.none() | st.integers(0, 900)), max_size=5))
def test_what_the_public_item_says_is_a_fact_like_any_other(cast, published):
    kept = []
    for day, effective, length in published:
        begins = effective or day
        made = item(
            cast,
            day,
            written_date=day - timedelta(days=5),
            effective_date=effective,
            expiry_date=begins + timedelta(days=length) if length is not None else None,
        )
        document = NormativeDocument.objects.create(
            organ=cast.education, item=made, title=made.title, level="department", registered_at=at_nine(day)
        )
        refresh(NormativeDocument.objects.filter(pk=document.pk), at=NOW)
        document.refresh_from_db()
        kept.append((document, law.Published(day, begins, made.expiry_date)))
    for document, fact in kept:
        facts = law.NormativeDocument("1", document.title, (fact,))
        for day in boundary_days(facts):
            matching = NormativeDocument.objects.filter(standing.holding(day), pk=document.pk).exists()
            assert matching == law.is_in_force(facts, day)


@pytest.mark.django_db
def test_the_stock_of_a_year_ties_in_with_the_next(cast):
    for number in range(6):
        made = item(
            cast,
            date(2018 + number, 6, 1),
            effective_date=date(2018 + number, 6, 1),
            expiry_date=date(2018 + number + (number % 3), 12, 31),
        )
        NormativeDocument.objects.create(
            organ=cast.education, item=made, title=made.title, level="department", registered_at=NOW
        )
    refresh(NormativeDocument.objects.all(), at=NOW)
    rows = [stock_row(year) for year in range(2017, 2028)]
    for before, row in pairwise(rows):
        assert row["in_force"] == before["in_force"] + row["issued"] - row["repealed"]
        assert row["total_disclosed"] == before["total_disclosed"] + row["newly_disclosed"]
