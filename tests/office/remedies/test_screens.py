"""The staff's screens of remedies."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.audit.models import Entry
from gongkai.office.remedies.models import RemedyCase, RemedyFile
from tests.office.casework.cases import Officers
from tests.office.cast import Cast


def client_of(user: User) -> Client:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def filing(cast: Cast, **changed: str) -> dict[str, str]:
    day = localdate() - timedelta(days=30)
    return {
        "organ": cast.education.code,
        "route": "reconsideration",
        "body": "青溪县人民政府",
        "reference": "青政复〔2026〕1号",
        "received_on": day.isoformat(),
        "challenged": "reply",
        **changed,
    }


@pytest.fixture
def case(cast: Cast, desk: Officers) -> RemedyCase:
    client_of(desk.case).post(reverse("remedies_register"), filing(cast))
    return RemedyCase.objects.get()


def test_a_case_is_registered_decided_and_listed(cast: Cast, desk: Officers, case: RemedyCase):
    client = client_of(desk.case)
    page = reverse("remedies_case", args=[case.pk])
    assert "已超过行政复议答复期限" in client.get(page).content.decode()
    client.post(reverse("remedies_decide", args=[case.pk]), {"ruling": "maintained", "on": localdate().isoformat()})
    case.refresh_from_db()
    assert case.result == "upheld"
    shown = client.get(reverse("remedies_cases")).content.decode()
    assert "青政复〔2026〕1号" in shown
    assert "结果维持" in shown


def test_what_is_refused_is_said_on_the_page(cast: Cast, desk: Officers, case: RemedyCase):
    client, today = client_of(desk.case), localdate().isoformat()
    client.post(reverse("remedies_decide", args=[case.pk]), {"ruling": "maintained", "on": today})
    answer = client.post(reverse("remedies_record", args=[case.pk]), {"kind": "answered", "on": today})
    assert answer.status_code == 422
    assert "案件已经审结" in answer.content.decode()


def test_a_lawsuit_offers_the_appeal_and_shows_the_answer_to_it(cast: Cast, desk: Officers, case: RemedyCase):
    client, today = client_of(desk.case), localdate()
    assert "对方上诉" not in client.get(reverse("remedies_case", args=[case.pk])).content.decode()
    client.post(reverse("remedies_register"), filing(cast, route="litigation_direct", reference="（2026）青行初1号"))
    suit = RemedyCase.objects.get(route="litigation_direct")
    page = reverse("remedies_case", args=[suit.pk])
    assert "对方上诉：收到上诉状副本" in client.get(page).content.decode()
    client.post(reverse("remedies_decide", args=[suit.pk]), {"ruling": "claim_rejected", "on": today.isoformat()})
    record = reverse("remedies_record", args=[suit.pk])
    assert client.post(record, {"kind": "appeal_by_claimant", "on": today.isoformat()}).status_code == 302
    shown = client.get(page).content.decode()
    assert "行政诉讼二审答辩期限" in shown
    assert "对方上诉：收到上诉状副本" in shown
    suit.refresh_from_db()
    assert (suit.instance, suit.concluded_on) == ("second", None)
    listed = client.get(reverse("remedies_cases"), {"state": "open"}).content.decode()
    assert "二审" in listed


def test_a_look_at_a_paper_is_on_record_and_an_outsider_gets_none(cast: Cast, desk: Officers):
    client, paper = client_of(desk.case), SimpleUploadedFile("复议申请书.txt", "请求撤销答复。".encode())
    client.post(reverse("remedies_register"), {**filing(cast), "paper": paper})
    kept = RemedyFile.objects.get()
    page, looks = reverse("remedies_file", args=[kept.pk]), Entry.objects.filter(act="personal.reveal")
    assert client_of(desk.outsider).get(page).status_code == 403
    assert not looks.exists()
    assert client.get(page).content.decode() == "请求撤销答复。"
    look = looks.get()
    assert (look.actor, look.subject, look.detail["field"]) == ("C001", f"remedies.case:{kept.case_id}", "file")


def test_a_number_that_is_no_application_is_noticed(cast: Cast, desk: Officers):
    answer = client_of(desk.case).post(reverse("remedies_register"), filing(cast, number="青教依申〔2026〕99号"))
    assert "没有这个编号" in answer.content.decode()
    assert not RemedyCase.objects.exists()


def test_the_outsider_sees_nothing(cast: Cast, desk: Officers, case: RemedyCase):
    client = client_of(desk.outsider)
    assert client.get(reverse("remedies_case", args=[case.pk])).status_code == 403
    assert "青政复" not in client.get(reverse("remedies_cases")).content.decode()
