"""The information-processing fee: notified by the approver, paid in full, or the case ends by law."""

from __future__ import annotations

from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions import notify_fee, pass_day, record_payment
from gongkai.office.casework.models import Application
from gongkai.office.casework.queries import tally
from tests.office.casework.cases import Officers, at, received
from tests.office.cast import Cast

NOTIFIED, ARRIVED = date(2021, 6, 10), date(2021, 6, 11)


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    return received(cast, desk.case, on=date(2021, 6, 1))


def ask(application: Application, desk: Officers, *, method: str = "per_page", count: int = 120) -> None:
    notify_fee(
        application, method=method, count=count, on=NOTIFIED, received_on=ARRIVED, at=at(ARRIVED), by=desk.approver
    )
    application.refresh_from_db()


def test_a_fee_by_the_page_is_computed_bracket_by_bracket(application: Application, desk: Officers) -> None:
    ask(application, desk)
    detail = application.events.get(kind="fee_notified").detail
    assert (detail["yuan"], detail["lines"]) == (1100, [[1, 30, 0], [31, 100, 700], [101, 120, 400]])
    assert (application.state, application.due_on, application.waiting_until) == (
        "fee_noticed",
        None,
        date(2021, 7, 12),
    )


def test_payment_begins_the_period_anew(application: Application, desk: Officers) -> None:
    ask(application, desk)
    paid = date(2021, 6, 21)
    record_payment(application, yuan=1100, on=paid, at=at(paid), by=desk.case)
    application.refresh_from_db()
    assert application.due_on == date(2021, 7, 19)


def test_what_was_paid_is_counted_in_the_year_of_payment_with_its_case(
    application: Application, desk: Officers
) -> None:
    ask(application, desk)
    record_payment(application, yuan=1100, on=date(2021, 6, 21), at=at(date(2021, 6, 21)), by=desk.case)
    keys = ("processing_fees", "charged_applications")
    for year, amounts, cases in ((2021, [1100, 1], (application.pk,)), (2022, [0, 0], ())):
        found = tally([application.organ_id], date(year, 1, 1), date(year, 12, 31), "2021")
        fees = {each.measure.key: each for each in found}
        assert [fees[key].value for key in keys] == amounts
        assert [fees[key].ids for key in keys] == [cases, cases]


def test_a_payment_in_part_is_none(application: Application, desk: Officers) -> None:
    ask(application, desk)
    with pytest.raises(Refused, match="1100元"):
        record_payment(application, yuan=1000, on=ARRIVED, at=at(ARRIVED), by=desk.case)


def test_unpaid_it_ends_on_its_row(application: Application, desk: Officers) -> None:
    ask(application, desk)
    pass_day(today=date(2021, 7, 13), at=at(date(2021, 7, 13)))
    application.refresh_from_db()
    assert (application.state, application.counted_outcome, application.counted_on) == (
        "closed_fee_unpaid",
        "fee_unpaid",
        date(2021, 7, 13),
    )


def test_by_the_item_the_month_is_counted(cast: Cast, desk: Officers) -> None:
    many = [received(cast, desk.case, on=date(2021, 6, 1)) for _ in range(11)]
    with pytest.raises(Refused, match="不需要缴费"):
        ask(many[9], desk, method="per_item", count=1)
    ask(many[10], desk, method="per_item", count=1)
    assert many[10].events.get(kind="fee_notified").detail["yuan"] == 100


def test_no_fee_before_2021(cast: Cast, desk: Officers) -> None:
    application = received(cast, desk.case, on=date(2020, 12, 1))
    with pytest.raises(Refused, match="2021年1月1日"):
        notify_fee(
            application,
            method="per_page",
            count=500,
            on=date(2020, 12, 10),
            at=at(date(2020, 12, 10)),
            by=desk.approver,
        )
