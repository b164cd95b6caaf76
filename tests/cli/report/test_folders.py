import pytest

from gongkai.cli.console import Stop
from gongkai.cli.report.folders import report_files


def test_a_folder_stands_for_the_reports_below_it_in_order(tmp_path):
    for name in ("b/2.PDF", "b/1.docx", "a.html", "photo.jpg", ".hidden.html", "~$a.docx", ".git/x.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).touch()
    found = [name.removeprefix(str(tmp_path) + "/") for name in report_files([str(tmp_path)])]
    assert found == ["a.html", "b/1.docx", "b/2.PDF"]


def test_a_file_that_is_named_is_read_whatever_its_ending(tmp_path):
    assert report_files(["年报.bak"]) == ["年报.bak"]


def test_a_folder_without_reports_is_told_with_the_endings_it_looked_for(tmp_path):
    with pytest.raises(Stop) as stopped:
        report_files([str(tmp_path)])
    assert ".docx" in stopped.value.chinese
