"""Following a case with number and code: what its applicant sees and can do, and nobody else."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from gongkai.office.accounts.models import Role
from gongkai.office.casework import actions
from gongkai.office.casework.models import Application
from gongkai.office.casework.tracking import by_number_and_code, progress
from tests.office.casework.cases import Officers, at, received
from tests.office.casework.visitor import apply, enter, photo
from tests.office.cast import Cast, appoint


@pytest.fixture(autouse=True)
def place(tmp_path: Path, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def made(cast: Cast, db: None) -> Application:
    appoint(cast.officer, Role.CASE_OFFICER, cast.county, with_subordinates=True)
    return apply(Client())


def confirmed(cast: Cast, made: Application) -> Application:
    at = timezone.now()
    actions.confirm(made, side="both", on=timezone.localdate(at), at=at, by=cast.officer)
    made.refresh_from_db()
    return made


@pytest.mark.parametrize("spelled", [str, str.lower, lambda code: code.replace("-", " "), lambda code: f" {code} "])
def test_number_and_code_are_understood_however_they_are_typed(made: Application, spelled: Any) -> None:
    number = made.number.replace("〔", "[").replace("〕", "]").replace("号", "")
    assert by_number_and_code(number, spelled(made.query_code)) == made


def test_a_code_without_its_number_and_a_number_without_its_code_open_nothing(
    client: Client, made: Application
) -> None:
    other = apply(Client())
    assert by_number_and_code(other.number, made.query_code) is None
    assert by_number_and_code(made.number, "AAAA-AAAA-AAAA") is None
    answer = client.post("/applications/track/", {"number": made.number, "code": other.query_code})
    assert answer.status_code == 422
    assert "对不上" in answer.content.decode()
    assert made.query_code not in answer.content.decode()


def test_without_them_the_case_is_not_shown(client: Client, made: Application) -> None:
    assert client.get("/applications/case/").headers["Location"] == "/applications/track/"
    client.cookies["gongkai_case"] = "made-up"
    assert client.get("/applications/case/").status_code == 302


def test_a_visit_ends_after_half_an_hour_and_when_one_leaves(
    client: Client, made: Application, monkeypatch: Any
) -> None:
    enter(client, made)
    assert client.get("/applications/case/").status_code == 200
    client.post("/applications/case/leave/")
    assert client.get("/applications/case/").status_code == 302
    enter(client, made)
    later = timezone.now() + timedelta(minutes=31)
    monkeypatch.setattr("gongkai.office.casework.views.public.track.timezone.now", lambda: later)
    assert client.get("/applications/case/").status_code == 302


def test_the_applicant_confirms_and_with_the_agency_s_confirmation_the_clock_runs(
    client: Client, cast: Cast, made: Application
) -> None:
    enter(client, made)
    client.post("/applications/case/confirm/")
    assert "正在等青溪县教育局确认" in client.get("/applications/case/").content.decode()
    at = timezone.now()
    actions.confirm(made, side="agency", on=timezone.localdate(at), at=at, by=cast.officer)
    made.refresh_from_db()
    shown = client.get("/applications/case/").content.decode()
    assert made.receipt_on == timezone.localdate(at)
    assert '<span class="days">20</span> 个工作日' in shown
    assert f"{made.due_on.year}年{made.due_on.month}月{made.due_on.day}日" in shown


def test_a_correction_is_asked_for_and_sent_with_files(client: Client, cast: Cast, made: Application) -> None:
    confirmed(cast, made)
    at = timezone.now()
    actions.request_correction(
        made, points="请写明是哪一年的会议纪要。", working_days=10, on=timezone.localdate(at), at=at, by=cast.officer
    )
    enter(client, made)
    shown = client.get("/applications/case/").content.decode()
    assert "请写明是哪一年的会议纪要。" in shown
    answer = client.post("/applications/case/correction/", {"wanted": ""})
    assert answer.status_code == 422
    client.post(
        "/applications/case/correction/",
        {"wanted": "2022年的会议纪要", "files": [SimpleUploadedFile("说明.png", photo())]},
    )
    made.refresh_from_db()
    assert made.state == "under_review"
    assert made.events.filter(kind="correction_received").count() == 1
    assert made.files.get(role="correction").name == "说明.png"


def test_without_a_request_there_is_nothing_to_correct(client: Client, cast: Cast, made: Application) -> None:
    confirmed(cast, made)
    enter(client, made)
    assert "提交补正" not in client.get("/applications/case/").content.decode()
    answer = client.post("/applications/case/correction/", {"wanted": "别的内容"})
    assert answer.status_code == 422
    assert not made.events.filter(kind="correction_received").exists()


def test_withdrawing_takes_a_tick(client: Client, made: Application) -> None:
    enter(client, made)
    assert "没有撤回" in client.post("/applications/case/withdraw/").content.decode()
    client.post("/applications/case/withdraw/", {"sure": "1"})
    made.refresh_from_db()
    assert made.state == "withdrawn"
    assert "withdraw" not in client.get("/applications/case/").content.decode()


def test_what_is_only_on_the_way_inside_the_office_is_not_shown(cast: Cast, made: Application) -> None:
    confirmed(cast, made)
    shown = {each.what for each in progress(made, on=timezone.localdate()).history}
    assert shown == {"提交申请（互联网渠道）", "双方都已确认，算收到申请"}


def test_the_applicant_finds_what_an_application_was_split_into(client: Client, cast: Cast, made: Application) -> None:
    confirmed(cast, made)
    parts = (actions.Part("会议纪要", "2023年的会议纪要"), actions.Part("片区图", "2023年的片区图"))
    (other,) = actions.split(made, parts, by=cast.officer, at=timezone.now())
    enter(client, made)
    shown = client.get("/applications/case/").content.decode()
    assert "拆成2件分别办理，本件办理的内容是" in shown
    assert other.query_code in shown
    assert client.post("/applications/track/", {"number": other.number, "code": other.query_code}).status_code == 302
    shown = client.get("/applications/case/").content.decode()
    assert f"这件申请从{made.number}拆分而来" in shown
    assert made.query_code not in shown


def test_whoever_is_asked_for_a_reason_reads_by_when_and_where_it_goes(
    client: Client, cast: Cast, made: Application
) -> None:
    confirmed(cast, made)
    now, today = timezone.now(), timezone.localdate()
    actions.request_reason(made, frequency="本月12件", working_days=7, on=today, at=now, by=cast.officer)
    enter(client, made)
    assert "自收到告知书之日起 7 个工作日内" in client.get("/applications/case/").content.decode()
    actions.receive_reason(made, words="用于论文", accepted=True, on=today, at=now, by=cast.officer)
    assert "请说明申请的理由，自收到" not in client.get("/applications/case/").content.decode()


def test_while_an_opinion_is_asked_for_the_page_says_what_is_waited_for(
    client: Client, cast: Cast, made: Application
) -> None:
    confirmed(cast, made)
    today = timezone.localdate()
    actions.consult(made, party="agency", name="县财政局", matter="计划", on=today, at=timezone.now(), by=cast.officer)
    enter(client, made)
    shown = client.get("/applications/case/").content.decode()
    assert "正在等对方提出意见，最迟等到" in shown
    assert "县财政局" not in shown


def test_silence_after_a_request_to_correct_ends_the_history_and_shows_the_way_on(
    client: Client, cast: Cast, desk: Officers
) -> None:
    case = received(cast, desk.case, on=date(2024, 4, 1))
    day = date(2024, 4, 2)
    actions.request_correction(case, points="请写明年份。", working_days=5, on=day, at=at(day), by=desk.case)
    actions.pass_day(today=date(2024, 5, 20), at=at(date(2024, 5, 20)))
    case.refresh_from_db()
    last = progress(case, on=date(2024, 5, 20)).history[-1]
    assert (last.on, last.what) == (case.closed_on, "逾期没有补正，视为放弃申请")
    enter(client, case)
    assert "/applications/new/qingxi-education/" in client.get("/applications/case/").content.decode()


def test_trying_codes_is_slowed_down(client: Client, made: Application) -> None:
    tries = [client.post("/applications/track/", {"number": made.number, "code": "x"}).status_code for _ in range(21)]
    assert tries[0] == 422
    assert tries[-1] == 429
    assert client.post("/applications/track/", {"number": made.number, "code": made.query_code}).status_code == 429


def test_neither_number_nor_code_stands_in_an_address(client: Client, made: Application) -> None:
    answer = enter(client, made)
    assert answer.headers["Location"] == "/applications/case/"
    assert made.query_code not in str(client.cookies)
