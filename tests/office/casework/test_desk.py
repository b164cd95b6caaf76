"""The officers' screens: what they show, what they hide, what they do and whom they turn away."""

from __future__ import annotations

from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate
from openpyxl import load_workbook

from gongkai.office.audit.models import Entry
from gongkai.office.casework.models import Application
from gongkai.office.casework.queries import boards
from tests.office.casework.cases import PERSON, Officers, received
from tests.office.cast import Cast


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    return received(cast, desk.case, on=localdate())


def signed_in(user: object) -> Client:
    client = Client()
    client.force_login(user)
    return client


def test_a_case_shows_its_days_its_buttons_and_why_the_others_are_grey(
    application: Application, desk: Officers
) -> None:
    page = signed_in(desk.case).get(reverse("casework_case", args=[application.pk])).content.decode()
    assert application.due_on.isoformat() in page
    assert "逐日推算" in page
    assert reverse("casework_act", args=[application.pk, "request_correction"]) in page
    assert reverse("casework_act", args=[application.pk, "extend"]) not in page
    assert "延长答复期限</strong>：" in page
    for secret in (PERSON.applicant_name, PERSON.identity_number, PERSON.phone, PERSON.email):
        assert secret not in page


def test_a_look_at_what_is_masked_needs_a_purpose_and_is_on_record(application: Application, desk: Officers) -> None:
    client, address = signed_in(desk.case), reverse("casework_reveal", args=[application.pk, "phone"])
    assert PERSON.phone not in client.post(address, {"field": "phone", "purpose": " "}).content.decode()
    answer = client.post(address, {"field": "phone", "purpose": "电话联系申请人"})
    assert PERSON.phone in answer.content.decode()
    assert "no-store" in answer["Cache-Control"]
    look = Entry.objects.get(act="personal.reveal")
    assert (look.actor, look.detail) == ("C001", {"field": "phone", "purpose": "电话联系申请人"})


def test_a_form_does_what_it_says_and_a_refusal_is_shown(application: Application, desk: Officers) -> None:
    client, address = signed_in(desk.case), reverse("casework_act", args=[application.pk, "request_correction"])
    seen = application.events.latest("id").pk
    given = {"seen": seen, "on": localdate().isoformat(), "points": "请写明名称", "working_days": 10}
    assert client.post(address, given).status_code == 302
    application.refresh_from_db()
    assert application.state == "correction_requested"
    again = client.post(address, {**given, "seen": application.events.latest("id").pk})
    assert again.status_code == 403
    assert "一次性告知" in again.content.decode()


def test_the_outsider_finds_nothing(application: Application, desk: Officers) -> None:
    client = signed_in(desk.outsider)
    assert client.get(reverse("casework_case", args=[application.pk])).status_code == 404
    assert application.number not in client.get(reverse("casework_cases")).content.decode()


@pytest.mark.parametrize(
    "chosen", ["open", "mine", "unassigned", "unconfirmed", "soon", "overdue", "waiting", "closed"]
)
def test_every_list_can_be_asked_for(application: Application, desk: Officers, chosen: str) -> None:
    page = signed_in(desk.case).get(reverse("casework_cases"), {"list": chosen, "text": "依申"}).content.decode()
    assert (application.number in page) == (chosen in ("open", "unassigned"))


def test_the_ledger_tells_of_no_person(application: Application, desk: Officers, cast: Cast) -> None:
    address = reverse("casework_ledger_file", args=[cast.education.code, localdate().year])
    assert signed_in(desk.case).get(address).status_code == 404
    answer = signed_in(desk.approver).get(address)
    rows = [[cell.value for cell in row] for row in load_workbook(BytesIO(answer.content)).active]
    assert rows[1][0] == application.number
    for secret in (PERSON.applicant_name, PERSON.identity_number, PERSON.phone):
        assert secret not in repr(rows)
    assert Entry.objects.filter(act="casework.export_ledger").count() == 1


def test_the_arrears_name_the_agency(application: Application, desk: Officers) -> None:
    assert "青溪县教育局" in signed_in(desk.case).get(reverse("casework_arrears")).content.decode()


def test_the_desk_s_home_has_a_board_for_each_part(application: Application, desk: Officers) -> None:
    application.officer = desk.case
    application.save(update_fields=["officer"])
    assert [each.key for each in boards(desk.case, on=localdate(), shown=8)] == ["mine"]
    assert [each.key for each in boards(desk.outsider, on=localdate(), shown=8)] == []
    assert application.number in signed_in(desk.case).get("/desk/").content.decode()
