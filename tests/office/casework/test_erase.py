"""When the time to keep a case is over, what tells who applied goes; what is counted stays. Before that, a copy for its owner."""

from __future__ import annotations

import io
import json
import zipfile
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.casework import actions
from gongkai.office.casework.actions.erase import due_for_erasure, erase
from gongkai.office.casework.belonging import sealed_of
from gongkai.office.casework.models import Application
from gongkai.office.casework.personal_copy import applications_of, package
from gongkai.office.casework.tracking import by_number_and_code
from gongkai.office.personal import files as sealed
from gongkai.office.personal.actions import sealed_fields
from tests.office.casework.visitor import IDENTITY, apply, photo
from tests.office.cast import Cast


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def closed(cast: Cast) -> Application:
    made = apply(Client(), identity_files=[SimpleUploadedFile("身份证.png", photo())])
    at = timezone.now()
    actions.withdraw(made, words="不需要了", on=timezone.localdate(at), at=at)
    made.refresh_from_db()
    return made


def test_nothing_sealed_is_left_and_the_files_are_gone(
    closed: Application, django_capture_on_commit_callbacks: Any
) -> None:
    code, number = closed.query_code, closed.number
    handles = list(closed.files.values_list("handle", flat=True))
    assert all(sealed.path_of(handle).exists() for handle in handles)
    with django_capture_on_commit_callbacks(execute=True):
        assert erase(closed, reason="保存期限届满", at=timezone.now()) > 10
    for each in sealed_of(closed):
        for row in each.rows:
            assert all(not getattr(row, name) for name in each.fields), each.model
    assert len(handles) == 1
    assert not sealed.path_of(handles[0]).exists()
    assert by_number_and_code(number, code) is None
    assert not applications_of(IDENTITY).exists()


def test_what_is_counted_stays(closed: Application) -> None:
    kept = ("number", "channel", "applicant_column", "submitted_on", "state", "closed_on", "summary", "organ_id")
    before = {name: getattr(closed, name) for name in kept}
    erase(closed, reason="保存期限届满", at=timezone.now())
    closed.refresh_from_db()
    assert {name: getattr(closed, name) for name in kept} == before
    assert closed.events.count() == 2


def test_the_log_says_that_it_was_done_and_why(closed: Application) -> None:
    erase(closed, reason="申请人要求，已经负责人同意", at=timezone.now(), by="A006")
    entry = Entry.objects.latest("sequence")
    assert (entry.act, entry.actor, entry.citation) == ("casework.erased", "A006", "personal-information-2021#47")
    assert entry.detail["reason"] == "申请人要求，已经负责人同意"


def test_an_open_case_can_t_be_erased_and_none_twice_or_without_a_reason(cast: Cast, closed: Application) -> None:
    with pytest.raises(Refused, match="还没有办结"):
        erase(apply(Client()), reason="保存期限届满", at=timezone.now())
    with pytest.raises(Refused, match="理由"):
        erase(closed, reason=" ", at=timezone.now())
    erase(closed, reason="保存期限届满", at=timezone.now())
    with pytest.raises(Refused, match="已经"):
        erase(closed, reason="保存期限届满", at=timezone.now())


@pytest.mark.parametrize(
    ("closed_on", "on", "is_due"),
    [
        (date(2015, 5, 5), date(2025, 5, 5), False),
        (date(2015, 5, 5), date(2025, 5, 6), True),
        (date(2016, 2, 29), date(2026, 2, 28), False),
        (date(2016, 2, 29), date(2026, 3, 1), True),
        (date(2014, 2, 28), date(2024, 2, 29), True),
    ],
)
def test_the_time_to_keep_is_over_after_so_many_whole_years(
    closed: Application, settings: Any, closed_on: date, on: date, is_due: bool
) -> None:
    settings.CASE_RETENTION_YEARS = 10
    Application.objects.filter(pk=closed.pk).update(closed_on=closed_on)
    assert due_for_erasure(on=on).exists() is is_due


def test_every_sealed_field_of_the_room_belongs_to_a_case(closed: Application) -> None:
    reached = {each.model for each in sealed_of(closed)}
    room = {model for model, _ in sealed_fields() if model._meta.app_label == "casework"}
    assert room - reached == {model for model in room if "draft" in model._meta.model_name}


def test_an_applicant_gets_a_copy_of_everything_and_the_look_is_on_record(closed: Application) -> None:
    found = list(applications_of(IDENTITY))
    assert found == [closed]
    with zipfile.ZipFile(io.BytesIO(package(found, by="A006", purpose="本人申请复制", at=timezone.now()))) as archive:
        names = archive.namelist()
        said = json.loads(archive.read("1/申请.json"))
        assert photo() in [archive.read(name) for name in names]
    assert said["编号"] == closed.number
    assert {"姓名或者名称", "证件号码"} <= set(said["个人信息"][0])
    assert Entry.objects.latest("sequence").act == "personal.export"


def test_the_commands_list_first_and_write_for_the_owner_alone(
    closed: Application, tmp_path: Path, capsys: Any
) -> None:
    call_command("personal_erase", "--number", closed.number)
    assert "不能恢复" in capsys.readouterr().out
    closed.refresh_from_db()
    assert closed.erased_at is None
    to = tmp_path / "copy.zip"
    call_command(
        "personal_export", "--number", closed.number, "--purpose", "本人申请复制", "--by", "A006", "-o", str(to)
    )
    assert to.stat().st_mode & 0o077 == 0
    with pytest.raises(CommandError, match="没有覆盖"):
        call_command("personal_export", "--number", closed.number, "--purpose", "复制", "--by", "A006", "-o", str(to))
    call_command("personal_erase", "--number", closed.number, "--yes")
    with pytest.raises(CommandError, match="没有找到"):
        call_command("personal_export", "--number", closed.number, "--purpose", "复制", "--by", "A006", "-o", "x.zip")
