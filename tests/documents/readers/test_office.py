import os
import shutil
import stat
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from gongkai.documents.model import Paragraph, Table
from gongkai.documents.readers import limits, office
from gongkai.documents.readers.office import read_office
from gongkai.documents.readers.refusing import CannotRead

RTF = rb"{\rtf1\ansi\ansicpg936 \u-26479?\u28330?\u21439?\par {\trowd\cellx1000\cellx2000\intbl 1\cell 2\cell\row}}"

needs_libreoffice = pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed here")


def code_of(data: bytes, kind: str) -> str:
    with pytest.raises(CannotRead) as caught:
        read_office(data, kind)
    return caught.value.refusal.code


def program(folder, script: str):
    """A stand-in for LibreOffice on the path."""
    path = folder / "soffice"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@needs_libreoffice
def test_a_rich_text_file_is_read_through_libreoffice(monkeypatch):
    monkeypatch.setattr(office, "STOPS_AFTER", 120)  # it starts anew, perhaps on a machine that does much else
    document = read_office(RTF, "rtf")
    assert document.format == "rtf"
    assert isinstance(document.blocks[0], Paragraph)
    assert document.blocks[0].text == "".join(chr(65536 - code) for code in (26479, 37206, 44097))
    assert isinstance(document.blocks[1], Table)


def test_without_libreoffice_the_refusal_says_what_to_install(monkeypatch):
    monkeypatch.setenv("PATH", "/nonexistent")
    with pytest.raises(CannotRead) as caught:
        read_office(b"x", "doc")
    assert caught.value.refusal.code == "NEEDS-LIBREOFFICE"
    assert "DOC" in caught.value.refusal.message
    assert "apt install libreoffice-writer" in caught.value.refusal.message


def test_a_file_that_libreoffice_cannot_convert_is_refused_as_damaged(tmp_path, monkeypatch):
    program(tmp_path, "exit 1")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    assert code_of(b"x", "doc") == "DAMAGED"


def test_a_conversion_that_hangs_is_ended_with_all_its_processes(tmp_path, monkeypatch):
    child = tmp_path / "child"
    program(tmp_path, f"sleep 600 & echo $! > {child}; wait")
    monkeypatch.setenv("PATH", str(tmp_path), prepend=os.pathsep)
    monkeypatch.setattr(office, "STOPS_AFTER", 0.1)
    start = subprocess.Popen

    def started(*command, **how):
        process = start(*command, **how)
        assert within_a_minute(lambda: child.exists() and child.read_text().endswith("\n"))
        return process

    monkeypatch.setattr(subprocess, "Popen", started)
    assert code_of(b"x", "doc") == "TOO-SLOW"
    assert within_a_minute(lambda: has_ended(int(child.read_text())))


def within_a_minute(happens: Callable[[], bool]) -> bool:
    """Whether something comes to be, however busy the machine is."""
    for _ in range(6000):
        if happens():
            return True
        time.sleep(0.01)
    return False


def has_ended(process: int) -> bool:
    """Whether a process is gone, or dead and only waiting to be noticed."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except (FileNotFoundError, ProcessLookupError):
        return True


def test_a_conversion_leaves_room_to_read_its_result():
    assert limits.SECONDS > office.STOPS_AFTER
