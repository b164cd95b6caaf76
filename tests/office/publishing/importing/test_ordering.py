"""Imports from the screen: brought, tried, ordered, carried out by the clock, gone on with when that was killed."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.publishing.importing import carrying_out, ordering, running
from gongkai.office.publishing.models import ImportRun, ItemAttachment, PlannedImport
from gongkai.office.publishing.queries import public_items
from tests.office.cast import NOW, Cast

HEADING = "标题,栏目,发布机构,发布日期,原编号,附件\n"


@pytest.fixture(autouse=True)
def own_folder(settings, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"


def lines(count: int, attachment: str = "") -> bytes:
    return (
        HEADING
        + "".join(f"第{each}号通知,通知公告,青溪县水利局,2020-04-01,old-{each},{attachment}\n" for each in range(count))
    ).encode()


def packed(**files: bytes) -> io.BytesIO:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        for name, data in files.items():
            package.writestr(name.replace("__", "."), data)
    out.seek(0)
    return out


def brought(cast: Cast, data: bytes, archive: io.BytesIO | None = None, name: str = "旧网站.csv") -> PlannedImport:
    return ordering.bring([data], name, archive, source="旧网站", by=cast.administrator, at=NOW)


def fresh(planned: PlannedImport) -> PlannedImport:
    return PlannedImport.objects.get(pk=planned.pk)


def test_what_is_brought_is_tried_and_nothing_is_written(cast: Cast):
    planned = brought(cast, lines(3) + "无栏目,,青溪县水利局,2020-04-01,,\n".encode())
    ordering.work_off(NOW)
    trial = fresh(planned).trial
    assert trial is not None, fresh(planned).failure
    assert (trial["rows"], trial["ready"], trial["refused"]) == (4, 3, 1)
    assert trial["errors"] == [[5, "栏目", "没有填写"]]
    assert not public_items().exists()
    assert not ordering.waiting().exists()


def test_what_is_ordered_is_imported_with_its_attachments_and_the_file_goes(cast: Cast):
    planned = brought(cast, lines(2, "说明.txt"), packed(说明__txt="停水说明".encode()))
    assert planned.attachments == 1
    ordering.work_off(NOW)
    ordering.order(planned, by=cast.administrator, at=NOW)
    ordering.work_off(NOW)
    run = fresh(planned).run
    assert run is not None
    assert (run.imported, run.file_name, run.finished_at is not None) == (2, "旧网站.csv", True)
    assert ItemAttachment.objects.filter(name="说明.txt").count() == 2
    assert not ordering.folder_of(planned).exists()
    assert Entry.objects.filter(act="publishing.order_import").count() == 1
    ordering.work_off(NOW)
    assert public_items().count() == 2


def test_an_import_killed_in_the_middle_goes_on_by_itself(cast: Cast, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    planned = brought(cast, lines(5))
    ordering.work_off(NOW)
    ordering.order(planned, by=cast.administrator, at=NOW)
    write, written = carrying_out.write_batch, []

    def killed(*given, **named) -> None:
        if written:
            raise KeyboardInterrupt
        written.append(write(*given, **named))

    monkeypatch.setattr(carrying_out, "write_batch", killed)
    with pytest.raises(KeyboardInterrupt):
        ordering.work_off(NOW)
    assert public_items().count() == 2
    monkeypatch.setattr(carrying_out, "write_batch", write)
    ordering.work_off(NOW)
    assert public_items().count() == 5


def test_two_at_once_import_no_row_twice(cast: Cast):
    """The second to come finds the run further than it thinks."""
    planned = brought(cast, lines(2).replace(b"old-0", b"").replace(b"old-1", b""))
    ordering.work_off(NOW)
    run = carrying_out.begin(ordering.file_of(planned), "旧网站", by=cast.administrator, at=NOW)
    slow = ImportRun.objects.get(pk=run.pk)
    where = {"by": cast.administrator, "at": NOW}
    carrying_out.carry_on(run, ordering.file_of(planned), None, **where)
    with pytest.raises(Refused, match="另一个进程"):
        carrying_out.carry_on(slow, ordering.file_of(planned), None, **where)
    assert public_items().count() == 2


def test_a_file_that_cannot_be_read_says_so_and_stops_no_other(cast: Cast):
    broken, good = brought(cast, b"no workbook", name="broken.xlsx"), brought(cast, lines(1))
    ordering.work_off(NOW)
    assert "重新导出" in fresh(broken).failure
    assert fresh(good).trial is not None
    with pytest.raises(Refused, match="还没有做完"):
        ordering.order(broken, by=cast.administrator, at=NOW)


def test_a_file_can_be_thrown_away_until_it_is_ordered(cast: Cast, django_capture_on_commit_callbacks):
    unwanted, wanted = brought(cast, lines(1)), brought(cast, lines(2))
    with django_capture_on_commit_callbacks(execute=True):
        ordering.discard(unwanted, by=cast.administrator, at=NOW)
    assert not ordering.folder_of(unwanted).exists()
    ordering.work_off(NOW)
    ordering.order(wanted, by=cast.administrator, at=NOW)
    with pytest.raises(Refused, match="不能放弃"):
        ordering.discard(wanted, by=cast.administrator, at=NOW)


def test_nothing_is_ordered_when_no_row_can_come_in(cast: Cast):
    planned = brought(cast, (HEADING + "无栏目,,青溪县水利局,2020-04-01,,\n").encode())
    ordering.work_off(NOW)
    with pytest.raises(Refused, match="没有一行可以导入"):
        ordering.order(planned, by=cast.administrator, at=NOW)


@pytest.mark.parametrize("name", ["editor", "final", "officer", "outsider"])
def test_only_an_administrator_of_the_site_brings_files(cast: Cast, name: str):
    with pytest.raises(Refused, match="系统管理员"):
        ordering.bring([lines(1)], "旧网站.csv", None, source="旧网站", by=getattr(cast, name), at=NOW)
    assert not PlannedImport.objects.exists()


@pytest.mark.parametrize(
    ("name", "archive", "words"),
    [
        ("旧网站.doc", None, "不支持"),
        ("旧网站.csv", io.BytesIO(b"no zip"), "打不开"),
        ("旧网站.csv", packed(**{"../../出去__txt": b"x"}), "文件夹以外"),
    ],
)
def test_what_cannot_be_taken_is_refused_and_leaves_nothing(cast: Cast, name: str, archive, words: str, settings):
    with pytest.raises(Refused, match=words):
        ordering.bring([lines(1)], name, archive, source="旧网站", by=cast.administrator, at=NOW)
    assert not PlannedImport.objects.exists()
    assert not [each for each in Path(settings.MEDIA_ROOT).rglob("*") if each.is_file()]


def test_a_zip_from_chinese_windows_keeps_its_names(cast: Cast):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as package:
        package.writestr("0123456789.txt", "停水说明")
    data = out.getvalue().replace(b"0123456789", "停水的说明".encode("gb18030"))
    planned = brought(cast, lines(1), io.BytesIO(data))
    assert [each.name for each in (ordering.folder_of(planned) / "attachments").iterdir()] == ["停水的说明.txt"]
