"""The file an import is read from."""

from pathlib import Path

import pytest
import xlsxwriter

from gongkai.office.publishing.importing import reading
from gongkai.office.publishing.importing.reading import CannotImport, read_rows


def workbook(folder: Path, title: str) -> Path:
    with xlsxwriter.Workbook(folder / "old.xlsx") as book:
        book.add_worksheet().write_column(0, 0, ["标题", title])
    return folder / "old.xlsx"


def test_a_workbook_is_read_row_by_row(tmp_path: Path) -> None:
    [row] = read_rows(workbook(tmp_path, "关于春季防火的通告"))
    assert (row.number, dict(row.values)) == (2, {"标题": "关于春季防火的通告"})


def test_a_workbook_whose_texts_unpack_to_something_vast_is_refused_unread(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = workbook(tmp_path, "零" * 30_000)
    monkeypatch.setattr(reading, "LARGEST_TEXTS_BYTES", 2**16)
    monkeypatch.setattr(reading, "load_workbook", lambda *_, **__: pytest.fail("it was opened"))
    with pytest.raises(CannotImport, match=r"改用 \.ndjson"):
        list(read_rows(path))
