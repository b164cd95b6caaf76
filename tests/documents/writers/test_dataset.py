import csv
import sys
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest

from gongkai.documents.writers import dataset
from gongkai.documents.writers.dataset import DatasetRefused, write_dataset

COLUMNS = [("name", "文件"), ("a.b.c", "数量"), ("money", "金额"), ("nothing", "空列")]
ROWS: list[dict[str, object]] = [
    {"name": '甲，\n“乙”"丙"', "a.b.c": 5, "money": Decimal("9.46")},
    {"name": "丁", "a.b.c": -2, "money": 3},
    {"name": None, "a.b.c": None},
]


def test_a_csv_opens_in_excel_with_its_chinese_and_its_empty_cells(tmp_path: Path) -> None:
    path = tmp_path / "汇总.csv"
    assert write_dataset(ROWS, COLUMNS, path) == 3
    assert path.read_bytes().startswith(b"\xef\xbb\xbf")
    with path.open(encoding="utf-8-sig", newline="") as file:
        head, first, second, third = csv.reader(file)
    assert head == ["文件", "数量", "金额", "空列"]
    assert first == ['甲，\n“乙”"丙"', "5", "9.46", ""]
    assert second == ["丁", "-2", "3", ""]
    assert third == ["", "", "", ""]


@pytest.mark.parametrize("text", ["=1+1", "+86", "-甲", "@SUM(A1)", "\t=1"])
def test_a_text_never_becomes_a_formula(tmp_path: Path, text: str) -> None:
    write_dataset([{"name": text}], [("name", "文件")], tmp_path / "a.csv")
    assert (tmp_path / "a.csv").read_text("utf-8-sig").splitlines()[1].lstrip('"').startswith("'")
    write_dataset([{"name": text}], [("name", "文件")], tmp_path / "a.xlsx")
    written = openpyxl.load_workbook(tmp_path / "a.xlsx")["数据"]["A2"]
    assert (written.data_type, written.value) == ("s", text)


def test_an_xlsx_holds_typed_numbers_and_explains_its_columns(tmp_path: Path) -> None:
    path = tmp_path / "汇总.xlsx"
    assert write_dataset(ROWS, COLUMNS, path) == 3
    book = openpyxl.load_workbook(path)
    rows = [[cell.value for cell in row] for row in book["数据"].iter_rows(max_col=4, max_row=4)]
    assert rows[0] == ["文件", "数量", "金额", "空列"]
    assert rows[1:3] == [['甲，\n“乙”"丙"', 5, 9.46, None], ["丁", -2, 3, None]]
    assert [[cell.value for cell in row] for row in book["列说明"]][2] == ["数量", "a.b.c"]


def test_a_parquet_file_has_keys_types_nulls_and_labels(tmp_path: Path) -> None:
    duckdb = pytest.importorskip("duckdb", reason="Parquet needs duckdb, the extra `parquet`")
    path = tmp_path / "汇总.parquet"
    assert write_dataset(ROWS, COLUMNS, path) == 3
    with duckdb.connect() as connection:
        table = connection.execute("FROM read_parquet(?)", [str(path)])
        assert [(column[0], str(column[1])) for column in table.description] == [
            ("name", "VARCHAR"),
            ("a.b.c", "BIGINT"),
            ("money", "DECIMAL(18,2)"),
            ("nothing", "BIGINT"),
        ]
        assert table.fetchall() == [
            ('甲，\n“乙”"丙"', 5, Decimal("9.46"), None),
            ("丁", -2, Decimal("3.00"), None),
            (None, None, None, None),
        ]
        labels = connection.execute(
            "SELECT decode(key), decode(value) FROM parquet_kv_metadata(?)", [str(path)]
        ).fetchall()
    assert ("a.b.c", "数量") in labels


@pytest.mark.parametrize("value", [2**63 - 1, 2**70, 2**200, "五", Decimal("1e30"), Decimal("1.5e-40")])
def test_a_parquet_column_takes_a_type_that_holds_all_its_values_exactly(tmp_path: Path, value: object) -> None:
    duckdb = pytest.importorskip("duckdb", reason="Parquet needs duckdb, the extra `parquet`")
    path = tmp_path / "a.parquet"
    write_dataset([{"n": 1}, {"n": value}], [("n", "数")], path)
    with duckdb.connect() as connection:
        rows = connection.execute("FROM read_parquet(?)", [str(path)]).fetchall()
    assert str(rows[0][0]) == "1"
    read = rows[1][0]
    assert Decimal(read) == value if isinstance(value, int | Decimal) else read == value


def test_without_duckdb_parquet_is_refused_with_what_to_install(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "duckdb", None)
    with pytest.raises(DatasetRefused) as refusal:
        write_dataset(ROWS, COLUMNS, tmp_path / "a.parquet")
    assert "gongkai[parquet]" in refusal.value.message
    assert list(tmp_path.iterdir()) == []


def test_another_ending_is_refused_with_those_that_work(tmp_path: Path) -> None:
    with pytest.raises(DatasetRefused) as refusal:
        write_dataset(ROWS, COLUMNS, tmp_path / "a.ods")
    assert ".csv" in refusal.value.message


@pytest.mark.parametrize("ending", dataset.FORMATS)
def test_a_failure_leaves_the_old_file_and_no_rest(tmp_path: Path, ending: str) -> None:
    def failing() -> Iterator[dict[str, object]]:
        yield ROWS[0]
        raise RuntimeError

    path = tmp_path / f"a{ending}"
    path.write_text("before")
    with pytest.raises(RuntimeError):
        write_dataset(failing(), COLUMNS, path)
    assert path.read_text() == "before"
    assert list(tmp_path.iterdir()) == [path]


def test_more_rows_than_a_sheet_holds_are_refused_not_cut_off(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(dataset, "XLSX_ROWS", 3)
    assert write_dataset(ROWS[:2], COLUMNS, tmp_path / "fits.xlsx") == 2
    with pytest.raises(DatasetRefused, match="csv"):
        write_dataset(ROWS, COLUMNS, tmp_path / "a.xlsx")
    assert not (tmp_path / "a.xlsx").exists()
