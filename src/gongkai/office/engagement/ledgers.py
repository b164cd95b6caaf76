"""The ledgers of this room: how each is entered, listed, searched, shown and counted."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.timezone import localtime

from gongkai.office.accounts.models import Role
from gongkai.office.engagement import forms, models, policy, renderings, rules, standing
from gongkai.office.engagement.words import TOPICS
from gongkai.office.ledgers.ledger import Findable, Ledger, Line, Shown
from gongkai.office.publishing.models import Item
from gongkai.regulation.engagement import FORMS, KINDS, missing_elements, response_due

_REVIEWERS = (Role.FIRST_REVIEWER, Role.SECOND_REVIEWER, Role.FINAL_REVIEWER)
_OFFICE = {"see": (Role.EDITOR, Role.DISCLOSURE_OFFICER, *_REVIEWERS), "register": (Role.DISCLOSURE_OFFICER,)}
PRIVATE = {"see": (Role.EDITOR, Role.DISCLOSURE_OFFICER), "register": (Role.EDITOR, Role.DISCLOSURE_OFFICER)}
"""Where there are personal data: only who handles them."""


def _path(item: Item | None, name: str, pk: int) -> str:
    """The page of an entry: its public item's, else its own."""
    return reverse("item", args=[item.pk]) if item is not None and item.is_public else reverse(name, args=[pk])


def _interpretation_path(entry: Any) -> str:
    return _path(entry.item, "engagement_interpretation_public", entry.pk)


def _response_path(entry: Any) -> str:
    return _path(entry.item, "engagement_response_public", entry.pk)


def _press_path(entry: Any) -> str:
    return reverse("engagement_press_conference_public", args=[entry.pk])


def _consultation_path(entry: Any) -> str:
    return reverse("engagement_consultation_public", args=[entry.pk])


def timeliness(entry: Any) -> str:
    """Whether a response came within its hours."""
    due = response_due(entry.gravity, localtime(entry.raised_at)) if entry.raised_at else None
    if due is None:
        return ""
    late = entry.responded_at - due
    return "及时" if late.total_seconds() <= 0 else f"超过{int(late.total_seconds() // 3600) + 1}小时"


