"""What the README tells a newcomer to type does what it says."""

import re
import shlex
from pathlib import Path

import pytest

from gongkai.cli.main import main
from tests.samples import REPOSITORY

README = (REPOSITORY / "README.md").read_text("utf-8")
COMMANDS = re.findall(r"^\$ \.venv/bin/gongkai (.+)$", README, re.M)


def test_the_readme_shows_how_to_read_check_render_and_count_days():
    assert [command.split()[0:2] for command in COMMANDS] == [
        ["report", "read"],
        ["report", "check"],
        ["report", "render"],
        ["due", "docs/example/application.toml"],
    ]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_of_the_readme_runs_as_it_stands(
    command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys
):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "docs").symlink_to(REPOSITORY / "docs")
    assert main(shlex.split(command, comments=True)) == 0
    assert capsys.readouterr().out or [path for path in tmp_path.iterdir() if path.is_file()]


def test_the_make_targets_of_the_readme_and_of_contributing_are_there():
    told = set(re.findall(r"(?:\$ |`)make ([a-z-]+)", README + (REPOSITORY / "CONTRIBUTING.md").read_text("utf-8")))
    there = set(re.findall(r"^([a-z-]+):.*## ", (REPOSITORY / "Makefile").read_text("utf-8"), re.M))
    assert told <= there
