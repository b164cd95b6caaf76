"""The log as auditors read it: who may, what is found, what it is called, that giving it out is on record too."""

from __future__ import annotations

import ast
import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import gongkai.office
from gongkai.office.accounts.models import Role, User
from gongkai.office.audit import names
from gongkai.office.audit.actions import Act, record, record_all
from gongkai.office.audit.chain import Break
from gongkai.office.audit.models import Entry
from tests.office.cast import NOW, Cast, appoint

LOG = "/desk/log/"


@pytest.fixture
def desk(cast: Cast, client: Client) -> Client:
    appoint(cast.first, Role.AUDITOR, cast.county, with_subordinates=True)
    client.force_login(cast.first)
    record(Act("A002", "publishing.pass_review", "publishing.item:7", "ogi-2019#26", {"title": "校车检查"}), at=NOW)
    reveal = Act("A005", "personal.reveal", "casework.application:3", detail={"purpose": "联系申请人"})
    record(reveal, at=NOW + timedelta(days=2))
    return client


def page(desk: Client, query: str = "") -> str:
    return desk.get(f"{LOG}{query}").content.decode()


def test_an_act_is_told_in_words_with_who_when_what_and_by_which_article(desk: Client) -> None:
    told = page(desk)
    for words in ("李初审", "A002", "审核通过", "标题：校车检查", "政府信息 7", "第二十六条", "2024-04-12 09:00:00"):
        assert words in told
    assert "查看个人信息" in told
    assert "事由：联系申请人" in told


@pytest.mark.parametrize(
    ("query", "passed", "revealed"),
    [
        ("?person=a002", True, False),
        ("?person=周保密", False, True),
        ("?room=personal", False, True),
        ("?subject=publishing.item:7", True, False),
        ("?first=2024-04-13", False, True),
        ("?last=2024-04-12", True, False),
        ("?person=nobody", False, False),
        ("?first=nonsense", True, True),
    ],
)
def test_the_log_is_searched_by_person_room_subject_and_day(
    desk: Client, query: str, passed: bool, revealed: bool
) -> None:
    told = page(desk, query)
    assert ("校车检查" in told, "联系申请人" in told) == (passed, revealed)


@pytest.mark.parametrize("part", ["editor", "administrator", "officer", "outsider"])
def test_only_an_auditor_of_the_whole_site_reads_the_log(cast: Cast, client: Client, part: str) -> None:
    client.force_login(getattr(cast, part))
    answers = [client.get(LOG), client.get(f"{LOG}export/"), client.post(f"{LOG}verify/")]
    assert [answer.status_code for answer in answers] == [403, 403, 403]
    assert "审计" in answers[0].content.decode()


def test_a_superuser_reads_no_log(cast: Cast, client: Client) -> None:
    client.force_login(User.objects.create_superuser(username="root", password="x", name="管机器", staff_number="S001"))
    assert client.get(LOG).status_code == 403


def test_what_is_given_out_is_whole_and_the_giving_is_on_record(desk: Client) -> None:
    answer = desk.get(f"{LOG}export/?room=publishing")
    rows = list(csv.reader(io.StringIO(b"".join(answer).decode("utf-8-sig"))))  # type: ignore[call-overload]
    entry = Entry.objects.get(act="publishing.pass_review")
    assert rows[0][0] == "序号"
    assert rows[1][4:7] == ["publishing.pass_review", "publishing.item:7", "ogi-2019#26"]
    assert rows[1][-1] == entry.hash
    assert len(rows) == 2
    last = Entry.objects.latest("sequence")
    assert (last.act, last.actor, last.detail) == ("accounts.read_log", "A002", {"room": "publishing"})


def test_the_chain_is_walked_and_a_break_is_named(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "首尾相扣" in desk.post(f"{LOG}verify/").content.decode()
    monkeypatch.setattr("gongkai.office.audit.queries.broken_places", lambda: iter([Break(2, "altered")]))
    told = desk.post(f"{LOG}verify/").content.decode()
    assert "链断了" in told
    assert "第2条：内容被改过" in told


def test_a_long_chain_is_left_to_the_command(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("gongkai.office.accounts.views.log.LONGEST_WALK", 1)
    assert "gongkai verify" in desk.post(f"{LOG}verify/").content.decode()


def test_a_page_costs_the_same_however_long_the_log_is(desk: Client) -> None:
    def cost() -> int:
        with CaptureQueriesContext(connection) as made:
            page(desk, "?room=publishing")
        return len(made)

    page(desk)
    few = cost()
    record_all([Act("A001", "publishing.edit", f"publishing.item:{number}") for number in range(200)], at=NOW)
    assert cost() == few
    assert "下一页" in page(desk)


def test_every_act_that_code_names_has_a_name(cast: Cast) -> None:
    nameless = sorted(act for act in _acts() if names.act_name(act).startswith("办理"))
    assert nameless == []


def test_an_act_and_a_subject_nobody_named_go_by_their_room() -> None:
    assert names.act_name("reporting.something_new") == "办理年度报告事项"
    assert names.subject_name("remedies.paper:4") == "复议诉讼记录 4"
    assert names.subject_name("publishing.catalogue:social_assistance") == "标准目录"


def _acts() -> Iterator[str]:
    """The acts that the office's code names where it records them."""
    for path in Path(gongkai.office.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            named = isinstance(node, ast.Call) and ast.unparse(node.func).rpartition(".")[2] == "Act"
            if named and len(node.args) > 1 and isinstance(node.args[1], ast.Constant):  # type: ignore[attr-defined]
                yield str(node.args[1].value)  # type: ignore[attr-defined]
