import os
from pathlib import Path

import pytest

from gongkai.documents.writers.whole import whole


def write_half(path: Path) -> None:
    with whole(path) as unfinished:
        unfinished.write_text("半个")
        raise RuntimeError


def test_a_finished_file_takes_its_place(tmp_path: Path) -> None:
    with whole(tmp_path / "a.txt") as unfinished:
        unfinished.write_text("完成")
        assert not (tmp_path / "a.txt").exists()
    assert (tmp_path / "a.txt").read_text() == "完成"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_an_error_leaves_what_was_there_before_and_no_rest(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("旧的")
    with pytest.raises(RuntimeError):
        write_half(path)
    assert path.read_text() == "旧的"
    assert os.listdir(tmp_path) == ["a.txt"]


def test_a_new_file_has_the_permissions_that_any_new_file_has(tmp_path: Path) -> None:
    with whole(tmp_path / "a.txt"):
        pass
    (tmp_path / "plain").touch()
    assert (tmp_path / "a.txt").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_a_file_that_is_replaced_keeps_its_permissions(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.touch()
    path.chmod(0o640)
    with whole(path) as unfinished:
        unfinished.write_text("新的")
    assert path.stat().st_mode & 0o777 == 0o640


def test_a_link_stays_a_link(tmp_path: Path) -> None:
    original, link = tmp_path / "a.txt", tmp_path / "link.txt"
    original.touch()
    link.symlink_to(original)
    with whole(link) as unfinished:
        unfinished.write_text("新的")
    assert link.is_symlink()
    assert original.read_text() == "新的"


def test_where_nothing_can_be_written_the_work_is_not_begun(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError), whole(tmp_path / "none" / "a.txt"):
        pytest.fail("begun")
