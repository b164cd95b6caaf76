"""Officer, head and disclosure office are reminded at 10, 5, 2 and 0 working days, daily when late, and of what nobody confirmed."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from gongkai.office.casework import actions
from gongkai.office.casework.models import Application
from gongkai.office.notices.actions import reminding
from gongkai.office.notices.models import Outgoing
from gongkai.regulation.workdays import workdays
from tests.office.casework.cases import at, received

SENT = date(2024, 4, 12)
"""A Friday; the reply is due on 2024-05-13."""
DUE = date(2024, 5, 13)


@pytest.fixture
def staff(cast, desk, settings):
    """Everybody has an address; mail is on."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    people = {"case": desk.case, "colleague": desk.colleague, "approver": desk.approver, "outsider": desk.outsider}
    for part, person in {**people, "officer": cast.officer}.items():
        person.email = f"{part}@example.gov.cn"
        person.save()
    return desk


def said(moment: datetime) -> dict[str, str]:
    """Who got which reminder on a round."""
    before = set(Outgoing.objects.values_list("pk", flat=True))
    actions.remind(moment)
    return {each.to.partition("@")[0]: each.body for each in Outgoing.objects.exclude(pk__in=before)}


def working_days_before(due: date, count: int) -> date:
    day, calendar = due, workdays()
    while calendar.count(day, due) != count or not calendar.is_working_day(day):
        day -= timedelta(days=1)
    return day


def test_at_ten_five_two_and_no_days_and_every_day_after_and_on_no_other(cast, staff):
    case = received(cast, staff.case)
    assert case.due_on == DUE
    heard = {}
    day = SENT + timedelta(days=1)
    while day < DUE + timedelta(days=5):
        if told := said(at(day)):
            heard[day] = told
        day += timedelta(days=1)
    expected = [working_days_before(DUE, left) for left in (10, 5, 2, 0)]
    late = [DUE + timedelta(days=days) for days in (1, 2, 3, 4)]
    assert sorted(heard) == [*expected, *late]
    assert f"{case.number}：还有 10 个工作日（5月13日到期）" in heard[expected[0]]["officer"]
    assert "今天是答复期限的最后一日" in heard[DUE]["approver"]
    assert "已超过答复期限 1 个工作日" in heard[late[0]]["case"]


def test_an_assigned_case_reminds_its_officer_and_not_the_colleagues(cast, staff):
    case = received(cast, staff.case)
    assert set(said(at(DUE))) == {"case", "colleague", "approver", "officer"}
    Application.objects.filter(pk=case.pk).update(officer=staff.case)
    assert set(said(at(DUE + timedelta(days=1)))) == {"case", "approver", "officer"}


def test_what_came_online_and_nobody_confirmed_is_said_from_the_last_day_on(cast, staff):
    received(cast, staff.case, channel="online")
    assert said(at(SENT)) == {}
    # Monday is the first working day after.
    assert "今天应当确认" in said(at(date(2024, 4, 15)))["officer"]
    assert "还没有确认，已过 1 个工作日" in said(at(date(2024, 4, 16)))["case"]


def test_nothing_about_the_applicant_goes_by_mail(cast, staff):
    received(cast, staff.case)
    for body in said(at(DUE)).values():
        assert "孙申请" not in body
        assert "供水改造" not in body


def test_one_mail_a_day_names_the_most_urgent_first_and_counts_the_rest(cast, staff, monkeypatch):
    monkeypatch.setattr(reminding, "SHOWN", 2)
    late = received(cast, staff.case, on=date(2024, 4, 8))
    for _ in range(3):
        received(cast, staff.case)
    told = said(at(DUE))["officer"]
    lines = [line for line in told.splitlines() if line.startswith("·")]
    assert late.number in lines[0]
    assert lines[-1] == "· 另有 2 件，请到工作平台查看"
    assert len(lines) == 3


def test_the_days_are_a_setting(cast, staff, settings):
    settings.REMINDER_DAYS = frozenset({3})
    received(cast, staff.case)
    assert set(said(at(working_days_before(DUE, 3)))) == {"case", "colleague", "approver", "officer"}
    assert said(at(working_days_before(DUE, 2))) == {}
