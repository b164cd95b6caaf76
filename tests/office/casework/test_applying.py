"""Applying on the public pages: whom, as what, the form, the preview, one application however often one presses."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from gongkai.office.casework.kinds import ApplicantKind
from gongkai.office.casework.models import Application, ApplicationDraft, ApplicationFile, Intake
from tests.office.casework.visitor import COMPANY, FILLED, FORM, IDENTITY, apply, fill_in, photo, send
from tests.office.cast import Cast


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def test_an_application_of_a_person_arrives_whole_and_waits_for_confirmation(client: Client, cast: Cast) -> None:
    made = apply(client)
    assert (made.organ, made.channel, made.state) == (cast.education, "online", "registered")
    assert (made.applicant_kind, made.applicant_column) == ("natural_person", "natural_person")
    assert (made.applicant_name, made.identity_number, made.phone) == ("孙申请人", IDENTITY, "13900001234")
    assert made.wanted_title == FILLED["wanted_title"]
    assert [event.kind for event in made.events.all()] == ["submitted"]


def test_the_receipt_shows_number_and_code_and_when_a_reply_is_due(client: Client, cast: Cast) -> None:
    made = apply(client)
    shown = client.get("/applications/receipt/").content.decode()
    assert made.number in shown
    assert made.query_code in shown
    assert "最迟在" in shown
    assert "孙申请人" not in shown


def test_the_receipt_as_a_file_names_nobody(client: Client, cast: Cast) -> None:
    from gongkai.documents.readers import read_bytes

    made = apply(client)
    answer = client.get("/applications/receipt.pdf")
    assert answer["Content-Type"] == "application/pdf"
    text = str(read_bytes(answer.content, "receipt.pdf"))
    assert made.query_code in text
    assert "孙申请人" not in text
    assert IDENTITY not in text


@pytest.mark.parametrize(
    "kind", [kind.value for kind in ApplicantKind if kind not in ("natural_person", "individual_business")]
)
def test_each_kind_of_organisation_has_its_fields_and_its_column(client: Client, cast: Cast, kind: str) -> None:
    address = f"/applications/new/qingxi-education/{kind}/"
    shown = client.get(address).content.decode()
    assert "法定代表人" in shown
    assert "统一社会信用代码" in shown
    made = apply(client, address)
    assert made.applicant_column == kind
    assert made.representative == COMPANY["representative"]


def test_a_person_is_not_asked_for_a_representative_and_nobody_for_a_purpose(client: Client, cast: Cast) -> None:
    shown = client.get(FORM).content.decode()
    assert "法定代表人" not in shown
    assert 'name="purpose"' not in shown


def test_errors_stand_beside_their_fields_with_a_list_of_links_and_nothing_is_lost(client: Client, cast: Cast) -> None:
    answer = fill_in(client, identity_number="123", email="nobody", address="", wanted_title="", wanted="")
    shown = answer.content.decode()
    assert answer.status_code == 422
    for name in ("identity_number", "email", "address", "wanted"):
        assert f'href="#id_{name}"' in shown
        assert f'id="id_{name}_error"' in shown
    assert 'value="孙申请人"' in shown
    assert not Application.objects.exists()


def test_what_was_filled_in_is_there_again_after_leaving_the_page(client: Client, cast: Cast) -> None:
    fill_in(client, identity_number="123")
    assert 'value="孙申请人"' in client.get(FORM).content.decode()
    assert "孙申请人" not in Client().get(FORM).content.decode()


@pytest.mark.parametrize("number", ["11341702486344551H", "1134170248634451"])
def test_a_wrong_credit_code_is_told(client: Client, cast: Cast, number: str) -> None:
    answer = fill_in(client, "/applications/new/qingxi-education/commercial_enterprise/", identity_number=number)
    assert "统一社会信用代码不对" in answer.content.decode()


def test_files_survive_an_error_can_be_taken_off_and_arrive_sealed(client: Client, cast: Cast, tmp_path: Path) -> None:
    card, map_ = SimpleUploadedFile("身份证.png", photo()), SimpleUploadedFile("地图.png", photo(50))
    shown = fill_in(client, identity_number="", identity_files=[card], extra_files=[map_]).content.decode()
    assert "移除已上传的“身份证.png”" in shown
    draft = ApplicationDraft.objects.get()
    second = draft.files.get(role="application")
    assert fill_in(client, remove=["²", second.pk]).status_code == 302
    send(client)
    kept = ApplicationFile.objects.get()
    assert (kept.role, kept.name, kept.size) == ("identity", "身份证.png", len(photo()))
    on_disk = [path for path in (tmp_path / "sealed").rglob("*") if path.is_file()]
    assert photo() not in [path.read_bytes() for path in on_disk]


def test_a_file_is_told_by_its_content(client: Client, cast: Cast) -> None:
    answer = fill_in(client, identity_files=[SimpleUploadedFile("身份证.png", b"MZ" + b"x" * 100)])
    assert answer.status_code == 422
    assert "不是PNG文件" in answer.content.decode()
    assert not ApplicationDraft.objects.get().files.exists()


def test_more_files_than_anybody_needs_are_refused(client: Client, cast: Cast) -> None:
    cards = [SimpleUploadedFile(f"{number}.png", photo(20 + number)) for number in range(9)]
    answer = fill_in(client, identity_files=cards)
    assert "最多上传 8 个文件" in answer.content.decode()
    assert ApplicationDraft.objects.get().files.count() == 8


def test_pressing_twice_makes_one_application(client: Client, cast: Cast) -> None:
    apply(client)
    again = client.post("/applications/preview/", {"captcha_token": "x", "captcha_answer": "1"})
    assert again.headers["Location"] == "/applications/receipt/"
    assert Application.objects.count() == 1


def test_a_wrong_answer_to_the_captcha_sends_nothing_and_loses_nothing(client: Client, cast: Cast) -> None:
    fill_in(client)
    answer = send(client, answer="没看清")
    assert answer.status_code == 422
    assert "您填写的其他内容都还在" in answer.content.decode()
    assert "自收到之日起 20 个工作日内答复" in answer.content.decode()
    assert not Application.objects.exists()
    assert send(client).status_code == 302


def test_whoever_can_t_see_the_picture_is_asked_in_words(client: Client, cast: Cast) -> None:
    fill_in(client)
    shown = client.get("/applications/preview/?check=question").content.decode()
    assert "<img" not in shown.partition('id="captcha-name"')[2]
    assert "？</label>" in shown


def test_after_sending_the_next_form_is_empty(client: Client, cast: Cast) -> None:
    apply(client)
    assert "孙申请人" not in client.get(FORM).content.decode()
    assert ApplicationDraft.objects.get().content is None


def test_letting_go_deletes_what_was_filled_in_with_its_files(client: Client, cast: Cast, tmp_path: Path) -> None:
    fill_in(client, identity_files=[SimpleUploadedFile("身份证.png", photo())])
    client.post("/applications/discard/")
    assert not ApplicationDraft.objects.exists()
    assert not [path for path in tmp_path.rglob("*") if path.is_file()]


def test_a_closed_channel_says_where_to_turn_and_takes_nothing(client: Client, cast: Cast) -> None:
    Intake.objects.create(organ=cast.education, online_open=False)
    shown = client.get("/applications/new/qingxi-education/").content.decode()
    assert "没有开通网上申请" in shown
    assert "当面提交" in shown
    assert "邮寄" in shown
    assert fill_in(client).headers["Location"] == "/applications/new/qingxi-education/"
    assert not ApplicationDraft.objects.exists()


def test_a_channel_that_closes_meanwhile_is_told_at_the_last_step(client: Client, cast: Cast) -> None:
    fill_in(client)
    Intake.objects.create(organ=cast.education, online_open=False)
    answer = send(client)
    assert answer.status_code == 422
    assert "没有开通网上申请" in answer.content.decode()


def test_agencies_are_found_by_name(client: Client, cast: Cast) -> None:
    shown = client.get("/applications/new/?q=教育").content.decode()
    assert "/applications/new/qingxi-education/" in shown
    assert "/applications/new/qingxi-water/" not in shown
    assert "没有名称里有" in client.get("/applications/new/?q=没有的机关").content.decode()


def test_nothing_personal_stands_in_an_address_and_nothing_is_cached(client: Client, cast: Cast) -> None:
    answer = fill_in(client)
    assert answer.headers["Location"] == "/applications/preview/"
    for address in (FORM, "/applications/preview/"):
        assert "no-store" in client.get(address)["Cache-Control"]
    cookie = client.cookies["gongkai_draft"]
    assert cookie["httponly"]
    assert not cookie["max-age"]


def test_without_the_cookie_of_the_draft_nobody_sees_it(client: Client, cast: Cast) -> None:
    fill_in(client)
    answer = Client().get("/applications/preview/")
    assert answer.status_code == 410
    assert "孙申请人" not in answer.content.decode()


def test_too_many_tries_from_one_network_wait(client: Client, cast: Cast) -> None:
    codes = [fill_in(client, identity_number="").status_code for _ in range(62)]
    assert codes[0] == 422
    assert codes[-1] == 429
