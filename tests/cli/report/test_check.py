import json
import os
import signal

import pytest

from gongkai.cli.main import main
from gongkai.cli.report import check
from tests.cli.report.made import made_file
from tests.samples import EXAMPLE

FAULTY = {"remedies__cases__reconsideration_upheld": 10}


def check_json(capsys, *arguments: str):
    status = main(["report", "check", *arguments, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


@pytest.fixture
def folder(tmp_path):
    made_file(tmp_path, "a.json")
    made_file(tmp_path, "b.json", **FAULTY)
    return tmp_path


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_is_checked_in_order_and_the_worst_decides(folder, capsys, jobs):
    status, entries = check_json(capsys, str(folder), "--jobs", jobs)
    assert status == 1
    assert [os.path.basename(entry["file"]) for entry in entries] == ["a.json", "b.json"]
    assert [any(f["severity"] == "error" for f in entry["findings"]) for entry in entries] == [False, True]
    (folder / "c.txt").write_text("")
    status, entries = check_json(capsys, str(folder), "--jobs", jobs)
    assert status == 2
    assert entries[2]["refused"]["code"] == "EMPTY"


def test_an_entry_has_the_documented_fields_only(folder, capsys):
    _, entries = check_json(capsys, str(folder / "a.json"))
    assert [list(entry) for entry in entries] == [
        ["file", "schema", "year", "agency", "edition", "findings", "refused"]
    ]


def test_json_has_one_line_a_file(folder, capsys):
    main(["report", "check", str(folder), "--format", "json", "--jobs", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert [json.loads(line.lstrip("[,"))["year"] for line in lines[:-1]] == [2022, 2022]
    assert lines[-1] == "]"


def test_people_see_one_line_a_file_its_findings_and_a_summary(folder, capsys):
    main(["report", "check", str(folder), "--jobs", "1"])
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith(f"✓ {folder}/a.json  青溪县教育局  2022年  2021年版格式")
    assert any(line.startswith(f"✗ {folder}/b.json") and "错误 1" in line for line in lines)
    assert any(line.startswith("    ✗ 错误 REM-RECONSIDERATION") for line in lines)
    assert lines[-1].startswith("共 2 份：1 份没有错误，1 份有错误，0 份不能读取。")


def test_one_file_has_no_summary(folder, capsys):
    main(["report", "check", str(folder / "a.json")])
    assert "共 1 份" not in capsys.readouterr().out


def test_previous_goes_with_one_file_only(folder, capsys):
    assert main(["report", "check", str(folder), "--previous", str(folder / "a.json")]) == 2
    assert "--previous" in capsys.readouterr().err
    made_file(folder, "2021.json", year=2021, applications__carried_forward__total=3)
    status, (entry,) = check_json(capsys, str(folder / "a.json"), "--previous", str(folder / "2021.json"))
    assert status == 1
    assert "X-CARRY-TOTAL" in {finding["code"] for finding in entry["findings"]}


def test_a_folder_without_reports_ends_with_2(tmp_path, capsys):
    assert main(["report", "check", str(tmp_path)]) == 2
    assert "没有报告文件" in capsys.readouterr().err


LOOKED_AT = check._looked_at


def killed_by_b(file, **options):
    if file.endswith("b.json"):
        os.kill(os.getpid(), signal.SIGKILL)
    return LOOKED_AT(file, **options)


def test_a_file_that_kills_its_process_is_refused_and_the_others_are_checked(folder, capsys, monkeypatch):
    monkeypatch.setattr(check, "_looked_at", killed_by_b)
    status, entries = check_json(capsys, str(folder), "--jobs", "2")
    assert status == 2
    assert [entry["refused"] and entry["refused"]["code"] for entry in entries] == [None, "CRASHED"]


def test_copied_words_are_found_among_the_reports_of_a_folder(tmp_path, capsys):
    words = EXAMPLE.read_text(encoding="utf-8")
    (tmp_path / "a.txt").write_text(words, encoding="utf-8")
    (tmp_path / "b.txt").write_text(words.replace("青溪县人民政府办公室", "青溪县水务局"), encoding="utf-8")
    _, alone = check_json(capsys, str(tmp_path))
    _, compared = check_json(capsys, str(tmp_path), "--siblings", str(tmp_path), "--jobs", "2")
    assert not any(finding["code"].startswith("COPY") for entry in alone for finding in entry["findings"])
    for entry, other in zip(compared, ("b.txt", "a.txt"), strict=True):
        copies = [finding for finding in entry["findings"] if finding["code"] == "COPY-REPORT"]
        assert len(copies) == 1
        assert other in copies[0]["message"]
