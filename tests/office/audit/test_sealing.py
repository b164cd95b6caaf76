"""A text that is given out has a code; what became of it is told to whoever asks, with the net or without."""

import hashlib
import json
import stat
import subprocess
import sys
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from gongkai.office.audit import signing
from gongkai.office.audit.actions import Sealed, end, file_of, seal
from gongkai.office.audit.codes import new_code, printed
from gongkai.office.audit.listing import list_of
from gongkai.office.audit.models import Seal, SealedFile
from gongkai.office.audit.offline import check_offline
from gongkai.office.audit.queries import broken_places, history
from tests.office.cast import NOW, TODAY

pytestmark = pytest.mark.django_db

TEXT = Sealed("publishing.item:1", "a" * 64, "青溪县管理办法", "青溪县人民政府", "青政规〔2024〕1号", "/item/1/")
OTHER = Sealed("publishing.item:1", "b" * 64, "青溪县管理办法", "青溪县人民政府", "青政规〔2024〕1号", "/item/1/")


def given_out(content: bytes = b"file", text: Sealed = TEXT) -> Seal:
    made = seal(text, at=NOW)
    file_of(made, "办法.pdf", lambda: content, at=NOW)
    return made


def test_a_text_has_one_code_and_it_is_on_record():
    made = seal(TEXT, at=NOW)
    assert seal(TEXT, at=NOW + timedelta(days=1)) == made
    assert [entry.act for entry in history(f"audit.seal:{made.code}")] == ["audit.seal"]
    assert list(broken_places()) == []


def test_another_text_of_the_same_subject_supersedes_it_and_may_be_taken_back():
    first, second = seal(TEXT, at=NOW), seal(OTHER, at=NOW + timedelta(days=1))
    first.refresh_from_db()
    assert (first.ended_as, second.ended_as) == ("superseded", "")
    again = seal(TEXT, at=NOW + timedelta(days=2))
    second.refresh_from_db()
    assert (again, again.ended_as, second.ended_as) == (first, "", "superseded")


def test_a_file_is_made_once_and_given_out_byte_for_byte_even_if_it_would_be_made_otherwise_today():
    made = given_out(b"as it was")
    assert file_of(made, "办法.pdf", lambda: b"as it would be", at=NOW) == b"as it was"


def test_a_file_whose_bytes_were_lost_or_changed_is_made_again_and_both_are_genuine():
    made = given_out(b"first")
    path = next((Path(settings.DATA_DIR) / "sealed").rglob(hashlib.sha256(b"first").hexdigest()))
    path.write_bytes(b"changed behind our back")
    assert file_of(made, "办法.pdf", lambda: b"second", at=NOW) == b"second"
    assert SealedFile.objects.filter(seal=made).count() == 2
    path.unlink()


@pytest.mark.parametrize(
    ("ending", "said"), [("", "校验结果：真实</h1>"), ("superseded", "不是最新文本"), ("withdrawn", "已经撤下")]
)
def test_the_page_of_a_code_says_what_became_of_it(client, ending, said):
    made = given_out()
    if ending:
        end(made.subject, ending, "", at=NOW)
    answer = client.get(f"/verify/{printed(made.code)}/")
    assert answer.status_code == 200
    assert said in answer.content.decode()
    assert made.label in answer.content.decode()


def test_a_code_nobody_gave_is_not_genuine(client):
    answer = client.get(f"/verify/{printed(new_code())}/")
    assert answer.status_code == 404
    assert "没有出具过校验码" in answer.content.decode()


def test_a_code_that_is_typed_leads_to_its_answer_and_a_wrong_one_is_explained(client):
    made = given_out()
    assert client.get("/verify/", {"code": made.code.lower()})["Location"] == f"/verify/{printed(made.code)}/"
    answer = client.get("/verify/", {"code": "O0O0"})
    assert answer.status_code == 400
    assert "没有字母I、L、O" in answer.content.decode()


def test_a_file_is_compared_and_not_kept(client):
    given_out(b"the original")
    before = sorted(Path(settings.DATA_DIR).rglob("*"))
    for content, said, status in ((b"the original", "没有改动过", 200), (b"the Original", "不是本网站提供的原件", 404)):
        answer = client.post("/verify/file/", {"file": SimpleUploadedFile("a.pdf", content)}, follow=True)
        assert answer.status_code == status
        assert said in answer.content.decode()
    assert sorted(Path(settings.DATA_DIR).rglob("*")) == before


def test_no_file_and_no_hash_are_explained(client):
    assert "没有选择文件" in client.post("/verify/file/").content.decode()
    assert client.get("/verify/file/abc/").status_code == 404


def test_a_file_is_checked_without_the_net_by_its_certificate(client):
    made = given_out(b"the original")
    statement = json.loads(client.get(f"/verify/{printed(made.code)}/certificate.json").content)
    key = client.get("/verify/public-key.pem").content
    assert check_offline(b"the original", statement, key) == "genuine"
    assert check_offline(b"another", statement, key) == "other_file"
    forged = {**statement, "files": [{"name": "a", "size": 7, "sha256": hashlib.sha256(b"another").hexdigest()}]}
    assert check_offline(b"another", forged, key) == "bad_signature"
    assert check_offline(b"another", {**forged, "signature": "?"}, key) == "bad_signature"


def test_a_file_is_checked_by_the_signed_list_of_the_day(client):
    given_out(b"old")
    given_out(b"new", OTHER)
    statement = json.loads(list_of(TODAY).read_text("utf-8"))
    key = signing.public_key()
    assert check_offline(b"old", statement, key) == "superseded"
    assert check_offline(b"new", statement, key) == "genuine"
    list_of(TODAY).unlink()


def test_what_is_no_statement_or_no_key_is_refused():
    with pytest.raises(ValueError, match="不是校验凭证"):
        check_offline(b"", {}, signing.public_key())
    with pytest.raises(ValueError, match=r"PEM|公钥"):
        check_offline(b"", {"kind": "gongkai-list"}, b"no key")


def test_the_private_key_is_its_owners_only():
    signing.public_key()
    assert stat.S_IMODE((Path(settings.DATA_DIR) / signing.KEY_FILE).stat().st_mode) == 0o600


def test_the_check_without_the_net_needs_no_installation():
    code = "import gongkai.office.audit.offline, sys; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False, env={"PYTHONPATH": "src"}).returncode == 0
