"""The applications table counts itself: each case once as received, once as handled, on one row of each edition."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions import (
    Deciding,
    decide,
    notify_fee,
    pass_day,
    receive,
    receive_correction,
    record_reply,
    reopen,
    request_correction,
    void,
    withdraw,
)
from gongkai.office.casework.models import Application
from gongkai.office.casework.queries import counted, tally, yearly
from gongkai.office.casework.standing import refresh
from gongkai.regulation.annual_report.compiling import compile_report
from tests.office.casework.cases import FIRM, PERSON, Officers, at, received
from tests.office.cast import Cast


def table(cast: Cast, year: int, edition: str = "2021") -> dict[str, int]:
    """The cells of a year that are not zero, without the name of the table."""
    found = tally([cast.education.pk], date(year, 1, 1), date(year, 12, 31), edition)
    prefix = "applications."
    return {e.measure.key.removeprefix(prefix): int(e.value) for e in found if e.measure.key.startswith(prefix)}


def answer(application: Application, desk: Officers, on: date, outcome: str = "disclose") -> None:
    given = Deciding(outcome, reasons="理由", law="法律", balancing="权衡", facts="渠道")
    decide(application, given, by=desk.case, at=at(on))
    record_reply(application, outcome, on=on, at=at(on), by=desk.case)


def test_a_case_across_the_turn_of_the_year_is_carried_forward_and_over(cast: Cast, desk: Officers) -> None:
    application = received(cast, desk.case, on=date(2022, 12, 30))
    answer(application, desk, date(2023, 1, 16))
    assert table(cast, 2022) == {"new_received.natural_person": 1, "carried_forward.natural_person": 1}
    assert table(cast, 2023) == {"carried_over.natural_person": 1, "granted.natural_person": 1}
    assert table(cast, 2024) == {}


def test_an_open_case_is_carried_forward_every_year(cast: Cast, desk: Officers) -> None:
    application = received(cast, desk.case, on=date(2022, 12, 30))
    refresh(application, on=date(2024, 4, 12))
    assert table(cast, 2023) == {"carried_over.natural_person": 1, "carried_forward.natural_person": 1}


def test_the_same_result_stands_on_the_row_of_each_edition(cast: Cast, desk: Officers) -> None:
    answer(
        received(cast, desk.case, on=date(2024, 4, 1), who=FIRM), desk, date(2024, 4, 8), "not_government_information"
    )
    row = {"new_received.commercial_enterprise": 1}
    assert table(cast, 2024, "2021") == {**row, "other_misc.commercial_enterprise": 1}
    assert table(cast, 2024, "2019") == {**row, "other_handling.commercial_enterprise": 1}


def test_a_voided_entry_is_counted_nowhere(cast: Cast, desk: Officers) -> None:
    void(received(cast, desk.case, on=date(2024, 4, 1)), reason="登记了两次", by=desk.approver, at=at(date(2024, 4, 2)))
    assert table(cast, 2024) == {}


def test_an_unconfirmed_application_is_not_received_yet_and_a_withdrawal_of_it_is_no_result(
    cast: Cast, desk: Officers
) -> None:
    online = receive(
        cast.education, PERSON, channel="online", submitted_on=date(2024, 4, 1), at=at(date(2024, 4, 1))
    ).application
    assert table(cast, 2024) == {}
    withdraw(online, words="", on=date(2024, 4, 2), at=at(date(2024, 4, 2)))
    assert table(cast, 2024) == {}


def test_a_reply_set_aside_in_the_same_year_counts_by_the_new_one(cast: Cast, desk: Officers) -> None:
    application = received(cast, desk.case, on=date(2024, 3, 1))
    answer(application, desk, date(2024, 3, 8), "deny_process")
    reopen(
        application,
        reference="青政复〔2024〕3号",
        working_days=15,
        on=date(2024, 6, 3),
        at=at(date(2024, 6, 3)),
        by=desk.case,
    )
    assert table(cast, 2024) == {"new_received.natural_person": 1, "carried_forward.natural_person": 1}
    answer(application, desk, date(2024, 6, 17))
    assert table(cast, 2024) == {"new_received.natural_person": 1, "granted.natural_person": 1}


def test_a_reply_set_aside_in_a_later_year_stays_as_it_was_reported(cast: Cast, desk: Officers) -> None:
    application = received(cast, desk.case, on=date(2023, 3, 1))
    answer(application, desk, date(2023, 3, 8), "deny_process")
    before = table(cast, 2023)
    reopen(application, reference="青政复〔2024〕3号", on=date(2024, 1, 8), at=at(date(2024, 1, 8)), by=desk.case)
    answer(application, desk, date(2024, 1, 17))
    application.refresh_from_db()
    assert (application.outcome, application.counted_outcome) == ("disclose", "deny_process")
    assert table(cast, 2023) == before
    assert table(cast, 2024) == {}


@pytest.mark.parametrize("ordered_on", [date(2023, 6, 5), date(2024, 1, 8)])
def test_a_case_that_was_answered_is_not_voided_when_it_is_handled_again(
    cast: Cast, desk: Officers, ordered_on: date
) -> None:
    application = received(cast, desk.case, on=date(2023, 3, 1))
    answer(application, desk, date(2023, 3, 8), "deny_process")
    reopen(application, reference="青政复〔2024〕3号", on=ordered_on, at=at(ordered_on), by=desk.case)
    before = table(cast, 2023)
    with pytest.raises(Refused, match="已经计入年度报告"):
        void(application, reason="登记了两次", by=desk.approver, at=at(date(2024, 1, 9)))
    assert table(cast, 2023) == before


def test_a_corrected_application_stays_one_case(cast: Cast, desk: Officers) -> None:
    application = received(cast, desk.case, on=date(2023, 12, 20))
    asked, came = date(2023, 12, 25), date(2024, 1, 4)
    request_correction(application, points="名称", working_days=10, on=asked, at=at(asked), by=desk.case)
    receive_correction(application, wanted="《规划》", on=came, at=at(came), by=desk.case)
    answer(application, desk, date(2024, 1, 10))
    assert table(cast, 2023) == {"new_received.natural_person": 1, "carried_forward.natural_person": 1}
    assert table(cast, 2024) == {"carried_over.natural_person": 1, "granted.natural_person": 1}


def test_an_unpaid_fee_is_counted_on_the_day_the_law_closed_the_case(cast: Cast, desk: Officers) -> None:
    application = received(cast, desk.case, on=date(2023, 11, 20))
    asked = date(2023, 12, 4)
    notify_fee(application, method="per_page", count=200, on=asked, at=at(asked), by=desk.approver)
    pass_day(today=date(2024, 2, 1), at=at(date(2024, 2, 1)))
    # Twenty working days end on 2 January; the case is closed on the next.
    assert table(cast, 2024) == {"carried_over.natural_person": 1, "other_fee_unpaid.natural_person": 1}


def test_each_number_opens_the_list_of_its_cases(cast: Cast, desk: Officers) -> None:
    application = received(cast, desk.case, on=date(2024, 4, 1))
    answer(application, desk, date(2024, 4, 8))
    (granted,) = [
        each
        for each in tally([cast.education.pk], date(2024, 1, 1), date(2024, 12, 31), "2021")
        if each.measure.key == "applications.granted.natural_person"
    ]
    (behind,) = counted(granted.measure.kind, granted.ids)
    assert (behind.id, behind.organ, behind.on) == (application.pk, "青溪县教育局", date(2024, 4, 8))
    assert PERSON.applicant_name not in behind.title
    with pytest.raises(KeyError):
        counted("publishing.item", [1])


def test_rows_add_up_in_every_year_and_column(cast: Cast, desk: Officers) -> None:
    for number in range(24):
        came = date(2022, 1 + number % 12, 3 + number % 20)
        who = replace(FIRM if number % 3 else PERSON, phone=f"1380000{number:04d}")
        application = received(cast, desk.case, on=came, who=who)
        if number % 4:
            answer(
                application, desk, date(2022 + number % 2, 12, 20), ("disclose", "petition", "deny_process")[number % 3]
            )
    for year in (2022, 2023, 2024):
        for edition in ("2019", "2021"):
            cells = {f"applications.{key}": value for key, value in table(cast, year, edition).items()}
            report = compile_report(cells, edition=edition, year=year, agency="青溪县教育局")
            flow = Counter(
                {row: report.value(f"applications.{row}.total") for row in ("new_received", "carried_over")}
            ).total()
            ended = report.value("applications.results_total.total") + report.value(
                "applications.carried_forward.total"
            )
            assert flow == ended


def test_a_period_other_than_a_year_counts_the_same_way(cast: Cast, desk: Officers) -> None:
    application = received(cast, desk.case, on=date(2024, 3, 20))
    answer(application, desk, date(2024, 4, 8))
    found = tally([cast.education.pk], date(2024, 1, 1), date(2024, 3, 31), "2021")
    keys = [each.measure.key.split(".")[1] for each in found if each.value]
    assert keys == ["carried_forward", "new_received"]


def test_other_agencies_are_not_counted(cast: Cast, desk: Officers) -> None:
    received(cast, desk.case, on=date(2024, 3, 20))
    assert [each for each in tally([cast.water.pk], date(2024, 1, 1), date(2024, 12, 31), "2021") if each.value] == []


def test_years_have_their_average_days_and_late_ones(cast: Cast, desk: Officers) -> None:
    answer(received(cast, desk.case, on=date(2024, 4, 1)), desk, date(2024, 4, 8))
    answer(received(cast, desk.case, on=date(2024, 4, 1), who=FIRM), desk, date(2024, 5, 6), "deny_process")
    (year,) = yearly([cast.education.pk], [2024])
    assert (year.received, year.handled, year.late) == (2, 2, 1)
    assert (year.by_group["granted"], year.by_group["denied"]) == (1, 1)
    assert year.average_days == pytest.approx((4 + 22) / 2)
