"""A file that holds personal data is ciphertext on the disk, and can be erased without a trace of anybody else's."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from gongkai.office.personal import files
from gongkai.office.personal.actions import rotate
from gongkai.office.personal.keys import KeyMissing, new_key
from tests.office.cast import NOW

PROOF = "居民身份证 孙申请人 990101199003077712".encode() * 50


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def test_what_was_kept_is_read_again_and_is_nowhere_readable_on_the_disk(media: Path) -> None:
    handle = files.keep(PROOF)
    assert files.read(handle) == PROOF
    written = [path for path in media.rglob("*") if path.is_file()]
    assert len(written) == 1
    assert b"990101199003077712" not in written[0].read_bytes()


def test_two_people_with_the_same_file_have_two_files(media: Path) -> None:
    one, other = files.keep(PROOF), files.keep(PROOF)
    files.remove(one)
    assert files.read(other) == PROOF
    with pytest.raises(files.FileGone, match="不在了"):
        files.read(one)


def test_erasing_twice_does_no_harm() -> None:
    handle = files.keep(PROOF)
    files.remove(handle)
    files.remove(handle)


def test_a_name_that_leads_elsewhere_is_no_name() -> None:
    with pytest.raises(ValueError, match="sealed file"):
        files.read("../../gongkai.sqlite3")


def test_rotation_seals_files_with_the_new_key(db: None, settings: Any) -> None:
    handle = files.keep(PROOF)
    settings.PERSONAL_KEYS = [new_key(), *settings.PERSONAL_KEYS]
    assert rotate(at=NOW) >= 1
    old = settings.PERSONAL_KEYS[1:]
    settings.PERSONAL_KEYS = settings.PERSONAL_KEYS[:1]
    assert files.read(handle) == PROOF
    settings.PERSONAL_KEYS = old
    with pytest.raises(KeyMissing):
        files.read(handle)
