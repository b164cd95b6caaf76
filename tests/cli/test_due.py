import json
import re
from pathlib import Path

import pytest

from gongkai.cli.main import main

HAN = re.compile(r"[\u4e00-\u9fff]")
ONLINE = """
channel = "online"

[[event]]
kind = "submitted"
on = 2026-09-12

[[event]]
kind = "confirmed"
on = 2026-09-14
"""


@pytest.fixture
def due(tmp_path: Path, capsys: pytest.CaptureFixture[str]):
    def run(text: str, *arguments: str) -> tuple[int, str, str]:
        file = tmp_path / "events.toml"
        file.write_text(text, "utf-8")
        status = main(["due", str(file), *arguments])
        captured = capsys.readouterr()
        return status, captured.out, captured.err

    return run


def test_json_says_where_the_application_stands_and_how_the_date_comes_about(due):
    status, out, _ = due(ONLINE, "--on", "2026-10-13", "--format", "json")
    found = json.loads(out)
    assert status == 0
    assert (found["state"], found["receipt_on"], found["due_on"]) == ("under_review", "2026-09-14", "2026-10-16")
    assert (found["provisional"], found["days_left"], found["findings"]) == (False, 3, [])
    assert found["derivation"][1] == {
        "on": "2026-09-14",
        "counted": False,
        "day": None,
        "why": "收到申请，当日不计",
    }
    assert found["derivation"][-1] == {"on": "2026-10-16", "counted": True, "day": 20, "why": "工作日"}
    assert sum(day["counted"] for day in found["derivation"]) == 20
    assert "extend" in found["lawful_next"]


def test_nothing_is_due_while_the_clock_does_not_run(due):
    waiting = ONLINE.partition('[[event]]\nkind = "confirmed"')[0]
    found = json.loads(due(waiting, "--on", "2026-09-13", "--format", "json")[1])
    assert (found["state"], found["receipt_on"], found["due_on"]) == ("registered", None, None)
    assert [finding["code"] for finding in found["findings"]] == ["CONFIRM-WAITING"]
    assert found["lawful_next"] == ["confirm", "withdraw"]


def test_a_date_beyond_the_last_notice_is_provisional(due):
    late = 'channel = "in_person"\n[[event]]\nkind = "submitted"\non = 2026-12-10\n'
    found = json.loads(due(late, "--on", "2026-12-10", "--format", "json")[1])
    assert (found["due_on"], found["provisional"]) == ("2027-01-08", True)
    assert "2027年放假安排尚未载入" in found["derivation"][-1]["why"]


def test_a_finding_leaves_the_status_at_0(due):
    twice = ONLINE + "".join(
        f'[[event]]\nkind = "extended"\non = 2026-09-{day}\nworking_days = 5\n' for day in (21, 22)
    )
    status, out, _ = due(twice, "--on", "2026-09-23", "--format", "json")
    (finding,) = json.loads(out)["findings"]
    assert status == 0
    assert (finding["code"], finding["severity"], finding["where"]) == ("EXTENSION-TWICE", "error", ["2026-09-22"])
    assert finding["message"].startswith("答复期限已经延长过")
    assert finding["advice"]


def test_a_clerk_reads_state_due_date_next_steps_and_every_day(due):
    out = due(ONLINE, "--on", "2026-10-13")[1]
    for told in (
        "办理中",
        "2026-10-16（五），还有 3 个工作日",
        "2026-09-14（一）",
        "延长答复期限",
        "未发现问题",
        "国庆节放假（国办发明电〔2025〕7号）",
        "2026-10-10（六）  15  国庆节调休，上班",
    ):
        assert told in out, told


def test_english_under_lang_c_but_for_the_numbers_of_notices(due, monkeypatch):
    monkeypatch.setenv("LANG", "C")
    out = due(ONLINE, "--on", "2026-10-20")[1].replace("国办发明电", "")
    assert "2 working days overdue" in out
    assert not HAN.search(out.replace("号", ""))


def test_without_a_day_it_is_today(due):
    _, out, _ = due(ONLINE, "--format", "json")
    assert re.fullmatch(r"20\d\d-\d\d-\d\d", json.loads(out)["on"])


