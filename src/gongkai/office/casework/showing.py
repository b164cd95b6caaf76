"""A case in words: the derivation of its due date, its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Any

from gongkai.office.accounts.models import User
from gongkai.office.casework.actions.confirm import WAYS
from gongkai.office.casework.actions.fees import METHODS
from gongkai.office.casework.kinds import KINDS
from gongkai.office.casework.models import Application, ApplicationEvent, Consultation, Delivery, EventText
from gongkai.regulation import application as law
from gongkai.regulation.letters import kind_of


@dataclass(frozen=True, slots=True)
class Day:
    """A line of a derivation: one day, or a run of days with the same reason."""

    first: date
    last: date
    numbers: str
    why: str
    counted: bool


def derivation(standing: law.Standing) -> list[Day]:
    """How the due date comes about, day by day; days of rest and pauses that belong together stand in one line."""
    lines: list[Day] = []
    steps = [(step, law.why_step(step)) for step in standing.derivation()]
    for (why, counted), some in groupby(steps, key=lambda pair: (pair[1], pair[0].number is not None)):
        run = [step for step, _ in some]
        numbers = [step.number for step in run if step.number]
        said = "" if not numbers else f"第{numbers[0]}日" if len(numbers) == 1 else f"第{numbers[0]}—{numbers[-1]}日"
        lines.append(Day(run[0].on, run[-1].on, said, why, counted))
    return lines


@dataclass(frozen=True, slots=True)
class Line:
    """An entry of a case's history."""

    event: ApplicationEvent
    label: str
    particulars: Sequence[tuple[str, str]]
    words: str
    struck: ApplicationEvent | None
    may_be_struck: bool


def timeline(application: Application) -> list[Line]:
    """What happened, in the order of the days; what was taken back stands struck through."""
    events = list(application.events.select_related("by").order_by("on", "id"))
    struck = {event.strikes_id: event for event in events if event.strikes_id}
    texts = {text.event_id: text.words for text in EventText.objects.filter(event__application=application)}
    numbers = {event.detail.get("to", "") for event in events if event.kind == "assigned"}
    names = dict(User.objects.filter(staff_number__in=numbers).values_list("staff_number", "name"))
    consulted = {each.key: each for each in application.consultations.all()}
    return [
        Line(
            event,
            KINDS[event.kind],
            _particulars(event, consulted, names),
            texts.get(event.pk, ""),
            struck.get(event.pk),
            event.kind not in ("submitted", "struck", "voided", "due_moved", "split", "assigned")
            and event.pk not in struck,
        )
        for event in events
        if event.kind != "struck"
    ]


def opinions(application: Application, found: law.Standing) -> list[tuple[Consultation, str]]:
    """Everybody whose opinion is asked for, with what they said, or what their silence means by a day."""
    return [
        (each, each.get_opinion_display() or _not_answered(each, found)) for each in application.consultations.all()
    ]


_SILENCE = {"third_party": "是否公开由本机关决定", "agency": "视为同意公开"}
"""What follows when no opinion came in time. Source: ogi-2019 art. 32, 34."""


def _not_answered(asked: Consultation, found: law.Standing) -> str:
    sent = found.consultation(asked.key)
    if sent is None:
        return "还没有发出"
    if (due := sent.due_on) is None:
        return "意见未到"
    return f"意见未到，最迟{due}" if found.on <= due else f"到{due}没有提出意见，{_SILENCE[asked.party]}"


_HOW = {**dict(Delivery.Way.choices), **WAYS}
"""How something was confirmed or sent, by the word the event keeps."""

_SAID: dict[str, tuple[str, Callable[[Any], str]]] = {
    "way": ("方式", lambda value: _HOW.get(value, value)),
    "side": ("确认的一方", lambda value: {"both": "双方", "agency": "本机关", "applicant": "申请人"}.get(value, value)),
    "working_days": ("期限", lambda value: f"{value}个工作日"),
    "received_on": ("对方收到", str),
    "opinion": ("意见", lambda value: str(Consultation.Opinion(value).label)),
    "method": ("计收方式", lambda value: METHODS.get(value, value)),
    "count": ("数量", str),
    "yuan": ("金额", lambda value: f"{value}元"),
    "outcome": ("结果", lambda value: law.outcome(value).label),
    "number": ("文号", str),
    "prior": ("在先申请", str),
    "file": ("案卷号", str),
    "into": ("拆出", lambda value: "、".join(value) if isinstance(value, list) else str(value)),
    "joined": ("并入的申请", str),
    "letter": ("文书", lambda value: kind_of(value).name),
    "with": ("合并答复于", str),
    "reference": ("决定文号", str),
    "due_on": ("新的答复期限", str),
    "due_on_was": ("原答复期限", str),
    "waiting_until": ("新的等待期限", str),
    "waiting_until_was": ("原等待期限", str),
}
"""What a particular of an event is called, and how its value reads."""

_OWN_WORDS: dict[str, dict[str, str]] = {"extended": {"working_days": "延长"}, "merged": {"into": "并入"}}
"""What a particular is called in an event of a kind, where it is called something else."""


def _particulars(
    event: ApplicationEvent, consulted: dict[str, Consultation], names: dict[str, str]
) -> list[tuple[str, str]]:
    said: list[tuple[str, str]] = []
    detail: dict[str, Any] = event.detail
    if event.kind in ("consultation_sent", "consultation_answered") and (asked := consulted.get(detail.get("id", ""))):
        said.append((asked.get_party_display(), asked.name))
    own = _OWN_WORDS.get(event.kind, {})
    said += [
        (own.get(key, _SAID[key][0]), _SAID[key][1](value))
        for key, value in detail.items()
        if key in _SAID and value not in ("", None)
    ]
    if event.kind == "assigned":
        said = [("交给", names.get(detail["to"], detail["to"]))]
    if event.kind == "searched":
        said.append(("结果", "检索到" if detail.get("found") else "没有检索到"))
    if event.kind == "reason_received":
        said.append(("判断", "理由合理" if detail.get("accepted") else "理由不合理"))
    return said
