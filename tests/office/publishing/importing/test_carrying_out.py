"""An import: tried without a trace, carried out in steps, resumed where it stopped, never twice."""

import csv
import json
from pathlib import Path

import pytest
from openpyxl import Workbook

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.audit.queries import broken_places
from gongkai.office.publishing.importing import running
from gongkai.office.publishing.importing.carrying_out import begin, carry_on, try_out
from gongkai.office.publishing.importing.reading import CannotImport
from gongkai.office.publishing.models import ImportRun, Item
from gongkai.office.publishing.queries import public_items
from gongkai.office.publishing.search import Query, find
from tests.office.cast import NOW, Cast

HEADINGS = ("标题", "栏目", "发布机构", "发布日期", "原编号", "正文")


def rows(count: int) -> list[tuple[str, ...]]:
    return [
        (
            f"第{number}号公告",
            "通知公告",
            "青溪县水利局",
            f"2020-04-{number % 28 + 1:02d}",
            f"old-{number}",
            "<p>停水通知</p>",
        )
        for number in range(count)
    ]


def as_csv(folder: Path, lines: list[tuple[str, ...]], encoding: str = "utf-8-sig") -> Path:
    path = folder / "old-site.csv"
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file).writerows([HEADINGS, *lines])
    return path


def run(path: Path, cast: Cast, folder: Path | None = None) -> ImportRun:
    begun = begin(path, "旧网站", by=cast.administrator, at=NOW)
    return carry_on(begun, path, folder, by=cast.administrator, at=NOW)


def test_a_trial_writes_nothing(cast: Cast, tmp_path: Path):
    path = as_csv(tmp_path, [*rows(3), ("", "通知公告", "青溪县水利局", "昨天", "", "")])
    before = Entry.objects.count()
    trial = try_out(path, None, "旧网站")
    assert (trial.rows, trial.ready, trial.refused) == (4, 3, 1)
    assert {(error.row, error.heading) for error in trial.errors} == {(5, "标题"), (5, "发布日期")}
    assert Item.objects.count() == ImportRun.objects.count() == 0
    assert Entry.objects.count() == before


def test_what_comes_in_is_public_numbered_found_and_on_record(cast: Cast, tmp_path: Path):
    done = run(as_csv(tmp_path, rows(5)), cast)
    assert (done.imported, done.refused, done.finished_at is not None) == (5, 0, True)
    assert public_items().count() == 5
    assert {item.index_number for item in public_items()} == {
        f"{cast.water.credit_code}/202004-{number:05d}" for number in range(1, 6)
    }
    assert len(find(Query(text="停水通知")).items) == 5
    entry = Entry.objects.get(act="publishing.import")
    assert entry.detail["count"] == 5
    assert list(broken_places()) == []


