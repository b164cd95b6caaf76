"""Static files are collected when they are others, whatever time they carry."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import pytest

from gongkai.office.project import preparing


@pytest.fixture
def program(settings: Any, tmp_path: Path) -> Path:
    """The static files of a program, which here has one."""
    source = tmp_path / "program"
    source.mkdir()
    (source / "desk.css").write_text("body { color: black }")
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS = [source]
    settings.STATIC_ROOT = tmp_path / "static"
    return source


def collected(settings: Any) -> list[str]:
    return [path.read_text() for path in Path(settings.STATIC_ROOT).glob("desk*.css")]


def test_they_are_collected_once_and_again_when_they_are_gone(program: Path, settings: Any) -> None:
    assert preparing.collect_static_files()
    assert preparing.static_files_are_current()
    assert not preparing.collect_static_files()
    (Path(settings.STATIC_ROOT) / ".made-from").unlink()
    assert preparing.collect_static_files()


def test_a_newer_program_with_older_files_is_collected_too(program: Path, settings: Any) -> None:
    preparing.collect_static_files()
    (program / "desk.css").write_text("body { color: white }")
    (program / "keys.js").write_text("'use strict'")
    for each in program.iterdir():
        os.utime(each, (1_000_000_000, 1_000_000_000))
    assert not preparing.static_files_are_current()
    assert preparing.collect_static_files()
    assert set(collected(settings)) == {"body { color: white }"}
    assert (Path(settings.STATIC_ROOT) / "keys.js").exists()
