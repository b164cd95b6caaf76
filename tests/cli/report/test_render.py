import json
import os

import pytest

from gongkai.cli.main import main
from gongkai.cli.report.commands import FORMATS
from tests.cli.report.made import made_file
from tests.samples import EXAMPLE


def as_read(capsys, file) -> dict:
    main(["report", "read", str(file), "--format", "json"])
    return json.loads(capsys.readouterr().out)


@pytest.mark.parametrize("wanted", FORMATS)
def test_a_rendered_report_reads_as_the_original(tmp_path, capsys, wanted):
    out = tmp_path / f"out.{wanted}"
    assert main(["report", "render", str(EXAMPLE), "--to", wanted, "-o", str(out)]) == 0
    assert "已写入" in capsys.readouterr().err
    original, rendered = as_read(capsys, EXAMPLE), as_read(capsys, out)
    for field in ("year", "agency", "table_editions"):
        assert rendered[field] == original[field]
    assert values(rendered) == values(original)


def values(answer: dict) -> dict:
    return {address: (cell["value"], cell["state"]) for address, cell in answer["cells"].items()}


def test_the_name_of_the_output_tells_the_format(tmp_path, capsys):
    out = tmp_path / "out.xlsx"
    assert main(["report", "render", str(EXAMPLE), "-o", str(out), "--quiet"]) == 0
    assert out.read_bytes().startswith(b"PK")
    assert capsys.readouterr().err == ""


def test_a_name_that_tells_no_format_is_an_error_that_lists_the_formats(tmp_path, capsys):
    assert main(["report", "render", str(EXAMPLE), "-o", str(tmp_path / "out.odt")]) == 2
    assert "html、docx、pdf" in capsys.readouterr().err


def test_a_report_with_errors_is_rendered_as_it_is(tmp_path, capsys):
    faulty = made_file(tmp_path, remedies__cases__reconsideration_upheld=10)
    assert main(["report", "render", str(faulty), "-o", str(tmp_path / "out.html")]) == 0
    read = as_read(capsys, tmp_path / "out.html")
    assert read["cells"]["remedies.cases.reconsideration_upheld"]["value"] == 10


def test_an_original_is_not_overwritten_by_its_rendering(tmp_path, capsys):
    original = made_file(tmp_path)
    before = original.read_bytes()
    assert main(["report", "render", str(original), "--to", "html", "-o", str(original)]) == 2
    assert "原件不能覆盖" in capsys.readouterr().err
    assert original.read_bytes() == before


def test_a_refused_file_writes_nothing(tmp_path, capsys):
    (tmp_path / "empty.txt").touch()
    assert main(["report", "render", str(tmp_path / "empty.txt"), "-o", str(tmp_path / "out.html")]) == 2
    assert os.listdir(tmp_path) == ["empty.txt"]


def test_a_dash_writes_to_standard_output(capfd):
    assert main(["report", "render", str(EXAMPLE), "--to", "html", "-o", "-"]) == 0
    assert capfd.readouterr().out.lower().startswith("<!doctype html>")
