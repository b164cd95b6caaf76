import io
import json
import sys

import pytest

from gongkai.cli.main import main
from gongkai.cli.text import columns
from tests.cli.report.made import made_file
from tests.samples import EXAMPLE

FAULTY = {"remedies__cases__reconsideration_upheld": 10, "remedies__cases__reconsideration_corrected": 1}
"""行政复议 10 + 1 + 0 + 0 against a printed total of 0."""


def read_json(capsys, *arguments: str):
    status = main(["report", "read", *arguments, "--format", "json"])
    return status, json.loads(capsys.readouterr().out)


def test_a_clean_report_ends_with_0(capsys):
    status, answer = read_json(capsys, str(EXAMPLE))
    assert status == 0
    assert (answer["schema"], answer["year"], answer["edition"]) == (1, 2020, "2019")
    assert answer["agency"] == "青溪县人民政府办公室"
    assert answer["refused"] is None
    assert [finding for finding in answer["findings"] if finding["severity"] == "error"] == []


def test_every_cell_and_the_claims_of_the_example_are_read(capsys):
    _, answer = read_json(capsys, str(EXAMPLE))
    assert len(answer["cells"]) == 198
    assert {cell["state"] for cell in answer["cells"].values()} == {"number"}
    values = {address: cell["value"] for address, cell in answer["cells"].items() if cell["value"]}
    assert values == {
        "art20_1.normative_documents.newly_made": 8,
        "art20_1.normative_documents.newly_disclosed": 8,
        "art20_1.normative_documents.total_disclosed": 314,
        "art20_9.centralized_procurement.project_count": 1,
        "art20_9.centralized_procurement.total_amount_wan": 9.46,
        "applications.new_received.natural_person": 2,
        "applications.new_received.total": 2,
        "applications.granted.natural_person": 2,
        "applications.granted.total": 2,
        "applications.results_total.natural_person": 2,
        "applications.results_total.total": 2,
    }
    claimed = {claim["value"] for claim in answer["narrative"]["claims"]}
    assert {5687, 618, 801, 10, 64, 353, 147, 126048, 383, 26, 2, 8} <= claimed


def test_an_error_finding_ends_with_1_and_names_the_total_last(tmp_path, capsys):
    status, answer = read_json(capsys, str(made_file(tmp_path, **FAULTY)))
    assert status == 1
    (finding,) = (finding for finding in answer["findings"] if finding["severity"] == "error")
    assert finding["code"] == "REM-RECONSIDERATION"
    assert finding["cells"][-1] == "remedies.cases.reconsideration_total"
    assert (finding["left"], finding["right"]) == (11, 0)


def test_a_refused_file_ends_with_2_and_the_whole_object(tmp_path, capsys):
    status, answer = read_json(capsys, str(tmp_path / "none.html"))
    assert status == 2
    assert answer["cells"] == {}
    assert set(answer["refused"]) == {"code", "message"}


def test_a_refusal_goes_to_standard_error_as_words(tmp_path, capsys):
    assert main(["report", "read", str(tmp_path / "none.html")]) == 2
    answer = capsys.readouterr()
    assert answer.out == ""
    assert "找不到这个文件" in answer.err


def test_messages_are_english_under_lang_c(tmp_path, capsys, monkeypatch):
    monkeypatch.setenv("LANG", "C")
    assert main(["report", "read", str(made_file(tmp_path, **FAULTY))]) == 1
    answer = capsys.readouterr().out
    assert "✗ error REM-RECONSIDERATION" in answer
    assert "upheld" in answer


def test_agency_and_year_can_be_given(tmp_path, capsys):
    text = EXAMPLE.read_text("utf-8").partition("\n")[2].replace("青溪县", "").replace("2020", "")
    nameless = tmp_path / "nameless.txt"
    nameless.write_text(text, "utf-8")
    _, answer = read_json(capsys, str(nameless), "--agency", "青溪县财政局", "--year", "2019")
    assert (answer["agency"], answer["year"]) == ("青溪县财政局", 2019)


def test_last_year_s_report_brings_the_rules_across_years(tmp_path, capsys):
    last = made_file(tmp_path, "2021.json", year=2021, applications__carried_forward__total=3)
    this = made_file(tmp_path, "2022.json", year=2022)
    _, answer = read_json(capsys, str(this), "--previous", str(last))
    assert "X-CARRY-TOTAL" in {finding["code"] for finding in answer["findings"]}


def test_last_year_s_report_must_be_readable(tmp_path, capsys):
    assert main(["report", "read", str(made_file(tmp_path)), "--previous", str(tmp_path / "none")]) == 2
    assert "上年报告" in capsys.readouterr().err


def test_standard_input_is_read(capsys, monkeypatch):
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(EXAMPLE.read_bytes())))
    status, answer = read_json(capsys, "-")
    assert (status, answer["year"]) == (0, 2020)


@pytest.mark.parametrize("width", [40, 60, 80, 100, 200])
def test_the_table_view_fits_the_terminal(tmp_path, capsys, monkeypatch, width):
    monkeypatch.setenv("COLUMNS", str(width))
    main(["report", "read", str(made_file(tmp_path, **FAULTY))])
    assert max(columns(line) for line in capsys.readouterr().out.splitlines()) <= width


def test_the_table_view_marks_the_failing_total_and_lists_the_finding(tmp_path, capsys):
    main(["report", "read", str(made_file(tmp_path, **FAULTY))])
    answer = capsys.readouterr().out
    (remedies,) = (line for line in answer.splitlines() if line.startswith("行政复议  "))
    assert remedies.split() == ["行政复议", "10", "1", "0", "0", "0✗"]
    assert "✗ 错误 REM-RECONSIDERATION" in answer
    assert "11" in answer.split("REM-RECONSIDERATION")[1]


def test_what_is_no_number_is_shown_as_what_it_is_and_explained(tmp_path, capsys):
    cells = {
        "art20_1__rules__issued": "/",
        "art20_1__rules__repealed": "",
        "art20_1__rules__in_force": "?",
    }
    main(["report", "read", str(made_file(tmp_path, **cells))])
    answer = capsys.readouterr().out
    (rules,) = (line for line in answer.splitlines() if line.startswith("规章"))
    assert rules.split()[1:] == ["/", "空", "?"] or [mark.rstrip("!✗·") for mark in rules.split()[1:]] == [
        "/",
        "空",
        "?",
    ]
    assert "空 = 印出而未填" in answer
    assert "? = 读不出" in answer


def test_the_table_view_shows_claims_with_their_figure_and_place(capsys):
    main(["report", "read", str(EXAMPLE)])
    answer = capsys.readouterr().out
    (claim,) = (line for line in answer.splitlines() if line.strip().startswith("5687条"))
    assert "5687" in claim
    assert "第" in claim
    assert "✓ 主动公开" in answer
