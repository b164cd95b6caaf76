"""Deciding an outcome: each needs what it rests on."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from gongkai.office.accounts.policy import Refused
from gongkai.office.casework.actions import (
    Deciding,
    answer_consultation,
    consult,
    decide,
    link_duplicate,
    receive,
    record_reply,
    record_search,
    request_correction,
)
from gongkai.office.casework.letter_forms import DecideForm
from gongkai.office.casework.models import Application
from gongkai.office.casework.requirements import NOT_DECIDED, Grounds, choices, missing
from gongkai.regulation.application import outcomes
from tests.office.casework.cases import PERSON, Officers, at, received
from tests.office.cast import TODAY, Cast

LATER = date(2024, 4, 30)
FULL = Deciding(
    "disclose",
    reasons="事实和理由。",
    law="《档案法》第二十七条",
    balancing="公开会影响内部讨论。",
    facts="县档案馆查询窗口",
)


@pytest.fixture
def application(cast: Cast, desk: Officers) -> Application:
    return received(cast, desk.case)


@pytest.mark.parametrize(
    ("outcome", "left_out", "told"),
    [
        ("partial", "reasons", "事实和理由"),
        ("deny_state_secret", "reasons", "事实和理由"),
        ("deny_process", "balancing", "第十六条"),
        ("deny_internal", "balancing", "第十六条"),
        ("deny_enforcement_file", "balancing", "第十六条"),
        ("deny_prohibited", "law", "法律、行政法规"),
        ("special_query", "law", "办理查询的渠道"),
        ("already_public", "facts", "方式和途径"),
        ("petition", "facts", "渠道"),
        ("publication", "facts", "公开出版物的途径"),
        ("not_responsible", "reasons", "负责"),
        ("not_government_information", "reasons", "事实和理由"),
        ("reissue", "facts", "前提是申请人已经取得该信息"),
    ],
)
def test_what_an_outcome_has_to_say(
    application: Application, desk: Officers, outcome: str, left_out: str, told: str
) -> None:
    with pytest.raises(Refused, match=told):
        decide(application, replace(FULL, outcome=outcome, **{left_out: ""}), by=desk.case, at=at(LATER))


@pytest.mark.parametrize(
    ("outcome", "told"),
    [
        ("deny_third_party", "先书面征求第三方"),
        ("not_exist", "检索记录"),
        ("still_unclear", "没有告知过补正"),
        ("duplicate", "重复于哪一件"),
        ("abusive", "先要求申请人说明理由"),
        ("partial", "副本"),
        ("withdrawn", "从列出的办理结果里选择"),
        ("correction_overdue", "从列出的办理结果里选择"),
        ("granted", "从列出的办理结果里选择"),
    ],
)
def test_what_has_to_be_on_record_first(application: Application, desk: Officers, outcome: str, told: str) -> None:
    with pytest.raises(Refused, match=told):
        decide(application, replace(FULL, outcome=outcome), by=desk.case, at=at(LATER))
    assert not application.decisions.exists()


def test_every_outcome_that_requires_nothing_can_be_decided(application: Application, desk: Officers) -> None:
    free = [each for each in choices(on=LATER) if not each.requires and each.key != "partial"]
    for each in free:
        decide(application, replace(FULL, outcome=each.key), by=desk.case, at=at(LATER))
    application.refresh_from_db()
    assert application.decided_outcome == free[-1].key
    assert {each.key for each in choices(on=LATER)} | set(NOT_DECIDED) == set(outcomes())


def test_nothing_found_rests_on_a_search_that_found_nothing(application: Application, desk: Officers) -> None:
    said = {"places": "档案室、OA系统", "terms": "供水改造", "searched_by": "郑经办", "result": "未检索到"}
    record_search(application, is_found=True, on=TODAY, at=at(TODAY), by=desk.case, **said)
    with pytest.raises(Refused, match="检索到了"):
        decide(application, replace(FULL, outcome="not_exist"), by=desk.case, at=at(LATER))
    record_search(application, is_found=False, on=TODAY, at=at(TODAY), by=desk.case, **said)
    decide(application, replace(FULL, outcome="not_exist"), by=desk.case, at=at(LATER))
    with pytest.raises(Refused, match="在哪里查"):
        record_search(application, is_found=False, on=TODAY, at=at(TODAY), by=desk.case, **{**said, "places": ""})


def test_third_party_rights_wait_for_the_opinion(application: Application, desk: Officers) -> None:
    asked = consult(
        application, party="third_party", name="山泉公司", matter="单价", on=TODAY, at=at(TODAY), by=desk.case
    )
    with pytest.raises(Refused, match="第三方可以在"):
        decide(application, replace(FULL, outcome="deny_third_party"), by=desk.case, at=at(date(2024, 4, 15)))
    answer_consultation(
        asked, opinion="objects", words="商业秘密", on=date(2024, 4, 16), at=at(date(2024, 4, 16)), by=desk.case
    )
    decide(application, replace(FULL, outcome="deny_third_party"), by=desk.case, at=at(date(2024, 4, 16)))


def test_a_duplicate_repeats_an_answered_application_of_the_same_person(
    cast: Cast, application: Application, desk: Officers
) -> None:
    again = received(cast, desk.case, on=date(2024, 4, 15))
    with pytest.raises(Refused, match="还没有答复"):
        link_duplicate(again, application, by=desk.case, at=at(LATER))
    decide(application, FULL, by=desk.case, at=at(LATER))
    record_reply(application, "disclose", on=LATER, at=at(LATER), by=desk.case)
    application.refresh_from_db()
    somebody = received(
        cast, desk.case, on=date(2024, 4, 16), who=replace(PERSON, identity_kind="护照", identity_number="E12345678")
    )
    with pytest.raises(Refused, match="申请人不同"):
        link_duplicate(somebody, application, by=desk.case, at=at(LATER))
    link_duplicate(again, application, by=desk.case, at=at(LATER))
    decide(again, replace(FULL, outcome="duplicate"), by=desk.case, at=at(LATER))


def test_only_information_that_was_given_is_issued_again(cast: Cast, application: Application, desk: Officers) -> None:
    again = received(cast, desk.case, on=date(2024, 4, 15))
    withheld = Deciding("deny_process", reasons="讨论记录。", balancing="公开会妨碍讨论。")
    decide(application, withheld, by=desk.case, at=at(LATER))
    record_reply(application, "deny_process", on=LATER, at=at(LATER), by=desk.case)
    application.refresh_from_db()
    link_duplicate(again, application, by=desk.case, at=at(LATER))
    again.refresh_from_db()
    with pytest.raises(Refused, match="没有从那一件取得信息"):
        decide(again, replace(FULL, outcome="reissue"), by=desk.case, at=at(LATER))
    given = received(cast, desk.case, on=date(2024, 4, 16))
    third = received(cast, desk.case, on=date(2024, 4, 17))
    decide(given, FULL, by=desk.case, at=at(LATER))
    record_reply(given, "disclose", on=LATER, at=at(LATER), by=desk.case)
    given.refresh_from_db()
    link_duplicate(third, given, by=desk.case, at=at(LATER))
    third.refresh_from_db()
    decide(third, Deciding("reissue"), by=desk.case, at=at(LATER))


def test_the_screen_asks_for_everything_an_outcome_has_to_say(application: Application) -> None:
    for each in choices(on=LATER):
        form = DecideForm({}, each)
        said = dict.fromkeys(form.fields, "写明的内容")
        lacks = missing(application, each.key, Grounds(**said), on=LATER)
        asked_for = [
            sentence for sentence in lacks if "请写明" in sentence or "请说明" in sentence or "要写明" in sentence
        ]
        assert not asked_for, f"{each.key}: {asked_for}"


def test_an_unconfirmed_or_closed_case_is_not_decided(cast: Cast, application: Application, desk: Officers) -> None:
    online = receive(cast.education, PERSON, channel="online", submitted_on=TODAY, at=at(TODAY)).application
    with pytest.raises(Refused, match="还没有收到"):
        decide(online, FULL, by=desk.case, at=at(TODAY))
    decide(application, FULL, by=desk.case, at=at(LATER))
    record_reply(application, "disclose", on=LATER, at=at(LATER), by=desk.case)
    with pytest.raises(Refused, match="已经办结"):
        decide(application, FULL, by=desk.case, at=at(LATER))


def test_still_unclear_needs_the_answer_to_the_correction(application: Application, desk: Officers) -> None:
    request_correction(application, points="名称", working_days=10, on=TODAY, at=at(TODAY), by=desk.case)
    with pytest.raises(Refused, match="还没有提交补正"):
        decide(application, replace(FULL, outcome="still_unclear"), by=desk.case, at=at(date(2024, 4, 15)))


def test_what_was_seen_before_a_colleague_acted_does_not_stand(application: Application, desk: Officers) -> None:
    seen = application.events.latest("id").pk
    decide(application, FULL, by=desk.colleague, at=at(LATER), seen=seen)
    with pytest.raises(Refused, match="别的同事"):
        decide(application, replace(FULL, outcome="petition"), by=desk.case, at=at(LATER), seen=seen)
    assert application.decisions.count() == 1
