"""This room's figures of the annual report, and the records behind them. Rules are one sentence the public understands."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, Q, QuerySet
from django.utils.timezone import get_default_timezone

from gongkai.office.engagement.ledgers import (
    CONSULTATION,
    INTERPRETATION,
    MESSAGE,
    OPINION,
    PRESS_CONFERENCE,
    RESPONSE,
)
from gongkai.office.engagement.models import ExcellentSelection, Message
from gongkai.office.engagement.words import EPIDEMIC, SATISFIED
from gongkai.office.ledgers import queries
from gongkai.office.ledgers.ledger import Ledger
from gongkai.office.ledgers.models import STANDING
from gongkai.regulation.tally import Counted, Measure, Tally

MEASURES = {
    measure.key: measure
    for measure in (
        Measure(
            "interpretations", "政策解读", "篇",
            "当年公开的政策解读，一篇计一次；当年年底以前撤回的和登记有误划去的不计。",
            INTERPRETATION.key, is_public=True,
        ),
        Measure(
            "excellent_interpretations", "优秀政策解读", "篇",
            "当年被评为优秀的政策解读，同一篇被几个单位评选的只计一篇。",
            INTERPRETATION.key, is_public=True,
        ),
        Measure(
            "responses", "主动回应", "条",
            "当年对公众关切作出的回应，一条计一次；当年年底以前撤回的和登记有误划去的不计。",
            RESPONSE.key, is_public=True,
        ),
        Measure(
            "epidemic_responses", "疫情回应", "条", "当年的回应中主题为疫情防控的。", RESPONSE.key, is_public=True
        ),
        Measure("press_conferences", "新闻发布会", "场", "当年举行的新闻发布会。", PRESS_CONFERENCE.key, is_public=True),
        Measure(
            "messages_answered", "留言咨询办理", "条", "当年答复的公众留言，不论哪一年收到；转往其他渠道的不计。", MESSAGE.key
        ),
        Measure(
            "message_reply_working_days", "留言回复时限", "个工作日",
            "当年答复的留言从收到次日起算，用时最长的一条用了几个工作日。",
            MESSAGE.key, is_sum=True,
        ),
        Measure("messages_rated", "留言答复评价", "条", "当年来信人对答复作出的评价，每条留言只评价一次。", MESSAGE.key),
        Measure(
            "messages_satisfied", "留言答复满意", "条", "当年来信人作出的评价中，满意和很满意的。", MESSAGE.key
        ),
        Measure("consultations", "意见征集", "次", "当年开始的公开征求意见。", CONSULTATION.key, is_public=True),
        Measure("opinions_received", "征集到的意见", "条", "当年在征集期限内收到的意见，一条计一次。", OPINION.key),
    )
}  # fmt: skip
_LEDGERS: dict[str, Ledger] = {
    each.key: each for each in (INTERPRETATION, RESPONSE, PRESS_CONFERENCE, MESSAGE, CONSULTATION, OPINION)
}


def tally(organs: Collection[int], first: date, last: date, edition: str) -> list[Tally]:
    """Every figure of this room for agencies (by id) and a period. Both editions of the form count them alike."""
    responses = still_public(queries.between(RESPONSE, organs, first, last), last)
    answered = Message.objects.filter(
        STANDING, organ__in=list(organs), answered_on__gte=first, answered_on__lte=last
    ).order_by()
    rated = Message.objects.filter(STANDING, organ__in=list(organs), rated_on__gte=first, rated_on__lte=last).order_by()
    return [
        queries.count(
            MEASURES["interpretations"], still_public(queries.between(INTERPRETATION, organs, first, last), last)
        ),
        _selected(organs, first, last),
        queries.count(MEASURES["responses"], responses),
        queries.count(MEASURES["epidemic_responses"], responses.filter(topic=EPIDEMIC)),
        queries.count(MEASURES["press_conferences"], queries.between(PRESS_CONFERENCE, organs, first, last)),
        queries.count(MEASURES["messages_answered"], answered),
        _longest(answered),
        queries.count(MEASURES["messages_rated"], rated),
        queries.count(MEASURES["messages_satisfied"], rated.filter(satisfaction__gte=SATISFIED)),
        queries.count(MEASURES["consultations"], queries.between(CONSULTATION, organs, first, last)),
        queries.count(MEASURES["opinions_received"], queries.between(OPINION, organs, first, last)),
    ]


def counted(kind: str, ids: Sequence[int]) -> list[Counted]:
    """The records behind a figure, for lists; of opinions and messages nothing that their senders wrote.

    Errors: KeyError for a kind that is none of this room's.
    """
    found = queries.counted(_LEDGERS[kind], ids)
    if kind == OPINION.key:
        return [_without_words(each) for each in found]
    return found


def _selected(organs: Collection[int], first: date, last: date) -> Tally:
    """Interpretations with a selection in the period, each once."""
    chosen = ExcellentSelection.objects.filter(
        STANDING, organ__in=list(organs), on__gte=first, on__lte=last, interpretation__struck_at=None
    ).order_by()
    ids = tuple(sorted(set(chosen.values_list("interpretation", flat=True))))
    return Tally(MEASURES["excellent_interpretations"], len(ids), ids)


def _longest(answered: QuerySet[Any]) -> Tally:
    """The most working days an answer took, and the messages that took them."""
    longest = answered.aggregate(Max("working_days"))["working_days__max"] or 0
    ids = answered.filter(working_days=longest).order_by("pk").values_list("pk", flat=True) if longest else ()
    return Tally(MEASURES["message_reply_working_days"], longest, tuple(ids))


def still_public(rows: QuerySet[Any], last: date) -> QuerySet[Any]:
    """Without those whose item was withdrawn by the end of the period: what happens later changes no past year."""
    end = datetime.combine(last + timedelta(days=1), time.min, get_default_timezone())
    return rows.filter(Q(item=None) | Q(item__withdrawn_at=None) | Q(item__withdrawn_at__gte=end))


def _without_words(each: Counted) -> Counted:
    return Counted(each.id, f"第{each.id}号意见", each.on, each.organ, each.staff_path)
