"""Whoever answers for an agency hears of the days left to answer in a remedy, until the answer is on record."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from gongkai.office.casework.models import Application
from gongkai.office.notices.models import Outgoing
from gongkai.office.remedies.actions import appeal, record_event, remind
from gongkai.office.remedies.queries import answer_days, answers
from tests.office.casework.cases import Officers, at
from tests.office.cast import Cast
from tests.office.remedies.remedies import RECEIVED, decided, registered

DUE = date(2024, 6, 18)
"""Ten working days after Monday, 3 June 2024, with the Dragon Boat Festival between."""


@pytest.fixture
def staff(cast: Cast, desk: Officers, settings) -> Officers:
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    people = {"case": desk.case, "colleague": desk.colleague, "approver": desk.approver, "outsider": desk.outsider}
    for part, person in {**people, "officer": cast.officer}.items():
        person.email = f"{part}@example.gov.cn"
        person.save()
    return desk


def said(moment: datetime) -> dict[str, str]:
    before = set(Outgoing.objects.values_list("pk", flat=True))
    remind(moment)
    return {each.to.partition("@")[0]: each.body for each in Outgoing.objects.exclude(pk__in=before)}


def heard(first: date, last: date) -> dict[date, dict[str, str]]:
    days = [first + timedelta(days=count) for count in range((last - first).days + 1)]
    return {day: told for day in days if (told := said(at(day)))}


def test_reconsideration_at_ten_five_two_and_no_days_and_every_working_day_after(cast: Cast, staff: Officers):
    case = registered(cast, staff)
    assert case.answer_due_on == DUE
    told = heard(RECEIVED, date(2024, 6, 20))
    assert sorted(told) == [RECEIVED, date(2024, 6, 11), date(2024, 6, 14), DUE, date(2024, 6, 19), date(2024, 6, 20)]
    assert "青政复〔2024〕1号：还有 5 个工作日（6月18日到期）" in told[date(2024, 6, 11)]["officer"]
    assert "今天是行政复议答复期限的最后一日" in told[DUE]["approver"]
    assert "已超过行政复议答复期限 2 个工作日" in told[date(2024, 6, 20)]["case"]
    assert set(told[DUE]) == {"case", "colleague", "approver", "officer"}


def test_a_lawsuit_has_its_own_period(cast: Cast, staff: Officers):
    case = registered(cast, staff, route="litigation_direct", body="青溪县人民法院", reference="（2024）青行初1号")
    assert case.answer_due_on == date(2024, 6, 18)
    case = registered(
        cast, staff, route="litigation_direct", body="青溪县人民法院", reference="（2024）青行初2号",
        received_on=date(2024, 6, 5),
    )  # fmt: skip
    assert case.answer_due_on == date(2024, 6, 20)
    assert "（2024）青行初2号：今天是行政诉讼答辩期限的最后一日" in said(at(date(2024, 6, 20)))["case"]


def test_the_answer_on_record_ends_it_and_so_does_the_end_of_the_case(cast: Cast, staff: Officers):
    case, other = registered(cast, staff), registered(cast, staff, reference="青政复〔2024〕2号")
    record_event(case, "answered", on=date(2024, 6, 12), by=staff.case, at=at(date(2024, 6, 12)))
    assert "1号" not in said(at(DUE))["case"]
    decided(other, "ended", staff, on=DUE)
    assert said(at(DUE + timedelta(days=1))) == {}
    assert answers(staff.case, on=DUE, shown=8) == ([], 0)


def test_the_answer_to_an_appeal_is_reminded_of_again(cast: Cast, staff: Officers):
    suit = registered(cast, staff, route="litigation_direct", body="青溪县人民法院", reference="（2024）青行初1号")
    record_event(suit, "answered", on=date(2024, 6, 12), by=staff.case, at=at(date(2024, 6, 12)))
    suit = decided(suit, "claim_rejected", staff, on=date(2024, 9, 2))
    day = date(2024, 9, 18)
    appeal(suit, "appeal_by_claimant", on=day, by=staff.case, at=at(day))
    told = heard(day, date(2024, 10, 9))
    assert "（2024）青行初1号：今天是行政诉讼二审答辩期限的最后一日" in told[date(2024, 10, 8)]["case"]
    assert "已超过行政诉讼二审答辩期限 1 个工作日" in told[date(2024, 10, 9)]["officer"]
    assert answer_days(staff.case, first=date(2024, 10, 1), last=date(2024, 10, 31), on=day) == {
        date(2024, 10, 8): [suit]
    }


def test_the_officer_of_the_application_is_reminded_and_not_the_colleagues(
    cast: Cast, staff: Officers, application: Application
):
    Application.objects.filter(pk=application.pk).update(officer=staff.case)
    registered(cast, staff, application=application)
    assert set(said(at(DUE))) == {"case", "approver", "officer"}


def test_nothing_of_who_went_to_law_goes_by_mail(cast: Cast, staff: Officers):
    registered(cast, staff)
    assert all("孙申请" not in body for body in said(at(DUE)).values())


def test_the_desk_says_how_long_there_is_to_those_who_see_the_agency_s_cases(cast: Cast, staff: Officers):
    registered(cast, staff)

    def words(on: date) -> tuple[str, str]:
        [line], _ = answers(staff.case, on=on, shown=8)
        return line.words, line.colour

    assert words(RECEIVED) == ("还有10个工作日", "open")
    assert words(date(2024, 6, 14)) == ("还有2个工作日", "warn")
    assert words(DUE) == ("今天到期", "bad")
    assert words(date(2024, 6, 20)) == ("逾期2个工作日", "bad")
    assert answers(staff.outsider, on=DUE, shown=8) == ([], 0)
