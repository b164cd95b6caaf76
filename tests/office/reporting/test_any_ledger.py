"""Whatever the ledger holds: what is compiled from it breaks no arithmetic rule, this year or across two."""

from __future__ import annotations

import random
from datetime import date, timedelta
from decimal import Decimal

import pytest

from gongkai.documents.readers import read_bytes
from gongkai.office.casework.actions import Deciding, decide, record_reply
from gongkai.office.casework.standing import refresh
from gongkai.office.reporting import actions
from gongkai.office.reporting.compiled import report_of
from gongkai.office.reporting.files import file_of
from gongkai.office.reporting.models import ReportYear
from gongkai.regulation.annual_report import check, read
from tests.office.casework.cases import FIRM, PERSON, Officers, at, officers, received
from tests.office.cast import Cast
from tests.office.normative import records
from tests.office.reporting.ledger import JANUARY, asked, published

OUTCOMES = ("disclose", "petition", "deny_process", "not_government_information")


@pytest.fixture
def desk(cast: Cast) -> Officers:
    return officers(cast)


@pytest.mark.parametrize("seed", range(3))
def test_what_is_compiled_from_any_ledger_is_sound(cast: Cast, desk: Officers, seed: int) -> None:
    chance = random.Random(seed)
    fill(cast, desk, chance)
    reports = {}
    for year in (2022, 2023):
        actions.open_year(cast.county, year, by=cast.officer, at=JANUARY)
        county = ReportYear.objects.get(organ=cast.county, year=year)
        for key, each in asked(cast, year=year).items():
            amount = Decimal(chance.randint(0, 9_000)) / (100 if key.endswith("_wan") else 1)
            value = amount if key.endswith("_wan") else Decimal(int(amount))
            actions.answer(each, value, evidence="业务台账", by=cast.editor, at=JANUARY)
        actions.collect(county, by=cast.officer, at=JANUARY)
        reports[year] = report_of(county)
    for year, previous in ((2022, None), (2023, reports[2022])):
        report = reports[year]
        found = check(report, previous=previous)
        assert [f.code for f in found if f.code.startswith(("APP-", "REM-", "ITEM-", "DOC-", "X-", "CELL"))] == []
        again = read(read_bytes(file_of(report, (), "html"), "report.html"))
        assert again.cells == report.cells
    assert reports[2022].value("applications.carried_forward.total") == reports[2023].value(
        "applications.carried_over.total"
    )


def fill(cast: Cast, desk: Officers, chance: random.Random) -> None:
    """Two years of anything: items, documents that begin and end, cases that are answered or left open."""
    for year in (2022, 2023):
        published(cast, chance.randint(0, 6), year=year, first=year * 10)
    for _ in range(chance.randint(1, 8)):
        day = date(2020, 1, 1) + timedelta(days=chance.randint(0, 1400))
        end = day + timedelta(days=chance.randint(30, 1200)) if chance.random() < 0.6 else None
        records.document(
            cast, day, written_date=day - timedelta(days=chance.randint(0, 40)), effective_date=day, expiry_date=end
        )
    for number in range(chance.randint(4, 14)):
        came = date(2022, 1, 4) + timedelta(days=chance.randint(0, 700))
        application = received(cast, desk.case, on=came, who=chance.choice((PERSON, FIRM)))
        if chance.random() < 0.8:
            outcome = OUTCOMES[number % len(OUTCOMES)]
            on = came + timedelta(days=chance.randint(1, 20))
            decide(
                application,
                Deciding(outcome, reasons="理由", law="法律", balancing="权衡", facts="渠道"),
                by=desk.case,
                at=at(on),
            )
            record_reply(application, outcome, on=on, at=at(on), by=desk.case)
        else:
            refresh(application, on=date(2024, 4, 12))
