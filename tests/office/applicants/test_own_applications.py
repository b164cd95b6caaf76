"""我的申请: the own applications in one place, a new one filled in, an earlier one added, and an end that leaves them be."""

from __future__ import annotations

import io
import json
import zipfile

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from gongkai.office.applicants.models import Account
from gongkai.office.audit.models import Entry
from gongkai.office.casework import actions
from gongkai.office.casework.actions import Part, split
from gongkai.office.casework.actions.delivering import deliver
from gongkai.office.casework.models import Application, Followed
from gongkai.office.notices.models import Outgoing
from gongkai.office.personal.actions import rotate
from gongkai.office.personal.keys import new_key
from tests.office.applicants.somebody import ACCOUNT, EMAIL, PASSWORD, is_in, registered, sign_in
from tests.office.casework.cases import officers
from tests.office.casework.letters import DISCLOSED, reply, set_up, signed
from tests.office.casework.visitor import FORM, IDENTITY, apply, enter
from tests.office.cast import Cast
from tests.office.notices.mail_server import Mailbox

COMPANY_FORM = "/applications/new/qingxi-education/commercial_enterprise/"


@pytest.fixture
def account(cast: Cast, client: Client, mailbox: Mailbox) -> Account:
    return registered(client, mailbox)


def listed(client: Client) -> str:
    return client.get(ACCOUNT).content.decode()


def test_what_is_sent_while_signed_in_stands_in_the_list(client: Client, account: Account):
    made = apply(client)
    said = listed(client)
    assert made.number in said
    assert "确认是您提交的" in said
    assert made.query_code in said
    assert "我的申请" in client.get("/applications/receipt/").content.decode()


def test_what_somebody_else_sends_does_not(client: Client, account: Account):
    made = apply(Client())
    assert made.number not in listed(client)


def test_a_new_application_is_filled_in_from_the_last_one_of_that_kind(client: Client, account: Account):
    assert EMAIL in client.get(FORM).content.decode(), "the first one knows the mailbox"
    apply(client, email=EMAIL)
    said = client.get(FORM).content.decode()
    for known in ("孙申请人", IDENTITY, "13900001234", "青溪县城关镇和平路1号", "已按您上一次申请填好"):
        assert known in said
    assert "招生片区" not in said, "never what was asked for"
    assert "孙申请人" not in client.get(COMPANY_FORM).content.decode()
    assert "孙申请人" not in Client().get(FORM).content.decode()


def test_an_earlier_one_is_added_by_number_and_code(client: Client, account: Account):
    made = apply(Client())
    page = f"{ACCOUNT}add/"
    wrong = client.post(page, {"number": made.number, "code": "AAAA-AAAA-AAAA"})
    assert wrong.status_code == 422
    assert "编号和查询码对不上" in wrong.content.decode()
    assert client.post(page, {"number": made.number, "code": made.query_code.lower()}).status_code == 302
    client.post(page, {"number": made.number, "code": made.query_code})
    assert Followed.objects.count() == 1
    assert made.number in listed(client)


def test_an_added_one_gives_away_no_more_than_number_and_code_do(client: Client, account: Account):
    made = apply(Client())
    client.post(f"{ACCOUNT}add/", {"number": made.number, "code": made.query_code})
    assert IDENTITY not in client.get(FORM).content.decode()
    copy = client.post(f"{ACCOUNT}copy/", {"present": PASSWORD})
    with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
        assert archive.namelist() == ["账号.json"]
        assert json.loads(archive.read("账号.json"))["列表里的申请"] == [made.number]


def test_from_the_list_to_the_case_and_its_letters(cast: Cast, client: Client, account: Account):
    desk, now = officers(cast), timezone.now()
    named = set_up(cast.education)
    named.reconsideration_channel = "青溪县行政复议网上受理平台"
    named.save()
    made = apply(client, delivery="online")
    row = Followed.objects.get()
    assert client.get(f"{ACCOUNT}{row.pk}/").headers["Location"] == "/applications/case/"
    client.post("/applications/case/confirm/")
    today = timezone.localdate(now)
    actions.confirm(made, side="agency", on=today, at=now, by=desk.case)
    assert "还有 <strong>20</strong> 个工作日" in listed(client)
    letter = signed(reply(made, "disclose", desk, on=today, **DISCLOSED), desk, on=today)
    deliver(letter, way="online", by=desk.case, at=now)
    said = listed(client)
    assert "有 1 份文书可以下载" in said
    assert "予以公开" in said
    assert client.get(f"/applications/case/files/{letter.pdf_id}/").content.startswith(b"%PDF")
    other = Client()
    assert other.get(f"{ACCOUNT}{row.pk}/").headers["Location"] == f"{ACCOUNT}sign-in/"