def test_standard_input_is_read_for_a_dash(monkeypatch, capsys, tmp_path):
    file = tmp_path / "events.toml"
    file.write_text(ONLINE, "utf-8")
    with file.open() as stream:
        monkeypatch.setattr("sys.stdin", stream)
        assert main(["due", "-", "--on", "2026-10-13", "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out)["state"] == "under_review"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        (ONLINE.replace('"confirmed"', '"confirmd"'), ["第 2 个事件（第 8 行）", "confirmd", "是不是 confirmed？"]),
        (ONLINE.replace("on = 2026-09-14\n", ""), ["第 2 个事件（第 8 行）", "缺少 on（日期）"]),
        (ONLINE.replace('kind = "confirmed"\n', ""), ["第 2 个事件", "缺少 kind"]),
        (ONLINE.replace("2026-09-14", "2026-09-11"), ["第 2 个事件（第 8 行）", "早于前一个事件的 2026-09-12"]),
        (ONLINE.replace("2026-09-14", '"明天"'), ["第 2 个事件（第 8 行）", "on 要是日期"]),
        (ONLINE.replace("2026-09-14", "2026-09-31"), ["不是正确的 TOML", "第 10 行"]),
        (ONLINE.replace('"online"', "online"), ["不是正确的 TOML", "第 2 行"]),
        (ONLINE.replace('"online"', '"e-mail"'), ["不认识的渠道“e-mail”", "online"]),
        (ONLINE.replace('channel = "online"', ""), ["缺少 channel"]),
        ('channel = "online"\n', ["没有事件", "[[event]]"]),
        ("", ["没有事件"]),
        (ONLINE.replace('"submitted"', '"replied"'), ["第 1 个事件（第 4 行）", "submitted"]),
        (ONLINE.replace('"confirmed"', '"submitted"'), ["只提交一次"]),
        (ONLINE.replace('"confirmed"', '"extended"'), ["缺少 working_days"]),
        (ONLINE.replace('"confirmed"', '"extended"\nworking_days = 0'), ["1 或更大的整数"]),
        (ONLINE.replace('"confirmed"', '"consultation_sent"'), ["缺少 party"]),
        (ONLINE.replace('"confirmed"', '"consultation_sent"\nparty = "court"'), ["party 不能是“court”", "agency"]),
        (ONLINE.replace('"confirmed"', '"replied"\noutcome = "maybe"'), ["outcome 不能是“maybe”", "not_exist"]),
        (
            ONLINE + '[[event]]\nkind = "consultation_sent"\nparty = "agency"\non = 2026-09-15\n' * 2,
            ["用了两次"],
        ),
        (ONLINE.replace("2026-", "2007-"), ["还没有施行政府信息公开条例"]),
        (ONLINE.replace("2026-", "2012-"), ["没有 2012 年的放假安排", "2019"]),
        (ONLINE.replace("2026-", "2045-"), ["没有 2045 年的放假安排"]),
    ],
)
def test_a_wrong_file_is_explained_with_the_place_and_status_2(due, text, told):
    status, out, complaint = due(text, "--on", "2045-12-01")
    assert (status, out) == (2, "")
    assert [words for words in told if words not in complaint] == []
    assert "Traceback" not in complaint


@pytest.mark.parametrize("text", [ONLINE.replace('"confirmed"', '"confirmd"'), "", ONLINE.replace("09-14", "09-11")])
def test_a_wrong_file_is_explained_in_english_under_lang_c(due, text, monkeypatch):
    monkeypatch.setenv("LANG", "C")
    status, _, complaint = due(text)
    assert status == 2
    assert not HAN.search(complaint)


def test_a_day_before_the_submission_is_refused(due):
    status, _, complaint = due(ONLINE, "--on", "2026-09-11")
    assert status == 2
    assert "2026-09-11 还没有这件申请" in complaint


def test_a_missing_file_a_folder_and_a_foreign_encoding_are_told(tmp_path, capsys):
    foreign = tmp_path / "gbk.toml"
    foreign.write_bytes("# 申请\n".encode("gbk"))
    for path, told in ((tmp_path / "none.toml", "没有文件"), (tmp_path, "是文件夹"), (foreign, "不是 UTF-8")):
        assert main(["due", str(path)]) == 2
        assert told in capsys.readouterr().err


def test_a_key_without_meaning_is_noted_and_a_note_is_not(due):
    text = ONLINE.replace("on = 2026-09-14", 'on = 2026-09-14\nrecieved_on = 2026-09-15\nnote = "电话确认"')
    status, _, noted = due(text, "--on", "2026-10-13")
    assert status == 0
    assert "第 2 个事件（第 8 行）：recieved_on 在这里没有意义" in noted
    assert "note" not in noted


def test_a_wrong_day_is_explained(due):
    with pytest.raises(SystemExit) as stopped:
        due(ONLINE, "--on", "明天")
    assert stopped.value.code == 2
