"""The officers' screens: what they show, what they hide, what they do and whom they turn away."""

from __future__ import annotations

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now
from openpyxl import load_workbook

from gongkai.office.audit.models import Entry
from gongkai.office.casework import actions
from gongkai.office.casework.models import Application, Consultation
from gongkai.office.casework.queries import boards
from gongkai.office.casework.showing import opinions, timeline
from gongkai.office.casework.standing import standing
from tests.office.casework.cases import PERSON, Officers, at, received
from tests.office.casework.letters import decided
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


def test_nothing_a_case_rests_on_is_chosen_beforehand(application: Application, desk: Officers) -> None:
    """An opinion, an outcome, a judgement that nobody gave would be taken from what a list begins with."""
    client, today = signed_in(desk.case), localdate()
    actions.consult(application, party="agency", name="县财政局", matter="计划", on=today, at=now(), by=desk.case)
    actions.request_reason(application, frequency="本月12件", working_days=7, on=today, at=now(), by=desk.case)
    for verb, words in (("answer", ""), ("receive_reason", "用于论文"), ("decide", "")):
        address = reverse("casework_act", args=[application.pk, verb])
        given = {"seen": application.events.latest("id").pk, "on": today.isoformat(), "words": words}
        given["consultation"] = application.consultations.get().pk
        count = application.events.count()
        assert "请选择" in client.get(address).content.decode()
        assert client.post(address, given).status_code == 400
        assert application.events.count() == count
    address = reverse("casework_act", args=[application.pk, "receive_reason"])
    seen = application.events.latest("id").pk
    client.post(address, {"seen": seen, "on": today.isoformat(), "words": "没有用途", "accepted": "no"})
    assert application.events.get(kind="reason_received").detail["accepted"] is False


def test_a_case_says_how_letters_went_and_what_silence_means(cast: Cast, desk: Officers) -> None:
    case = received(cast, desk.case, on=date(2024, 4, 1))
    day = date(2024, 4, 2)
    for party, name in (("agency", "县财政局"), ("third_party", "山泉公司")):
        actions.consult(case, party=party, name=name, matter="计划", on=day, at=at(day), by=desk.case)
    Consultation.objects.create(application=case, key="3", party="agency", name="县水利局", matter="计划")

    def told(day: date) -> list[str]:
        return [said for _, said in opinions(case, standing(case, on=day))]

    assert told(date(2024, 4, 24)) == ["意见未到，最迟2024-04-24"] * 2 + ["还没有发出"]
    assert told(date(2024, 4, 25))[:2] == [
        "到2024-04-24没有提出意见，视为同意公开",
        "到2024-04-24没有提出意见，是否公开由本机关决定",
    ]
    decided(case, "disclose", by=desk.case, on=date(2024, 5, 6))
    actions.record_reply(case, "disclose", on=date(2024, 5, 6), at=at(date(2024, 5, 6)), by=desk.case, way="counter")
    assert ("方式", "当面送达") in timeline(case)[-1].particulars


def test_parts_and_joined_cases_are_linked_both_ways(cast: Cast, application: Application, desk: Officers) -> None:
    """From the case that was split, and from the one the reply is written in."""
    client, parts = signed_in(desk.case), (actions.Part("方案", "实施方案"), actions.Part("经费", "改造经费"))
    (part,) = actions.split(application, parts, by=desk.case, at=now())
    joined = received(cast, desk.case, on=localdate())
    actions.merge(joined, part, by=desk.case, at=now())
    for case, other in ((application, part), (part, application), (part, joined), (joined, part)):
        page = client.get(reverse("casework_case", args=[case.pk])).content.decode()
        related = page.partition("<h2>关联</h2>")[2]
        assert reverse("casework_case", args=[other.pk]) in related


def test_a_case_at_its_end_asks_no_questions(application: Application, desk: Officers) -> None:
    client, address = signed_in(desk.case), reverse("casework_reply", args=[application.pk])
    assert "七个问题" in client.get(address).content.decode()
    actions.withdraw(application, words="书面撤回", on=localdate(), at=now(), by=desk.case)
    page = client.get(address).content.decode()
    assert "下一步" not in page
    assert "还没有书面告知申请人的" in page


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
