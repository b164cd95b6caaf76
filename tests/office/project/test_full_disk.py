"""A full disk: readers read on, what was accepted stays, what can't be saved is refused in words, and then it goes on."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import OperationalError, connection
from django.test import Client, RequestFactory

from gongkai.office.audit.queries import broken_places
from gongkai.office.project.disk import TellFullDisk, is_full
from gongkai.office.publishing.models import Item
from tests.office.cast import Cast, assemble
from tests.office.project.test_killed import assert_files_are_right, assert_whole
from tests.office.publishing.stage import published

SIZE_MB = 24


@pytest.fixture
def small_disk(committed: Path, tmp_path: Path, settings: Any) -> Iterator[Path]:
    """A file system of a few megabytes that holds the database and the public folder."""
    if connection.vendor != "sqlite":
        pytest.skip("the small disk holds a SQLite database")
    disk = tmp_path / "disk"
    disk.mkdir()
    mounting = ["mount", "-t", "tmpfs", "-o", f"size={SIZE_MB}m", "tmpfs", str(disk)]
    if os.geteuid() or subprocess.run(mounting, capture_output=True, check=False).returncode:
        pytest.skip("mounting a small disk needs root")
    connection.close()
    usual = connection.settings_dict["NAME"]
    (disk / "gongkai.sqlite3").write_bytes(Path(usual).read_bytes())
    connection.settings_dict["NAME"] = str(disk / "gongkai.sqlite3")
    settings.RENDERINGS_ROOT = disk / "public"
    try:
        yield disk
    finally:
        connection.close()
        connection.settings_dict["NAME"] = usual
        subprocess.run(["umount", str(disk)], check=False)


def fill(disk: Path) -> Path:
    """Take what space is left."""
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as file:
        for size in (1 << 16, 4096):
            try:
                while True:
                    file.write(b"\0" * size)
            except OSError:
                continue
    return filler


def publish_until_full(cast: Cast) -> tuple[list[str], OperationalError]:
    told: list[str] = []
    for number in range(200):
        try:
            told.append(str(published(cast, title=f"第{number}号通知").pk))
        except OperationalError as error:
            return told, error
    raise AssertionError("the disk is never full")


def test_nothing_accepted_is_lost_and_nothing_is_half_done(small_disk: Path):
    cast = assemble()
    first = published(cast, title="第1000号通知")
    page = Client().get(f"/item/{first.pk}/")
    filler = fill(small_disk)
    told, error = publish_until_full(cast)
    assert is_full(error)
    # Reading goes on, also of pages that can't be kept as files any more.
    assert Client().get(f"/item/{first.pk}/").content == page.content
    assert Client().get("/column/notices/").status_code == 200
    connection.close()
    filler.unlink()
    assert_whole([*told, str(first.pk)])
    assert_files_are_right()
    assert Item.objects.filter(published_at__isnull=False).count() == len(told) + 1
    after = published(cast, title="第2000号通知")
    assert Client().get(f"/item/{after.pk}/").status_code == 200
    assert list(broken_places()) == []


@pytest.mark.parametrize(
    "exception",
    [
        OperationalError("database or disk is full"),
        OperationalError('could not extend file "base/16384/2619": No space left on device'),
        OSError(28, "No space left on device"),
    ],
)
def test_who_was_at_work_is_told_in_words(exception: Exception):
    answer = TellFullDisk(lambda request: None).process_exception(RequestFactory().get("/desk/"), exception)
    assert answer.status_code == 507
    assert "没有保存" in answer.content.decode()
    assert "管理员" in answer.content.decode()


def test_other_failures_go_their_usual_way():
    tell = TellFullDisk(lambda request: None)
    for exception in (OperationalError("database is locked"), OSError(2, "No such file"), ValueError("disk is full")):
        assert tell.process_exception(RequestFactory().get("/desk/"), exception) is None
