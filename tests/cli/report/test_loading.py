import io
import json
import sys
from pathlib import Path

import pytest

from gongkai.cli.report import loading
from gongkai.cli.report.loading import Source, load, opened
from gongkai.documents.model import Refusal
from tests.cli.report.made import made_file, made_report


def loaded(path: Path):
    return load(Source(str(path), path))


def test_what_this_tool_wrote_as_json_is_read_again(tmp_path):
    assert loaded(made_file(tmp_path, applications__granted__total=3)) == made_report(applications__granted__total=3)


def test_json_is_known_by_its_content_not_by_its_name(tmp_path):
    path = made_file(tmp_path).rename(tmp_path / "report.txt")
    assert loaded(path) == made_report()


@pytest.mark.parametrize("text", ["{", '{"schema": 1}', "[]", '{"a": ' * 100_000, "{\udcff"])
def test_other_json_is_left_to_the_readers_which_refuse_what_is_no_report(tmp_path, text):
    path = tmp_path / "other.json"
    path.write_text(text, encoding="utf-8", errors="surrogateescape")
    assert isinstance(loaded(path), Refusal)


@pytest.mark.parametrize("text", ['{"schema": 2, "cells": {}}', '{"schema": 1, "cells": {"a": 1}}'])
def test_a_damaged_report_as_json_is_refused(tmp_path, text):
    path = tmp_path / "damaged.json"
    path.write_text(text)
    assert loaded(path).code == "JSON-FOREIGN"


def test_a_refused_report_as_json_is_no_report(tmp_path):
    path = tmp_path / "refused.json"
    path.write_text(json.dumps({"schema": 1, "cells": {}, "refused": {"code": "SCAN", "message": "…"}}))
    assert loaded(path).code == "JSON-FOREIGN"


def test_a_missing_file_and_a_folder_are_refused_with_what_to_do(tmp_path):
    assert isinstance(loaded(tmp_path / "none.html"), Refusal)
    folder = loaded(tmp_path)
    assert folder.code == "FOLDER"
    assert f"gongkai report check {tmp_path}" in folder.message


def test_a_defect_of_the_program_is_a_refusal_that_names_it(tmp_path, monkeypatch):
    def broken(_source):
        raise ZeroDivisionError

    monkeypatch.setattr(loading, "_from_paper", broken)
    refusal = loaded(tmp_path / "report.html")
    assert refusal.code == "FAULT"
    assert "ZeroDivisionError" in refusal.message
    assert "ZeroDivisionError" in refusal.message_en


def test_standard_input_is_read_as_a_file_and_leaves_none_behind(monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO("一、总体情况".encode())))
    with opened("-") as source:
        assert source.path.read_text("utf-8") == "一、总体情况"
    assert not source.path.exists()
