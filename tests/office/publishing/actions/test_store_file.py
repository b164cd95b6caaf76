"""Attachments: kept once, read, and public only with their item."""

from __future__ import annotations

from pathlib import Path

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing import actions, files
from gongkai.office.publishing.models import StoredFile
from gongkai.office.publishing.refusals import CheckFailed
from tests.office.cast import NOW, Cast
from tests.office.publishing import papers
from tests.office.publishing.stage import drafted, later, shown


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


def store(cast: Cast, data: bytes, name: str):
    return actions.store_file(cast.education, [data], name, by=cast.editor, at=NOW)


def test_a_file_is_kept_under_its_hash_with_its_text(cast: Cast):
    attached = store(cast, papers.docx("食堂管理台账样表"), "附件1.docx")
    assert files.path_of(attached.sha256).read_bytes()[:2] == b"PK"
    row = StoredFile.objects.get(pk=attached.sha256)
    assert "食堂管理台账样表" in row.text
    assert (row.refusal, row.traces) == ("", {})
    assert attached.name == "附件1.docx"


def test_the_same_content_is_kept_once(cast: Cast, tmp_path: Path):
    data = papers.docx()
    assert store(cast, data, "甲.docx").sha256 == store(cast, data, "乙.docx").sha256
    assert StoredFile.objects.count() == 1
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_a_refused_file_leaves_nothing_behind(cast: Cast, tmp_path: Path):
    for data, name in ((b"MZ", "a.exe"), (b"", "a.txt"), (b"<html>", "a.txt")):
        with pytest.raises(Refused):
            store(cast, data, name)
    assert not StoredFile.objects.exists()
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_a_file_that_is_too_large_is_not_written_to_its_end(
    cast: Cast, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(files, "LARGEST", 10)
    with pytest.raises(Refused, match="MB"):
        actions.store_file(cast.education, (b"12345" for _ in range(10**9)), "a.txt", by=cast.editor, at=NOW)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_only_an_editor_of_the_agency_stores_files(cast: Cast):
    with pytest.raises(Refused, match="信息编辑"):
        actions.store_file(cast.education, [papers.docx()], "a.docx", by=cast.outsider, at=NOW)


@pytest.mark.parametrize(
    ("data", "name", "code", "severity"),
    [
        (papers.docx("联系电话13812345678"), "a.docx", "ITEM-MOBILE", "error"),
        (papers.docx(author="王某"), "a.docx", "FILE-AUTHOR", "warning"),
        (papers.xlsx(hidden_sheet=True), "a.xlsx", "FILE-HIDDEN", "error"),
        (papers.xlsx(comment="待核"), "a.xlsx", "FILE-COMMENTS", "error"),
        (papers.picture(), "a.jpg", "FILE-UNCHECKED", "warning"),
        (papers.docx()[:-400], "a.docx", "", ""),
    ],
)
def test_what_a_file_tells_is_said_before_review(cast: Cast, data: bytes, name: str, code: str, severity: str):
    if not code:
        with pytest.raises(Refused, match="打不开"):
            store(cast, data, name)
        return
    item = drafted(cast, attachments=(store(cast, data, name),))
    with pytest.raises(CheckFailed) as refused:
        actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(1))
    found = {each.code: each.severity for each in (*refused.value.findings, *refused.value.unexplained)}
    assert found.get(code) == severity


def test_a_file_that_is_no_longer_in_the_store_is_said_before_review(cast: Cast):
    from gongkai.office.publishing.content import AttachedFile

    item = drafted(cast, attachments=(AttachedFile("f" * 64, "丢了.pdf"),))
    with pytest.raises(CheckFailed, match="找不到"):
        actions.submit(item, content_hash=shown(item), by=cast.editor, at=later(1))