INTERPRETATION = Ledger(
    model=models.Interpretation,
    form=forms.InterpretationForm,
    noun="interpretation",
    label="政策解读",
    unit="篇",
    lead="解读和它解读的政策互相链接；解读要素逐项登记。",
    title=lambda entry: entry.title,
    columns=(
        Shown("形式", lambda entry: entry.get_form_display()),
        Shown("发布日期", lambda entry: entry.on.isoformat()),
        Shown("解读的政策", lambda entry: entry.policy_item.title if entry.policy_item else "未对应"),
        Shown("缺少的要素", lambda entry: len(missing_elements(entry.elements)), numeric=True),
    ),
    day="on",
    words=("title",),
    selectors=("form", "level"),
    related=("item", "policy_item"),
    unique=("item",),
    citation="practice#interpretation",
    derive=rules.interpretation,
    touched=renderings.shown_by("interpretation"),
    line=lambda entry: Line(
        entry.title,
        _interpretation_path(entry),
        entry.on,
        entry.organ.name,
        (
            FORMS[entry.form],
            *(
                [f"解读：{entry.policy_item.title}"]
                if entry.policy_item is not None and entry.policy_item.is_public
                else []
            ),
        ),
        "优秀解读" if any(each.struck_at is None for each in entry.selections.all()) else "",
        "green",
    ),
    public_path=_interpretation_path,
    facts=("organ", "on", "form", "level", "policy_item", "elements"),
    findable=Findable(("title",), "政策解读", Q(item=None)),
    panel="engagement/desk/interpretation.html",
    panel_context=standing.of_interpretation,
)
SELECTION = Ledger(
    model=models.ExcellentSelection,
    form=forms.SelectionForm,
    noun="selection",
    label="优秀解读",
    unit="次",
    lead="哪篇解读、由谁、什么时候评为优秀。",
    title=lambda entry: f"{entry.interpretation.title}（{entry.selected_by}）",
    columns=(
        Shown("评选单位", lambda entry: entry.selected_by),
        Shown("评选日期", lambda entry: entry.on.isoformat()),
        Shown("称号", lambda entry: entry.award),
    ),
    day="on",
    words=("interpretation__title", "selected_by"),
    related=("interpretation",),
    derive=rules.selection,
    touched=renderings.of_selections,
    roles=_OFFICE,
)
RESPONSE = Ledger(
    model=models.Response,
    form=forms.ResponseForm,
    noun="response",
    label="回应关切",
    unit="条",
    lead="关切什么时候出现、什么时候回应；回应时限按小时推算。",
    title=lambda entry: entry.title,
    columns=(
        Shown("主题", lambda entry: entry.get_topic_display()),
        Shown("回应时间", lambda entry: f"{localtime(entry.responded_at):%Y-%m-%d %H:%M}"),
        Shown("是否及时", timeliness),
    ),
    day="on",
    words=("title",),
    selectors=("topic", "gravity"),
    related=("item",),
    unique=("item",),
    citation="public-response-2016#response",
    derive=rules.response,
    touched=renderings.shown_by("response"),
    line=lambda entry: Line(
        entry.title, _response_path(entry), entry.on, entry.organ.name, (TOPICS.get(entry.topic, entry.topic),)
    ),
    public_path=_response_path,
    facts=("organ", "topic", "raised_at", "responded_at", "item"),
    findable=Findable(("title",), "回应关切", Q(item=None)),
)
PRESS_CONFERENCE = Ledger(
    model=models.PressConference,
    form=forms.PressConferenceForm,
    noun="press_conference",
    label="新闻发布会",
    unit="场",
    lead="举行日期、主持人、发布人、主题和实录。",
    title=lambda entry: entry.title,
    columns=(
        Shown("举行日期", lambda entry: entry.on.isoformat()),
        Shown("主题", lambda entry: entry.topic),
        Shown("发布人", lambda entry: "；".join(entry.speakers)),
    ),
    day="on",
    words=("title", "topic"),
    related=("item", "policy_item"),
    unique=("item",),
    derive=rules.press_conference,
    touched=renderings.shown_by("press_conference"),
    line=lambda entry: Line(
        entry.title, _press_path(entry), entry.on, entry.organ.name, (entry.topic,) if entry.topic else ()
    ),
    public_path=_press_path,
    facts=("organ", "on", "place", "host", "speakers", "topic", "outlets", "policy_item", "item"),
    findable=Findable(("title", "topic", "host", "place", "speakers", "outlets"), "新闻发布会"),
)


CONSULTATION = Ledger(
    model=models.Consultation,
    form=forms.ConsultationForm,
    noun="consultation",
    label="意见征集",
    unit="次",
    lead="草案公开征求意见，截止后公布收集和采纳的情况。",
    title=lambda entry: entry.title,
    columns=(
        Shown("类别", lambda entry: KINDS[entry.kind]),
        Shown("征集期限", lambda entry: f"{entry.opens_on}至{entry.closes_on}"),
        Shown("结果公布", lambda entry: entry.answered_on.isoformat() if entry.answered_on else "未公布"),
    ),
    day="opens_on",
    words=("title",),
    selectors=("kind",),
    related=("draft_item", "result_item"),
    unique=("draft_item",),
    citation="major-decisions-2019#15",
    derive=rules.consultation,
    touched=renderings.shown_by("consultation"),
    line=lambda entry: Line(entry.title, _consultation_path(entry), entry.opens_on, entry.organ.name),
    public_path=_consultation_path,
    facts=(
        "organ",
        "kind",
        "opens_on",
        "closes_on",
        "shortened_reason",
        "ways",
        "draft_item",
        "result_item",
        "answered_on",
    ),
    findable=Findable(("title", "ways", "shortened_reason"), "意见征集"),
    panel="engagement/desk/consultation.html",
    panel_context=standing.of_consultation,
)
OPINION = Ledger(
    model=models.Opinion,
    acts={"give_opinion": "网上提交"},
    form=forms.OpinionForm,
    noun="opinion",
    label="征集到的意见",
    unit="条",
    lead="每条意见的采纳情况；提出人和联系方式加密保存，不公开。",
    title=lambda entry: f"{entry.text[:30]}{'…' if len(entry.text) > 30 else ''}",
    columns=(
        Shown("意见征集", lambda entry: entry.consultation.title),
        Shown("收到日期", lambda entry: entry.on.isoformat()),
        Shown("采纳情况", lambda entry: entry.get_adoption_display()),
    ),
    day="on",
    words=("text", "consultation__title"),
    selectors=("adoption", "channel"),
    related=("consultation",),
    derive=rules.opinion,
    touched=renderings.of_opinions,
    sealed=frozenset({"author", "contact"}),
    roles=PRIVATE,
)


