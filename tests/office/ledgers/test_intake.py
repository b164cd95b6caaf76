"""Entries from a file: every row's errors at once, nothing written by a trial, nothing twice, resumed where it stopped."""

import json
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from openpyxl import Workbook

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.models import Entry
from gongkai.office.engagement.ledgers import INTERPRETATION, MESSAGE, RESPONSE
from gongkai.office.engagement.models import Interpretation, Message, Response
from gongkai.office.ledgers import intake
from gongkai.office.publishing.importing import running
from gongkai.office.publishing.models import ImportRun
from tests.office.cast import NOW
from tests.office.engagement.entries import item

pytestmark = pytest.mark.django_db
GOOD = {
    "机关": "青溪县教育局",
    "标题": "校车办法解读",
    "发布日期": "2020-04-12",
    "解读形式": "图表图解",
    "政策层级": "本级政策解读",
}


def as_json(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "ledger.json"
    path.write_text(json.dumps(rows, ensure_ascii=False), encoding="utf-8")
    return path


def try_out(cast, path, ledger=INTERPRETATION):
    return intake.try_out(ledger, path, "旧台账", by=cast.editor, at=NOW)


def bring_in(cast, path, ledger=INTERPRETATION):
    return intake.bring_in(ledger, path, "旧台账", by=cast.editor, at=NOW)


def test_a_trial_says_everything_that_is_wrong_and_writes_nothing(cast, tmp_path):
    rows = [
        GOOD,
        {**GOOD, "机关": "青溪县水利局", "解读形式": "快板"},
        {**GOOD, "发布日期": "昨天", "颜色": "红"},
        {**GOOD, "发布日期": "2030-01-01"},
        GOOD,
        {**GOOD, "解读要素": "背景和依据；没有的要素", "原编号": "6"},
    ]
    acts = Entry.objects.count()
    trial = try_out(cast, as_json(tmp_path, rows))
    assert (trial.rows, trial.ready, trial.refused) == (6, 1, 5)
    assert {(each.row, each.heading) for each in trial.errors} == {
        (2, "机关"),
        (2, "解读形式"),
        (3, "发布日期"),
        (3, "颜色"),
        (4, ""),
        (5, "原编号"),
        (6, "解读要素"),
    }
    assert Interpretation.objects.count() == ImportRun.objects.count() == 0
    assert Entry.objects.count() == acts


def test_what_comes_in_is_judged_as_on_the_screen_and_on_record_once_a_batch(cast, tmp_path):
    public = item(cast)
    rows = [
        GOOD,
        {"机关": "qingxi-education", "解读的公开信息": public.index_number, "解读形式": "text", "政策层级": "own"},
    ]
    run = bring_in(cast, as_json(tmp_path, rows))
    assert (run.into, run.imported, run.refused) == ("engagement.interpretation", 2, 0)
    linked = Interpretation.objects.get(item=public)
    assert (linked.title, linked.on.isoformat(), linked.registered_by) == (public.title, "2024-03-01", cast.editor)
    act = Entry.objects.order_by("-sequence").first()
    assert (act.act, act.detail["count"]) == ("engagement.import", 2)


def test_the_same_row_and_the_same_file_come_in_once(cast, tmp_path):
    bring_in(cast, as_json(tmp_path, [GOOD]))
    with pytest.raises(Refused, match="不再重复导入"):
        bring_in(cast, as_json(tmp_path, [GOOD]))
    run = bring_in(cast, as_json(tmp_path, [GOOD, {**GOOD, "标题": "另一篇解读"}]))
    assert (run.imported, run.already_there) == (1, 1)
    assert Interpretation.objects.count() == 2


def test_two_rows_for_one_item_are_an_error_of_the_second(cast, tmp_path):
    public = item(cast)
    row = {"机关": "青溪县教育局", "回应的公开信息": public.index_number, "主题": "教育", "舆情轻重": "其他政务舆情"}
    run = bring_in(cast, as_json(tmp_path, [row, {**row, "发现渠道": "热线"}]), RESPONSE)
    assert (run.imported, run.refused) == (1, 1)
    assert Response.objects.get().item == public


def test_stopped_half_way_it_goes_on_where_it_stopped(cast, tmp_path, monkeypatch):
    monkeypatch.setattr(running, "BATCH", 2)
    path = as_json(tmp_path, [{**GOOD, "标题": f"第{number}篇"} for number in range(5)])

    def stop(rows: int) -> None:
        if rows == 4:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        intake.bring_in(INTERPRETATION, path, "旧台账", by=cast.editor, at=NOW, progress=stop)
    assert (ImportRun.objects.get().rows_done, Interpretation.objects.count()) == (4, 4)
    run = bring_in(cast, path)
    assert (run.rows_done, Interpretation.objects.count()) == (5, 5)


def test_who_may_enter_nowhere_brings_nothing_in(cast, tmp_path):
    with pytest.raises(Refused, match="没有登记"):
        intake.try_out(INTERPRETATION, as_json(tmp_path, [GOOD]), "旧台账", by=cast.first, at=NOW)


def test_a_spreadsheet_s_days_and_ticks_are_read_and_personal_data_is_sealed(cast, tmp_path):
    book = Workbook()
    book.active.append(["机关", "类别", "渠道", "收到日期", "主题", "内容", "姓名", "同意公开"])
    book.active.append(["青溪县教育局", "咨询", "来信", NOW.date(), "转学", "怎样转学", "孙来信", "是"])
    book.save(tmp_path / "messages.xlsx")
    bring_in(cast, tmp_path / "messages.xlsx", MESSAGE)
    message = Message.objects.get()
    assert (message.consents, message.sender, message.due_on.isoformat()) == (True, "孙来信", "2024-04-23")
    assert "孙来信" not in str(list(Entry.objects.values_list("detail", flat=True)))


def test_the_command_tries_and_brings_in(cast, tmp_path, capsys):
    path = as_json(tmp_path, [GOOD, {**GOOD, "解读形式": ""}])
    arguments = ["import_ledger", "engagement.interpretation", str(path), "--source", "旧台账", "--as", "a001"]
    with pytest.raises(CommandError, match="不会导入"):
        call_command(*arguments, "--dry-run")
    assert "第 2 行　解读形式" in capsys.readouterr().out
    call_command(*arguments)
    assert "导入 1，早已导入 0，有误未导入 1" in capsys.readouterr().out
