import errno
import os
from pathlib import Path

import pytest

from gongkai.cli.console import Stop
from gongkai.cli.output import written_whole


def write_half(out: Path, error: Exception) -> None:
    with written_whole(str(out)) as path:
        path.write_text("半个")
        raise error


def test_a_finished_file_takes_its_place(tmp_path):
    with written_whole(str(tmp_path / "out.txt")) as path:
        path.write_text("完成")
    assert (tmp_path / "out.txt").read_text() == "完成"
    assert os.listdir(tmp_path) == ["out.txt"]


def test_a_new_file_gets_the_usual_permissions(tmp_path):
    with written_whole(str(tmp_path / "out.txt")) as path:
        path.write_text("完成")
    (tmp_path / "plain").write_text("")
    assert (tmp_path / "out.txt").stat().st_mode == (tmp_path / "plain").stat().st_mode


def test_an_error_leaves_what_was_there_before(tmp_path):
    out = tmp_path / "out.txt"
    out.write_text("旧的")
    with pytest.raises(RuntimeError):
        write_half(out, RuntimeError())
    assert out.read_text() == "旧的"
    assert os.listdir(tmp_path) == ["out.txt"]


def test_a_full_disk_is_told_and_leaves_no_half_file(tmp_path):
    with pytest.raises(Stop) as stopped:
        write_half(tmp_path / "out.txt", OSError(errno.ENOSPC, "No space left on device"))
    assert "磁盘已满" in stopped.value.chinese
    assert "disk is full" in stopped.value.english
    assert os.listdir(tmp_path) == []


def test_a_missing_folder_is_told(tmp_path):
    with pytest.raises(Stop) as stopped, written_whole(str(tmp_path / "none" / "out.txt")):
        pass
    assert "文件夹不存在" in stopped.value.chinese


def test_a_folder_is_no_output(tmp_path):
    with pytest.raises(Stop, match="是文件夹"), written_whole(str(tmp_path)):
        pass


def test_the_file_being_read_is_not_overwritten_even_through_a_link(tmp_path):
    original = tmp_path / "report.html"
    original.write_text("原件")
    link = tmp_path / "link.html"
    link.symlink_to(original)
    with pytest.raises(Stop, match="原件不能覆盖"), written_whole(str(link), sources=(str(original),)):
        pass
    assert original.read_text() == "原件"


def test_a_device_gets_the_bytes_and_stays_a_device(tmp_path):
    with written_whole(os.devnull) as path:
        path.write_text("无处可去")
    assert not Path(os.devnull).is_file()


def test_a_dash_is_standard_output(capfd):
    with written_whole("-") as path:
        path.write_text("输出")
    assert capfd.readouterr().out == "输出"
