import json

from gongkai.cli.main import main
from tests.cli.report.made import made_file


def test_changes_and_findings_are_shown_and_a_broken_carry_over_ends_with_1(tmp_path, capsys):
    last = made_file(tmp_path, "2021.json", year=2021, applications__carried_forward__total=3)
    this = made_file(tmp_path, "2022.json", year=2022, art20_1__normative_documents__issued=5)
    assert main(["report", "compare", str(last), str(this)]) == 1
    answer = capsys.readouterr().out
    assert "2021年" in answer
    assert "+5" in answer
    assert "X-CARRY-TOTAL" in answer


def test_reports_that_agree_end_with_0(tmp_path, capsys):
    last, this = (made_file(tmp_path, f"{year}.json", year=year) for year in (2021, 2022))
    assert main(["report", "compare", str(last), str(this), "--format", "json"]) == 0
    answer = json.loads(capsys.readouterr().out)
    assert (answer["previous"]["year"], answer["current"]["year"]) == (2021, 2022)
    assert answer["refused"] is None
    assert all(change["difference"] == 0 for change in answer["changes"])


def test_a_report_that_cannot_be_read_is_named_and_ends_with_2(tmp_path, capsys):
    this = made_file(tmp_path)
    missing = str(tmp_path / "none.html")
    assert main(["report", "compare", missing, str(this)]) == 2
    assert missing in capsys.readouterr().err
    assert main(["report", "compare", missing, str(this), "--format", "json"]) == 2
    answer = json.loads(capsys.readouterr().out)
    assert answer["file"] == missing
    assert answer["refused"]["code"]