def test_nobody_opens_or_removes_what_stands_in_another_s_list(client: Client, account: Account, mailbox: Mailbox):
    apply(client)
    row = Followed.objects.get()
    other = Client()
    registered(other, mailbox, "other@example.cn")
    assert other.get(f"{ACCOUNT}{row.pk}/").status_code == 404
    assert other.post(f"{ACCOUNT}{row.pk}/remove/").status_code == 404
    assert client.post(f"{ACCOUNT}{row.pk}/remove/").status_code == 302
    assert Application.objects.exists()
    assert not Followed.objects.exists()


def test_the_parts_of_a_split_application_stand_in_the_list(cast: Cast, client: Client, account: Account):
    desk, now = officers(cast), timezone.now()
    made = apply(client)
    actions.confirm(made, side="both", on=timezone.localdate(now), at=now, by=desk.case)
    [part] = split(made, [Part("会议纪要", "会议纪要"), Part("划分图", "划分图")], by=desk.case, at=now)
    assert part.number in listed(client)


def test_a_copy_of_everything_for_whoever_knows_the_password(client: Client, account: Account):
    made = apply(client)
    assert client.post(f"{ACCOUNT}copy/", {"present": "wrong"}).status_code == 422
    copy = client.post(f"{ACCOUNT}copy/", {"present": PASSWORD})
    with zipfile.ZipFile(io.BytesIO(copy.content)) as archive:
        assert json.loads(archive.read("账号.json"))["电子邮箱"] == EMAIL
        assert IDENTITY in archive.read("1/申请.json").decode()
        assert made.number in archive.read("1/申请.json").decode()
    assert Entry.objects.filter(act="applicants.export").count() == 1


def test_the_account_goes_and_the_application_stays(client: Client, account: Account):
    made = apply(client)
    page = f"{ACCOUNT}close/"
    assert client.post(page, {"present": "wrong"}).status_code == 422
    assert "账号已注销" in client.post(page, {"present": PASSWORD}).content.decode()
    assert not Account.objects.exists()
    assert not Followed.objects.exists()
    assert not is_in(client)
    notice = Outgoing.objects.get()
    assert (notice.to, notice.body) == ("", "")
    made.refresh_from_db()
    assert made.applicant_name == "孙申请人"
    assert enter(Client(), made).headers["Location"] == "/applications/case/"


def test_an_erased_case_is_in_nobody_s_list(client: Client, account: Account):
    made = apply(client)
    Application.objects.filter(pk=made.pk).update(erased_at=timezone.now())
    assert made.number not in listed(client)
    assert client.get(FORM).status_code == 200


def test_the_account_survives_a_change_of_keys(client: Client, account: Account, settings):
    old = settings.PERSONAL_KEYS
    settings.PERSONAL_KEYS = [new_key(), *old]
    rotate(at=timezone.now())
    settings.PERSONAL_KEYS = [settings.PERSONAL_KEYS[0], old[-1]]
    account.refresh_from_db()
    assert account.email == EMAIL
    assert sign_in(Client()).status_code == 302


def test_the_office_closes_an_account_whose_owner_asks_on_paper(account: Account, monkeypatch, capsys):
    monkeypatch.setattr("builtins.input", lambda prompt="": EMAIL)
    call_command("close_applicant", by="C001", reason="书面要求")
    assert not Account.objects.exists()
    assert Entry.objects.filter(act="applicants.close", actor="C001").count() == 1
    assert EMAIL not in capsys.readouterr().out


def test_the_office_copies_what_is_kept_for_an_account_s_owner(client: Client, account: Account, monkeypatch, tmp_path):
    apply(client)
    monkeypatch.setattr("builtins.input", lambda prompt="": EMAIL)
    call_command("personal_export", account=True, purpose="本人书面要求", by="C001", output=str(tmp_path / "copy.zip"))
    with zipfile.ZipFile(tmp_path / "copy.zip") as archive:
        assert json.loads(archive.read("账号.json"))["电子邮箱"] == EMAIL
        assert IDENTITY in archive.read("1/申请.json").decode()
