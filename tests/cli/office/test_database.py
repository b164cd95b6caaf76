"""A command that needs the office's database says what to do where there is none."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

REFUSED = 2


@pytest.mark.parametrize("command", [["verify"], ["report", "compile", "--year", "2020", "-o", "report"]])
def test_without_a_database_it_says_so_and_makes_none(tmp_path: Path, command: list[str]) -> None:
    environment = {**os.environ, "GONGKAI_DATA": str(tmp_path / "data"), "LANG": "zh_CN.UTF-8"}
    for ours in ("DATABASE_URL", "DJANGO_SETTINGS_MODULE"):
        environment.pop(ours, None)
    told = subprocess.run(
        [sys.executable, "-c", "import sys; from gongkai.cli.main import main; sys.exit(main())", *command],
        env=environment,
        cwd=tmp_path,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert told.returncode == REFUSED
    assert "数据库还没有建立" in told.stderr
    assert "gongkai serve" in told.stderr
    assert "Traceback" not in told.stderr
    assert not (tmp_path / "report").exists()
