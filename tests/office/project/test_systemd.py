"""The systemd example: systemd understands it, and its command line is one that `gongkai` understands."""

from __future__ import annotations

import configparser
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from gongkai.cli.main import command_line
from tests.samples import REPOSITORY

UNIT = REPOSITORY / "deploy" / "systemd" / "gongkai.service"


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="no systemd-analyze here")
def test_systemd_finds_nothing_wrong_with_it(tmp_path: Path):
    """With a program, a folder and a user that this machine has."""
    text = UNIT.read_text("utf-8")
    for there, here in (
        ("/opt/gongkai/.venv/bin/gongkai", sys.executable),
        ("/opt/gongkai", str(tmp_path)),
        ("User=gongkai", "User=daemon"),
        ("Group=gongkai", "Group=daemon"),
    ):
        assert there in text
        text = text.replace(there, here)
    unit = tmp_path / UNIT.name
    unit.write_text(text, "utf-8")
    told = subprocess.run(
        ["systemd-analyze", "verify", str(unit)], capture_output=True, text=True, timeout=60, check=False
    )
    assert (told.returncode, [line for line in told.stderr.splitlines() if UNIT.name in line]) == (0, [])


def test_its_command_line_is_understood():
    unit = configparser.ConfigParser(strict=False, interpolation=None)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(UNIT, "utf-8")
    program, *arguments = shlex.split(unit["Service"]["ExecStart"])
    assert program.endswith("/bin/gongkai")
    understood = vars(command_line("zh").parse_args(arguments))
    assert (understood["host"], understood["port"]) == ("127.0.0.1", 8000)