def test_an_import_that_was_stopped_goes_on_where_it_stopped(cast: Cast, tmp_path: Path, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    path = as_csv(tmp_path, rows(7))
    begun = begin(path, "旧网站", by=cast.administrator, at=NOW)

    def stop_after_four(done: int) -> None:
        if done == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        carry_on(begun, path, None, by=cast.administrator, at=NOW, progress=stop_after_four)
    assert public_items().count() == 4
    done = run(path, cast)
    assert (done.pk, done.imported, public_items().count()) == (begun.pk, 7, 7)


def test_the_same_file_is_not_imported_twice(cast: Cast, tmp_path: Path):
    path = as_csv(tmp_path, rows(2))
    run(path, cast)
    with pytest.raises(Refused, match="不再重复导入"):
        run(path, cast)


def test_a_newer_file_of_the_same_site_brings_only_what_is_new(cast: Cast, tmp_path: Path):
    run(as_csv(tmp_path, rows(3)), cast)
    done = run(as_csv(tmp_path, rows(5)), cast)
    assert (done.imported, done.already_there) == (2, 3)
    assert public_items().count() == 5


def test_a_changed_file_is_not_carried_on_with(cast: Cast, tmp_path: Path):
    begun = begin(as_csv(tmp_path, rows(3)), "旧网站", by=cast.administrator, at=NOW)
    with pytest.raises(Refused, match="不一样"):
        carry_on(begun, as_csv(tmp_path, rows(4)), None, by=cast.administrator, at=NOW)


def test_wrong_rows_are_left_out_and_listed(cast: Cast, tmp_path: Path):
    done = run(as_csv(tmp_path, [*rows(1), ("无栏目", "", "青溪县水利局", "2020-04-01", "", "")]), cast)
    assert (done.imported, done.refused) == (1, 1)
    assert done.errors == [[3, "栏目", "没有填写"]]


def test_numbers_of_the_old_site_are_kept_and_ours_go_on_after_them(cast: Cast, tmp_path: Path):
    number = f"{cast.water.credit_code}/202004-00041"
    entries = [
        {"标题": "旧的", "栏目": "notices", "发布机构": "qingxi-water", "发布日期": "2020-04-01", "索引号": number},
        {"标题": "没有编号的", "栏目": "notices", "发布机构": "qingxi-water", "发布日期": "2020-04-02"},
        {"标题": "重号的", "栏目": "notices", "发布机构": "qingxi-water", "发布日期": "2020-04-03", "索引号": number},
    ]
    path = tmp_path / "old.json"
    path.write_text(json.dumps(entries, ensure_ascii=False), "utf-8")
    done = run(path, cast)
    assert (done.imported, done.refused) == (2, 1)
    assert set(public_items().values_list("index_number", flat=True)) == {number, number[:-5] + "00042"}


def test_bodies_are_cleaned_on_the_way_in(cast: Cast, tmp_path: Path):
    line = ("公告", "通知公告", "青溪县水利局", "2020-04-01", "1", "<p onclick='x()'>正文</p><script>alert(1)</script>")
    run(as_csv(tmp_path, [line]), cast)
    assert public_items().get().body == "<p>正文</p>"


def test_attachments_come_along_and_are_searched(cast: Cast, tmp_path: Path):
    (tmp_path / "附表.txt").write_text("补偿标准每亩四万元", "utf-8")
    entry = {
        "标题": "公告",
        "栏目": "notices",
        "发布机构": "qingxi-water",
        "发布日期": "2020-04-01",
        "附件": ["附表.txt"],
    }
    path = tmp_path / "old.ndjson"
    path.write_text(json.dumps(entry, ensure_ascii=False) + "\n", "utf-8")
    assert run(path, cast, tmp_path).imported == 1
    assert [each.name for each in public_items().get().attachments.all()] == ["附表.txt"]
    assert len(find(Query(text="每亩四万元")).items) == 1


def test_a_workbook_and_an_old_encoding_are_read_too(cast: Cast, tmp_path: Path):
    book = Workbook()
    for line in (HEADINGS, *rows(2)):
        book.active.append(line)
    book.save(tmp_path / "old.xlsx")
    assert run(tmp_path / "old.xlsx", cast).imported == 2
    assert run(as_csv(tmp_path, rows(4), "gb18030"), cast).imported == 2


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.docx", b"PK"),
        ("a.xlsx", b"not a workbook"),
        ("a.json", b"{"),
        ("a.json", b'{"a": 1}'),
        ("a.ndjson", b"{]"),
        ("a.csv", b""),
        ("a.csv", b"\xff\xff\xff\xff"),
    ],
)
def test_a_file_that_is_no_list_of_items_is_refused_with_what_to_do(cast: Cast, tmp_path: Path, name, content):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(CannotImport, match="。"):
        try_out(path, None, "旧网站")


@pytest.mark.parametrize("part", ["editor", "final", "officer", "outsider"])
def test_only_the_site_s_administrator_imports(cast: Cast, tmp_path: Path, part):
    with pytest.raises(Refused, match="批量导入"):
        begin(as_csv(tmp_path, rows(1)), "旧网站", by=getattr(cast, part), at=NOW)
