"""Reviewers are reminded by mail: those who may pass, from the day before the last, once a day, without a title."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest

from gongkai.office.accounts.models import Role
from gongkai.office.notices.models import Outgoing
from gongkai.office.publishing import actions
from gongkai.office.publishing.models import Draft
from tests.office.cast import NOW
from tests.office.publishing.stage import delegated, passed, submitted


def said(at: datetime) -> dict[str, str]:
    """Who got which reminder on a round."""
    before = set(Outgoing.objects.values_list("pk", flat=True))
    actions.remind(at)
    return {each.to: each.body for each in Outgoing.objects.exclude(pk__in=before)}


@pytest.fixture
def staff(cast, settings):
    """Everybody has an address; mail is on."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for part in ("editor", "first", "second", "final", "secrecy", "officer", "outsider"):
        person = getattr(cast, part)
        person.email = f"{part}@example.gov.cn"
        person.save()
    return cast


def due_on(item, day: date) -> None:
    Draft.objects.filter(item=item).update(due_on=day)


def morning(day: date) -> datetime:
    return NOW.replace(year=day.year, month=day.month, day=day.day)


FRIDAY, SATURDAY, SUNDAY, MONDAY = (date(2024, 4, day) for day in (19, 20, 21, 22))


def test_whoever_may_pass_hears_the_working_day_before_on_the_day_and_after(staff):
    item = passed(staff, 1)
    due_on(item, MONDAY)
    assert said(morning(date(2024, 4, 18))) == {}
    friday = said(morning(FRIDAY))
    assert set(friday) == {"second@example.gov.cn"}
    assert "复审：1 件还有 1 个工作日到期" in friday["second@example.gov.cn"]
    assert said(morning(SUNDAY)) == {}
    assert "复审：1 件今天到期" in said(morning(MONDAY))["second@example.gov.cn"]
    late = said(morning(date(2024, 4, 24)))
    assert set(late) == {"second@example.gov.cn", "officer@example.gov.cn"}
    assert "复审：1 件已超过期限 2 个工作日" in late["second@example.gov.cn"]
    assert "审核超期：1 件" in late["officer@example.gov.cn"]


def test_a_day_has_one_reminder_and_it_comes_when_work_begins(staff):
    due_on(passed(staff, 1), MONDAY)
    # 23:00 UTC is seven in the morning in Beijing.
    assert said(morning(SUNDAY).replace(hour=23)) == {}
    assert len(said(morning(MONDAY).replace(hour=0))) == 1
    assert said(morning(MONDAY)) == {}


def test_the_first_review_and_the_open_secrecy_review_are_both_waited_for(staff):
    due_on(submitted(staff), MONDAY)
    told = said(morning(MONDAY))
    assert "初审：1 件今天到期" in told["first@example.gov.cn"]
    assert "保密审查：1 件今天到期" in told["secrecy@example.gov.cn"]


def test_who_wrote_it_is_not_asked_to_pass_it_and_who_stands_in_is(staff):
    item = submitted(staff)
    due_on(item, MONDAY)
    from tests.office.cast import appoint

    appoint(staff.editor, Role.FIRST_REVIEWER, staff.education)
    delegated(staff.first, staff.final, Role.FIRST_REVIEWER, to_date=MONDAY + timedelta(days=9))
    told = said(morning(MONDAY))
    assert "editor@example.gov.cn" not in told
    assert "初审" in told["final@example.gov.cn"]


def test_a_title_never_goes_by_mail(staff):
    due_on(submitted(staff, title="关于某某秘密工程的通知"), MONDAY)
    assert not any("秘密工程" in body for body in said(morning(MONDAY)).values())
    assert not Outgoing.objects.filter(subject__contains="工程").exists()


def test_no_address_no_wish_or_no_server_is_no_mail(staff, settings):
    due_on(passed(staff, 1), MONDAY)
    staff.second.mail_reminders = False
    staff.second.save()
    assert said(morning(FRIDAY)) == {}
    settings.EMAIL_BACKEND = "gongkai.office.notices.channels.mail.connection.Backend"
    settings.EMAIL_HOST = ""
    staff.second.mail_reminders = True
    staff.second.save()
    assert said(morning(MONDAY)) == {}


def test_what_could_not_be_sent_today_is_not_sent_tomorrow_and_alarms_nobody(staff):
    due_on(passed(staff, 1), MONDAY)
    said(morning(MONDAY))
    reminder = Outgoing.objects.get()
    assert reminder.until == datetime(2024, 4, 22, 16, tzinfo=NOW.tzinfo)
    assert not reminder.matters
