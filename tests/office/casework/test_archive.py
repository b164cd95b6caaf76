"""Putting a case away: at its end, with every letter delivered, under a number that tells of nobody."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework import actions, ledger
from gongkai.office.casework.actions import Deciding, archive, decide, record_reply, reopen, void
from gongkai.office.casework.actions.writing import draft_letter, void_letter
from gongkai.office.casework.models import Application
from gongkai.office.casework.queries import listed
from tests.office.casework.cases import Officers, at, received
from tests.office.casework.letters import set_up
from tests.office.cast import Cast

REPLIED, LATER = date(2024, 4, 19), date(2024, 5, 20)


@pytest.fixture
def answered(cast: Cast, desk: Officers) -> Application:
    made = received(cast, desk.case)
    decide(made, Deciding("disclose"), by=desk.case, at=at(REPLIED))
    record_reply(made, "disclose", on=REPLIED, at=at(REPLIED), by=desk.case)
    made.refresh_from_db()
    return made


def put_away(application: Application, desk: Officers, number: str = "2024-依申-012") -> Application:
    archive(application, file_number=number, by=desk.case, at=at(LATER))
    application.refresh_from_db()
    return application


def test_a_case_at_its_end_is_put_away_and_leaves_the_list(answered: Application, desk: Officers) -> None:
    assert list(listed(desk.case, "to_archive", on=LATER)) == [answered]
    assert put_away(answered, desk).archived_on == LATER
    assert list(listed(desk.case, "to_archive", on=LATER)) == []
    with pytest.raises(Refused, match="已于2024-05-20归档"):
        put_away(answered, desk)


def test_an_open_case_and_a_void_entry_are_not(cast: Cast, desk: Officers) -> None:
    with pytest.raises(Refused, match="还没有办结"):
        put_away(received(cast, desk.case), desk)
    twice = received(cast, desk.case)
    void(twice, reason="登记了两次", by=desk.approver, at=at(REPLIED))
    with pytest.raises(Refused, match="已经作废"):
        put_away(twice, desk)
    assert list(listed(desk.case, "to_archive", on=LATER)) == []


def test_a_letter_that_is_not_delivered_holds_it_up(cast: Cast, answered: Application, desk: Officers) -> None:
    set_up(cast.education)
    letter = draft_letter(answered, "registration_receipt", by=desk.case, at=at(REPLIED))
    with pytest.raises(Refused, match="还有1份文书没有送达"):
        put_away(answered, desk)
    void_letter(letter, reason="不再需要", by=desk.case, at=at(REPLIED))
    assert put_away(answered, desk).archived_on


@pytest.mark.parametrize(("number", "told"), [(" ", "请填写案卷号"), ("11010519491231002X", "个人信息")])
def test_the_file_has_a_number_that_tells_of_nobody(
    answered: Application, desk: Officers, number: str, told: str
) -> None:
    with pytest.raises(Refused, match=told):
        put_away(answered, desk, number)


def test_a_decision_that_sets_the_reply_aside_takes_it_out_again(answered: Application, desk: Officers) -> None:
    put_away(answered, desk)
    day = date(2024, 6, 3)
    reopen(answered, reference="青政复〔2024〕3号", on=day, at=at(day), by=desk.case)
    answered.refresh_from_db()
    assert (answered.closed_on, answered.archived_on) == (None, None)


def test_an_entry_taken_back_takes_it_out_again(answered: Application, desk: Officers) -> None:
    put_away(answered, desk)
    actions.strike(answered.events.get(kind="archived"), reason="缺一份送达回证", by=desk.approver, at=at(LATER))
    answered.refresh_from_db()
    assert answered.archived_on is None


def test_the_outsider_puts_nothing_away(answered: Application, desk: Officers) -> None:
    with pytest.raises(Refused, match="权限"):
        archive(answered, file_number="1", by=desk.outsider, at=at(LATER))


def test_the_desk_offers_it_and_the_ledger_tells_the_day(cast: Cast, answered: Application, desk: Officers) -> None:
    client = Client()
    client.force_login(desk.case, backend="django.contrib.auth.backends.ModelBackend")
    assert answered.number in client.get(reverse("casework_cases"), {"list": "to_archive"}).content.decode()
    client.post(
        reverse("casework_act", args=[answered.pk, "archive"]),
        {"file_number": "2024-依申-012", "seen": answered.events.latest("id").pk},
    )
    answered.refresh_from_db()
    page = client.get(reverse("casework_case", args=[answered.pk])).content.decode()
    assert "2024-依申-012" in page
    rows = [
        [cell.value for cell in row] for row in load_workbook(BytesIO(ledger.spreadsheet(cast.education, 2024))).active
    ]
    assert rows[0][-1] == "归档日期"
    assert rows[1][-1].date() == answered.archived_on
