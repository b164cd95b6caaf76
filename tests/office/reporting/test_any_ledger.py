"""Whatever the ledger holds: what is compiled from it breaks no arithmetic rule, and every file of it reads back the same."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from gongkai.documents.readers import read_bytes
from gongkai.office.casework.actions import Deciding, decide, record_reply
from gongkai.office.casework.requirements import choices
from gongkai.office.casework.standing import refresh
from gongkai.office.publishing.models import Item
from gongkai.office.reporting import actions
from gongkai.office.reporting.compiled import report_of
from gongkai.office.reporting.files import FORMATS, file_of
from gongkai.office.reporting.models import ReportYear
from gongkai.regulation.annual_report import Report, check, claims, from_json, read
from gongkai.regulation.annual_report.compiling import input_cells
from tests.office.casework.cases import FIRM, PERSON, Officers, at, officers, received
from tests.office.cast import Cast
from tests.office.normative import records
from tests.office.remedies.remedies import registered
from tests.office.reporting.ledger import JANUARY, asked, published

YEARS = (2022, 2023)
ARITHMETIC = ("APP-", "REM-", "ITEM-", "DOC-", "X-", "CELL")
"""How the codes begin of everything that numbers alone can be wrong about."""
OUTCOMES = sorted(each.key for each in choices(on=date(2022, 1, 1)) if not each.requires and each.key != "partial")
"""Those that a case needs nothing on record for before, nor a copy with parts taken out."""
KINDS = sorted({key.rsplit(".", 1)[1] for key in input_cells("2021") if key.startswith("applications.")})
"""The columns of the table of applications, which are the kinds of applicants."""
AMOUNTS = st.decimals(0, 90, places=2, allow_nan=False, allow_infinity=False)


@dataclass(frozen=True)
class Case:
    """When it came (days after 4 January 2022), of what kind of applicant, and how it ended after how many days, if it did."""

    came: int
    kind: str
    outcome: str | None
    took: int


@dataclass(frozen=True)
class Document:
    """A normative document: made public so many days after New Year 2020, lapsing after so many more, if ever."""

    made: int
    lasts: int | None
    drafted: int


@dataclass(frozen=True)
class Ledger:
    """Two years of anything."""

    items: tuple[int, int]
    withdrawn: int
    documents: tuple[Document, ...]
    cases: tuple[Case, ...]
    reconsiderations: tuple[int, ...]
    answers: tuple[Decimal, ...]


DOCUMENTS = st.builds(
    Document, st.integers(0, 1400), st.none() | st.integers(30, 1200), st.integers(0, 40)
)  # fmt: skip
CASES = st.builds(
    Case, st.integers(0, 700), st.sampled_from(KINDS), st.none() | st.sampled_from(OUTCOMES), st.integers(1, 20)
)
LEDGERS = st.builds(
    Ledger,
    items=st.tuples(st.integers(0, 6), st.integers(0, 6)),
    withdrawn=st.integers(0, 3),
    documents=st.lists(DOCUMENTS, max_size=5).map(tuple),
    cases=st.lists(CASES, max_size=8).map(tuple),
    reconsiderations=st.lists(st.integers(0, 700), max_size=2).map(tuple),
    answers=st.lists(AMOUNTS, min_size=1, max_size=6).map(tuple),
)
OF_THE_OFFICE = settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
    # A ledger is small as it is: making it smaller when it fails would take minutes.
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


@pytest.fixture
def desk(cast: Cast) -> Officers:
    return officers(cast)


@given(LEDGERS)
@settings(OF_THE_OFFICE, max_examples=6)
def test_what_is_compiled_from_any_ledger_is_sound_and_reads_back_the_same(
    cast: Cast, desk: Officers, ledger: Ledger
) -> None:
    holds_for(cast, desk, ledger)


@pytest.mark.slow
@given(LEDGERS)
@settings(OF_THE_OFFICE, max_examples=60)
def test_many_more_ledgers(cast: Cast, desk: Officers, ledger: Ledger) -> None:
    holds_for(cast, desk, ledger)


def holds_for(cast: Cast, desk: Officers, ledger: Ledger) -> None:
    """The property, over what a ledger holds; the ledger is taken away again."""
    with transaction.atomic():
        fill(cast, desk, ledger)
        before, after = (compiled(cast, year, ledger.answers) for year in YEARS)
        transaction.set_rollback(True)
    for report, previous in ((before, None), (after, before)):
        assert [each.code for each in check(report, previous=previous) if each.code.startswith(ARITHMETIC)] == []
    for name in FORMATS:
        again = read_back(after, name)
        assert again.cells == after.cells, name
        assert claimed(again) == claimed(after), name


def compiled(cast: Cast, year: int, answers: tuple[Decimal, ...]) -> Report:
    """The county's report of a year, with the numbers of its bureau, counted and worded."""
    actions.open_year(cast.county, year, by=cast.officer, at=JANUARY)
    county = ReportYear.objects.get(organ=cast.county, year=year)
    for number, (key, each) in enumerate(asked(cast, year=year).items()):
        value = answers[number % len(answers)]
        exact = value if key.endswith("_wan") else Decimal(int(value))
        actions.answer(each, exact, evidence="业务台账", by=cast.editor, at=JANUARY)
    actions.collect(county, by=cast.officer, at=JANUARY)
    actions.draft(county, by=cast.officer, at=JANUARY)
    return report_of(county)


def read_back(report: Report, name: str) -> Report:
    """The report after it was written to a file and read from it."""
    content = file_of(report, (), name)
    if name == "json":
        return from_json(json.loads(content))
    found = read(read_bytes(content, f"report.{name}"))
    assert isinstance(found, Report), (name, found)
    return found


def claimed(report: Report) -> dict[str, Any]:
    """What the words of a report say of its figures."""
    return {each.figure: each.value for each in claims(report)}


def fill(cast: Cast, desk: Officers, ledger: Ledger) -> None:
    """Put it into the rooms: items and their withdrawal, documents that begin and end, cases answered or left open."""
    for year, count in zip(YEARS, ledger.items, strict=True):
        items = published(cast, count, year=year, first=year * 10)
        gone = [each.pk for each in items[: ledger.withdrawn]]
        Item.objects.filter(pk__in=gone).update(
            withdrawn_at=datetime(year, 12, 30, tzinfo=UTC), withdrawn_reason="内容有误"
        )
    for each in ledger.documents:
        day = date(2020, 1, 1) + timedelta(days=each.made)
        end = None if each.lasts is None else day + timedelta(days=each.lasts)
        written = day - timedelta(days=each.drafted)
        records.document(cast, day, written_date=written, effective_date=day, expiry_date=end)
    for each in ledger.cases:
        handle(cast, desk, each)
    for number, days in enumerate(ledger.reconsiderations):
        day = date(2022, 1, 4) + timedelta(days=days)
        registered(cast, desk, reference=f"青政复〔2022〕{number + 1}号", received_on=day)


def handle(cast: Cast, desk: Officers, case: Case) -> None:
    came = date(2022, 1, 4) + timedelta(days=case.came)
    who = PERSON if case.kind == "natural_person" else replace(FIRM, applicant_kind=case.kind)
    application = received(cast, desk.case, on=came, who=who)
    if case.outcome is None:
        refresh(application, on=date(2024, 4, 12))
        return
    on = came + timedelta(days=case.took)
    grounds = Deciding(case.outcome, reasons="理由", law="法律", balancing="权衡", facts="渠道")
    decide(application, grounds, by=desk.case, at=at(on))
    record_reply(application, case.outcome, on=on, at=at(on), by=desk.case)
