"""Everybody says where reminders go by mail, and whether; and who holds a role is found from the agency's side."""

from __future__ import annotations

from datetime import date

from gongkai.office.accounts.models import Role, User
from gongkai.office.accounts.queries import holders, holds
from gongkai.office.audit.models import Entry
from tests.office.cast import TODAY, appoint
from tests.office.publishing.stage import delegated


def test_somebody_gives_an_address_and_turns_mail_off(cast, client):
    client.force_login(cast.editor, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/desk/account/", {"email": "zhang@example.gov.cn"}, follow=True)
    assert "提醒方式已保存" in answer.content.decode()
    found = User.objects.get(pk=cast.editor.pk)
    assert (found.email, found.mail_reminders) == ("zhang@example.gov.cn", False)
    entry = Entry.objects.get(act="accounts.set_reminders")
    assert entry.detail == {"fields": ["email", "mail_reminders"]}


def test_an_address_that_is_none_is_said(cast, client):
    client.force_login(cast.editor, backend="django.contrib.auth.backends.ModelBackend")
    answer = client.post("/desk/account/", {"email": "zhang", "wanted": "on"})
    assert "desk-error" in answer.content.decode()
    assert User.objects.get(pk=cast.editor.pk).email == ""


def test_holders_is_holds_the_other_way_round(cast):
    appoint(cast.secrecy, Role.CASE_OFFICER, cast.county)
    appoint(cast.second, Role.FIRST_REVIEWER, cast.county, with_subordinates=True)
    delegated(cast.first, cast.final, Role.FIRST_REVIEWER)
    closed = cast.editor
    appoint(closed, Role.FIRST_REVIEWER, cast.education)
    closed.is_active = False
    closed.save()
    for organ in (cast.county, cast.education, cast.water):
        for roles in ([Role.FIRST_REVIEWER], [Role.CASE_OFFICER], list(Role)):
            for on in (TODAY, date(2023, 1, 1)):
                expected = [each for each in User.objects.order_by("staff_number") if holds(each, roles, organ, on=on)]
                assert holders(roles, organ, on=on) == expected