STATES = {
    "received": "收到",
    "assigned": "办理中",
    "answered": "已答复",
    "shown": "已公开",
    "handed_over": "已转出",
}
MESSAGE = Ledger(
    model=models.Message,
    form=forms.MessageForm,
    noun="message",
    label="留言",
    unit="条",
    lead="从收到到答复，答复期限按承诺的工作日推算；姓名、联系方式和内容加密保存。",
    title=lambda entry: entry.subject,
    columns=(
        Shown("状态", lambda entry: STATES[entry.state]),
        Shown("收到", lambda entry: entry.on.isoformat()),
        Shown("答复期限", lambda entry: entry.due_on.isoformat()),
        Shown("答复", lambda entry: entry.answered_on.isoformat() if entry.answered_on else ""),
        Shown("评价", lambda entry: entry.get_satisfaction_display() if entry.satisfaction else ""),
    ),
    day="on",
    words=("subject", "number"),
    selectors=("kind", "channel"),
    related=("assigned_to",),
    citation="website-content-2014#messages",
    derive=rules.message,
    touched=renderings.shown_by("message"),
    sealed=frozenset({"content", "sender", "contact"}),
    acts={
        "receive": "收到",
        "assign": "转办",
        "answer": "答复",
        "rate": "来信人评价",
        "hand_over": "转出",
        "show": "审核公开",
        "hide": "停止公开",
    },
    panel="engagement/desk/message.html",
    panel_context=standing.of_message,
    also=policy.assigned_within,
    roles=PRIVATE,
    line=lambda entry: Line(
        entry.public_subject,
        reverse("engagement_message_public", args=[entry.pk]),
        entry.on,
        entry.organ.name,
        (entry.get_kind_display(), f"{entry.answered_on}答复，用时{entry.working_days}个工作日"),
    ),
    public_path=lambda entry: reverse("engagement_message_public", args=[entry.pk]) if entry.shown_on else "",
    findable=Findable(
        ("public_subject", "public_content", "public_answer"), "留言选登", Q(shown_on__isnull=False), "shown_on"
    ),
)
PROMISE = Ledger(
    model=models.MessagePromise,
    form=forms.PromiseForm,
    noun="promise",
    label="留言答复承诺",
    unit="项",
    lead="本机关承诺几个工作日内答复留言，自哪一天起。改变承诺请登记新的一项。",
    title=lambda entry: f"{entry.organ.name}：自{entry.on}起{entry.working_days}个工作日",
    columns=(
        Shown("自哪一天起", lambda entry: entry.on.isoformat()),
        Shown("工作日", lambda entry: entry.working_days, numeric=True),
    ),
    day="on",
    words=("organ__name",),
    unique=("organ", "on"),
    derive=rules.promise,
    roles=_OFFICE,
    touched=lambda entries: {renderings.listed("message")},
)
LEDGERS = (INTERPRETATION, SELECTION, RESPONSE, PRESS_CONFERENCE, CONSULTATION, OPINION, MESSAGE, PROMISE)
