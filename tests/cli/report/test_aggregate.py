import csv
import json

import pytest

from gongkai.cli.main import main
from tests.cli.report.made import made_file


@pytest.fixture
def folder(tmp_path):
    for number, agency in enumerate(("青溪县教育局", "青溪县财政局", "青溪县水利局"), 1):
        made_file(
            tmp_path,
            f"reports/{number}.json",
            agency=agency,
            art20_1__normative_documents__issued=number,
            art20_1__normative_documents__in_force=number,
        )
    return tmp_path / "reports"


def aggregate(folder, out, *more: str) -> int:
    return main(["report", "aggregate", str(folder), "-o", str(out), "--jobs", "1", *more])


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_folder_becomes_a_table_with_one_row_a_report(folder, tmp_path, capsys, jobs):
    out = tmp_path / "table.csv"
    assert aggregate(folder, out, "--jobs", jobs) == 0
    with out.open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.reader(stream))
    assert {"青溪县教育局", "青溪县财政局", "青溪县水利局"} <= {text for row in rows for text in row}
    assert "行政规范性文件" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["csv", "xlsx", "parquet"])
def test_the_name_of_the_table_tells_its_format(folder, tmp_path, ending):
    out = tmp_path / f"table.{ending}"
    assert aggregate(folder, out) == 0
    starts = {"csv": "\ufeff".encode(), "xlsx": b"PK", "parquet": b"PAR1"}
    assert out.read_bytes().startswith(starts[ending])


def test_totals_are_in_the_json(folder, tmp_path, capsys):
    assert aggregate(folder, tmp_path / "t.csv", "--format", "json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["reports"] == 3
    assert answer["totals"]["2021"]["art20_1.normative_documents.issued"]["total"] == 6
    assert answer["refused_files"] == []


def test_an_agency_that_is_expected_and_missing_is_named(folder, tmp_path, capsys):
    names = tmp_path / "expected.txt"
    names.write_text("# 县直部门\n青溪县教育局\n青溪县审计局\n\n", "utf-8")
    aggregate(folder, tmp_path / "t.csv", "--expected", str(names), "--format", "json")
    assert json.loads(capsys.readouterr().out)["missing"] == ["青溪县审计局"]


def test_a_file_that_cannot_be_read_is_named_and_the_others_are_added_up(folder, tmp_path, capsys):
    (folder / "4.txt").touch()
    assert aggregate(folder, tmp_path / "t.csv") == 2
    answer = capsys.readouterr().out
    assert "4.txt  EMPTY" in answer
    assert (tmp_path / "t.csv").exists()


def test_a_report_with_errors_ends_with_1(folder, tmp_path):
    made_file(folder, "5.json", agency="青溪县林业局", remedies__cases__reconsideration_upheld=10)
    assert aggregate(folder, tmp_path / "t.csv") == 1


def test_an_unknown_ending_is_told_before_anything_is_read(folder, tmp_path, capsys):
    assert aggregate(folder, tmp_path / "t.ods") == 2
    assert ".csv、.xlsx、.parquet" in capsys.readouterr().err


def test_a_folder_of_unreadable_files_writes_no_table(tmp_path, capsys):
    (tmp_path / "1.txt").touch()
    assert aggregate(tmp_path, tmp_path / "t.csv") == 2
    assert not (tmp_path / "t.csv").exists()
    assert "gongkai report check" in capsys.readouterr().err
