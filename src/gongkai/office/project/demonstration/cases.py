"""Applications for disclosure in the demonstration: the two of 2020, and a handful under way today."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.utils.timezone import localdate, make_aware

from gongkai.office.accounts.models import User
from gongkai.office.casework import actions
from gongkai.office.casework.actions import Deciding
from gongkai.office.casework.models import Application
from gongkai.office.casework.particulars import Particulars
from gongkai.office.casework.standing import calendar
from gongkai.office.organs.models import Organ


@dataclass(frozen=True, slots=True)
class _Case:
    """One application: to whom, by whom, for what; how many working days ago it came; what happened since."""

    organ: str
    name: str
    serial: int
    wanted: str
    summary: str
    days_ago: int
    channel: str = "in_person"
    kind: str = "natural_person"
    then: tuple[tuple[int, str], ...] = field(default=())
    """What was done: working days after receipt, and the name of the step below."""


_UNDER_WAY = (
    _Case(
        "qingxi-education",
        "罗一鸣",
        31,
        "请公开《青溪县义务教育阶段学校布局规划》全文和附图。",
        "义务教育阶段学校布局规划",
        18,
        then=((1, "assign"), (3, "search")),
    ),
    _Case(
        "qingxi-housing",
        "许知远",
        32,
        "请公开青溪县老旧小区改造工程的中标合同，包括单价清单。",
        "老旧小区改造工程中标合同",
        9,
        "post_signed",
        then=((1, "assign"), (4, "consult")),
    ),
    _Case(
        "qingxi-office",
        "青溪县云岭茶业有限公司",
        33,
        "请公开县里关于茶产业扶持的有关文件。",
        "茶产业扶持文件",
        6,
        kind="commercial_enterprise",
        then=((1, "assign"), (4, "correct")),
    ),
    _Case("qingxi-office", "宋时雨", 34, "请公开《青溪县城区供水管网改造实施方案》。", "", 2, "online"),
    _Case(
        "qingxi-land",
        "何望舒",
        35,
        "请公开文昌路片区征收土地公告和补偿标准。",
        "文昌路片区征地公告和补偿标准",
        15,
        then=((1, "assign"), (12, "decide")),
    ),
    _Case(
        "qingxi-health",
        "季安然",
        36,
        "请公开县人民医院迁建项目的环境影响评价批复。",
        "县人民医院迁建项目环评批复",
        26,
        then=((1, "assign"), (19, "extend")),
    ),
)


def two_of_2020(organs: Mapping[str, Organ], people: Mapping[str, User]) -> list[Application]:
    """Two natural persons applied in 2020; both got what they asked for, in time."""
    asked = (
        (
            "qingxi-education",
            _person("方晓晨", 21, "请公开2020年青溪县小学招生范围划分的文件。"),
            "2020年小学招生范围划分",
            date(2020, 4, 26),
            date(2020, 5, 12),
        ),
        (
            "qingxi-transport",
            _person("卫南星", 22, "请公开青溪县农村公路养护资金使用情况。"),
            "农村公路养护资金使用情况",
            date(2020, 9, 25),
            date(2020, 10, 16),
        ),
    )
    made = []
    for organ, who, summary, came, replied in asked:
        application = _received(organs[organ], who, "in_person", came, people["case"], summary)
        actions.assign(application, people["case"], by=people["approver"], at=_at(came))
        actions.decide(application, Deciding("disclose"), by=people["case"], at=_at(replied))
        actions.record_reply(application, "disclose", on=replied, at=_at(replied), by=people["case"], way="counter")
        made.append(application)
    return made


def under_way(organs: Mapping[str, Organ], people: Mapping[str, User], *, at: datetime) -> list[Application]:
    """Cases in every state of a working day, with the days counted back from this one."""
    today = localdate(at)
    made = []
    for case in _UNDER_WAY:
        if case.organ not in organs:
            continue
        came = _working_days_before(today, case.days_ago)
        who = _person(case.name, case.serial, case.wanted, case.kind)
        application = _received(organs[case.organ], who, case.channel, came, people["case"], case.summary)
        for days, step in case.then:
            _STEPS[step](application, calendar().add(came, days), people)
        made.append(application)
    return made


def _received(organ: Organ, who: Particulars, channel: str, on: date, by: User, summary: str) -> Application:
    entered_by = None if channel == "online" else by
    return actions.receive(
        organ, who, channel=channel, submitted_on=on, at=_at(on), by=entered_by, summary=summary
    ).application


def _person(name: str, serial: int, wanted: str, kind: str = "natural_person") -> Particulars:
    """Somebody invented: the region 990000 does not exist, nor do these numbers."""
    if kind == "natural_person":
        identity_kind, number = "居民身份证", f"990000199001{serial % 28 + 1:02d}{serial:03d}"
        weights = sum(int(digit) * pow(2, 17 - place, 11) for place, digit in enumerate(number))
        number += "10X98765432"[weights % 11]
    else:
        identity_kind, number = "统一社会信用代码证书", f"91990000MA0A{serial:05d}X"
    return Particulars(
        applicant_kind=kind,
        applicant_name=name,
        identity_kind=identity_kind,
        identity_number=number,
        phone=f"0000-88{serial:05d}",
        address=f"青溪县文昌路{serial}号",
        postcode="990000",
        wanted=wanted,
    )


def _assign(application: Application, on: date, people: Mapping[str, User]) -> None:
    actions.assign(application, people["case"], by=people["approver"], at=_at(on))


def _search(application: Application, on: date, people: Mapping[str, User]) -> None:
    actions.record_search(
        application,
        places="档案室2018—2023年卷、办公系统",
        terms="学校布局、规划",
        searched_by="档案室",
        is_found=True,
        result="检索到规划文本一份，附图三张。",
        on=on,
        at=_at(on),
        by=people["case"],
    )


def _consult(application: Application, on: date, people: Mapping[str, User]) -> None:
    actions.consult(
        application,
        party="third_party",
        name="青溪县宏景建设有限公司",
        matter="中标合同的单价清单",
        contact="0000-8800099",
        on=on,
        received_on=on,
        at=_at(on),
        by=people["case"],
    )


def _correct(application: Application, on: date, people: Mapping[str, User]) -> None:
    actions.request_correction(
        application,
        points="“有关文件”指向不明确，请写明文件的名称、文号或者年度。",
        working_days=10,
        on=on,
        at=_at(on),
        by=people["case"],
    )


def _decide(application: Application, on: date, people: Mapping[str, User]) -> None:
    facts = "青溪县人民政府网站“征地信息公开”栏目"
    actions.decide(application, Deciding("already_public", facts=facts), by=people["case"], at=_at(on))


def _extend(application: Application, on: date, people: Mapping[str, User]) -> None:
    actions.extend(
        application,
        working_days=15,
        reason="批复文件已经移交县档案馆，调阅需要时间。",
        on=on,
        at=_at(on),
        by=people["approver"],
    )


_STEPS: dict[str, Callable[[Application, date, Mapping[str, User]], Any]] = {
    "assign": _assign,
    "search": _search,
    "consult": _consult,
    "correct": _correct,
    "decide": _decide,
    "extend": _extend,
}


def _working_days_before(today: date, count: int) -> date:
    """The nearest day from which so many working days have gone by."""
    day = today
    while not (calendar().is_working_day(day) and calendar().count(day, today) >= count):
        day -= timedelta(days=1)
    return day


def _at(day: date) -> datetime:
    return make_aware(datetime.combine(day, time(9, 30)))
