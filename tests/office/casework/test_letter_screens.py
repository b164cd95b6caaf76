"""The staff's screens from decision to delivered letter."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from gongkai.office.accounts.models import User
from gongkai.office.audit.models import Entry
from gongkai.office.casework.actions import receive
from gongkai.office.casework.models import Application, Letter, LetterSettings
from tests.documents.readers.pdf_files import typeset
from tests.office.casework.cases import PERSON, Officers
from tests.office.casework.letters import set_up
from tests.office.cast import Cast

ClientOf = Callable[[User], Client]


@pytest.fixture
def client_of() -> ClientOf:
    def made(user: User) -> Client:
        client = Client()
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
        return client

    return made


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    set_up(cast.education)
    day = localdate() - timedelta(days=1)
    return receive(
        cast.education, PERSON, channel="in_person", submitted_on=day, at=now() - timedelta(days=1), by=desk.case
    ).application


def text(response) -> str:
    return response.content.decode()


def test_the_questions_lead_to_an_outcome_and_the_outcome_to_a_letter(
    application: Application, desk: Officers, client_of: ClientOf
):
    officer, approver = client_of(desk.case), client_of(desk.approver)
    page = reverse("casework_reply", args=[application.pk])
    assert "补不补" in text(officer.get(page))
    answers = "?a=clear&a=yes&a=no&a=ours&a=held&a=all"
    assert "怎么给" in text(officer.get(page + answers))
    asked = page + answers + "&a=as_asked"
    assert "予以公开" in text(officer.get(asked))
    assert officer.post(asked, {"facts": "随本答复书提供方案一份。"}).status_code == 302
    application.refresh_from_db()
    assert application.decided_outcome == "disclose"

    made = officer.post(reverse("casework_letter_add", args=[application.pk]), {"kind": "reply_disclose"})
    letter = Letter.objects.get()
    assert made["Location"] == reverse("casework_letter", args=[letter.pk])
    shown = text(officer.get(made["Location"]))
    assert "随本答复书提供方案一份" in shown
    assert "送审以前还要补齐" not in shown
    officer.post(reverse("casework_letter_act", args=[letter.pk, "submit"]))
    letter.refresh_from_db()
    assert letter.state == "submitted"

    refused = officer.post(reverse("casework_letter_act", args=[letter.pk, "sign"]), {"seen": letter.content_hash})
    assert refused.status_code == 422
    assert "权限" in text(refused)
    approver.post(reverse("casework_letter_act", args=[letter.pk, "sign"]), {"seen": letter.content_hash})
    letter.refresh_from_db()
    assert letter.number

    pdf = officer.get(reverse("casework_letter_file", args=[letter.pk, "pdf"]))
    assert pdf.content[:5] == b"%PDF-"
    assert officer.get(reverse("casework_letter_file", args=[letter.pk, "pdf"])).content == pdf.content

    sent = {"way": "counter", "on": localdate().isoformat(), "signed_by": "孙申请"}
    officer.post(reverse("casework_letter_send", args=[letter.pk]), sent)
    application.refresh_from_db()
    assert (application.outcome, application.closed_on) == ("disclose", localdate())


def test_edited_words_stay_and_locked_ones_are_not_offered(
    application: Application, desk: Officers, client_of: ClientOf
):
    officer = client_of(desk.case)
    officer.post(reverse("casework_letter_add", args=[application.pk]), {"kind": "extension_notice"})
    letter = Letter.objects.get()
    page = reverse("casework_letter", args=[letter.pk])
    officer.post(page, {"fact-extension_days": "10", "fact-reasons": "需要核实。"})
    shown = text(officer.get(page))
    assert "延长答复期限10个工作日" in shown
    assert 'name="text-decision"' not in shown
    officer.post(page, {"fact-extension_days": "10", "fact-reasons": "需要核实。", "text-reasons": "理由另述如下。"})
    officer.post(page, {"fact-extension_days": "12", "fact-reasons": "需要核实。", "text-reasons": "理由另述如下。"})
    shown = text(officer.get(page))
    assert "理由另述如下。" in shown
    assert "延长答复期限12个工作日" in shown


def test_each_look_at_a_letter_is_on_record_and_an_outsider_gets_none(
    application: Application, desk: Officers, client_of: ClientOf
):
    officer, outsider = client_of(desk.case), client_of(desk.outsider)
    officer.post(reverse("casework_letter_add", args=[application.pk]), {"kind": "extension_notice"})
    letter = Letter.objects.get()
    looks = Entry.objects.filter(act="personal.reveal").order_by("sequence")
    pages = [reverse("casework_letter", args=[letter.pk]), reverse("casework_letter_file", args=[letter.pk, "docx"])]
    for page in pages:
        assert outsider.get(page).status_code != 200
    assert not looks.exists()
    for page in pages:
        assert officer.get(page).status_code == 200
    assert [(each.actor, each.subject, each.detail["field"]) for each in looks] == [
        ("C001", f"casework.application:{application.pk}", "letter"),
        ("C001", f"casework.application:{application.pk}", "letter.docx"),
    ]


def test_an_answer_that_leads_to_a_correction_says_so(application: Application, desk: Officers, client_of: ClientOf):
    page = reverse("casework_reply", args=[application.pk])
    assert "先“告知补正”" in text(client_of(desk.case).get(f"{page}?a=unclear"))
    assert client_of(desk.case).get(f"{page}?a=whatever").status_code == 302


def test_a_copy_is_checked_on_the_spot(application: Application, desk: Officers, client_of: ClientOf):
    officer = client_of(desk.case)
    page = reverse("casework_redaction", args=[application.pk])

    def upload(copy: bytes) -> str:
        files = {
            "original": SimpleUploadedFile("原件.pdf", typeset("联系人：赵晓梅。")),
            "copy": SimpleUploadedFile("副本.pdf", copy),
        }
        strings = {"ground-1": "internal", "strings-1": "赵晓梅"}
        return text(officer.post(page, {**files, **strings}, follow=True))

    assert "没有通过" in upload(typeset("联系人：#text(white)[赵晓梅]"))
    assert "没有找到列出的文字" in upload(typeset("联系人：某某。"))


def test_what_waits_stands_in_the_list(application: Application, desk: Officers, client_of: ClientOf):
    officer = client_of(desk.case)
    officer.post(reverse("casework_letter_add", args=[application.pk]), {"kind": "correction_notice"})
    assert "政府信息公开申请补正告知书" in text(officer.get(reverse("casework_letters")))
    assert "政府信息公开申请补正告知书" not in text(client_of(desk.outsider).get(reverse("casework_letters")))


def test_a_letter_to_a_third_party_needs_a_name_and_a_matter(
    application: Application, desk: Officers, client_of: ClientOf
):
    officer = client_of(desk.case)
    add = reverse("casework_letter_add", args=[application.pk])
    officer.post(add, {"kind": "third_party_consultation"})
    assert not Letter.objects.exists()
    officer.post(add, {"kind": "third_party_consultation", "receiver": "青溪县山泉建材有限公司", "matter": "采购合同"})
    assert Letter.objects.get().consultation.matter == "采购合同"


@pytest.mark.parametrize("name", ["casework_reply", "casework_redaction"])
def test_the_outsider_sees_nothing(application: Application, desk: Officers, client_of: ClientOf, name: str):
    assert client_of(desk.outsider).get(reverse(name, args=[application.pk])).status_code == 403


def test_the_disclosure_office_sets_what_letters_name(cast: Cast, desk: Officers, client_of: ClientOf):
    page = reverse("casework_letter_settings", args=[cast.education.code])
    given = {
        "agency_kind": "department",
        "code": "青教",
        "court": "青溪县人民法院",
        "own_government": "青溪县人民政府",
        "contact_person": "何联系",
        "contact_phone": "0990-3100001",
        "contact_address": "云岭路8号",
    }
    assert client_of(cast.officer).post(page, given).status_code == 302
    assert LetterSettings.objects.get().court == "青溪县人民法院"
    noted = Entry.objects.get(act="casework.set_letter_settings")
    assert noted.actor == cast.officer.staff_number
    assert noted.detail["court"] == ["", "青溪县人民法院"]
    assert client_of(cast.officer).post(page, {**given, "court": "白石市中级人民法院"}).status_code == 302
    assert Entry.objects.filter(act="casework.set_letter_settings").last().detail == {
        "court": ["青溪县人民法院", "白石市中级人民法院"]
    }
    assert client_of(desk.case).post(page, given).status_code == 403
