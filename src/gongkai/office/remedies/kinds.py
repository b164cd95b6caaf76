"""The ways of remedy, what a decision may say, and the column of the annual form's fourth table each lands on."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.db import models


class Route(models.TextChoices):
    """The three groups of the table. Source: report-form-2019, report-form-2021."""

    RECONSIDERATION = "reconsideration", "行政复议"
    LITIGATION_DIRECT = "litigation_direct", "未经复议直接起诉"
    LITIGATION_AFTER = "litigation_after_reconsideration", "复议后起诉"


class Result(models.TextChoices):
    """The columns of a decided case; one that is not decided is 尚未审结."""

    UPHELD = "upheld", "结果维持"
    CORRECTED = "corrected", "结果纠正"
    OTHER = "other_result", "其他结果"


class Instance(models.TextChoices):
    """Before which instance a lawsuit is; each has an answer of its own to hand in. A reconsideration has none."""

    FIRST = "first", "一审"
    SECOND = "second", "二审"
    RETRIAL = "retrial", "再审"


@dataclass(frozen=True, slots=True)
class Appeal:
    """Who took a lawsuit to which further instance: the side that did has no answer to hand in."""

    instance: Instance
    by_agency: bool
    label: str


APPEALS: Mapping[str, Appeal] = MappingProxyType(
    {
        "appeal_by_claimant": Appeal(Instance.SECOND, False, "对方上诉：收到上诉状副本"),
        "appeal_by_agency": Appeal(Instance.SECOND, True, "本机关上诉"),
        "retrial_by_claimant": Appeal(Instance.RETRIAL, False, "对方申请再审：收到再审申请书副本"),
        "retrial_by_agency": Appeal(Instance.RETRIAL, True, "本机关申请再审"),
    }
)
"""The ways a lawsuit that was decided is opened again, by the key under which an event keeps it."""

PENDING = "pending"
COLUMNS: Mapping[str, str] = MappingProxyType({**dict(Result.choices), PENDING: "尚未审结"})
"""Of each group of the table, without its total, which is computed."""


class Challenged(models.TextChoices):
    """What the applicant does not accept."""

    REPLY = "reply", "对答复的内容不服"
    SILENCE = "silence", "逾期没有答复"
    NOT_PROCESSED = "not_processed", "对不予处理、终止办理不服"
    THIRD_PARTY = "third_party", "第三方对决定公开不服"
    OTHER = "other", "其他"


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a decision may say: its column, and whether it may order to handle the application again.

    The agency lost in whole or in part: 纠正. Ended without a word on the merits: 其他. Source: practice of the form.
    """

    key: str
    label: str
    result: Result
    in_litigation: bool
    may_order: bool = False


RULINGS: Mapping[str, Ruling] = MappingProxyType(
    {
        ruling.key: ruling
        for ruling in (
            Ruling("maintained", "维持", Result.UPHELD, False),
            Ruling("request_rejected", "驳回行政复议请求", Result.UPHELD, False),
            Ruling("revoked", "撤销或者部分撤销", Result.CORRECTED, False, may_order=True),
            Ruling("changed", "变更", Result.CORRECTED, False),
            Ruling("unlawful", "确认违法", Result.CORRECTED, False),
            Ruling("invalid", "确认无效", Result.CORRECTED, False),
            Ruling("ordered", "责令履行职责", Result.CORRECTED, False, may_order=True),
            Ruling("application_rejected", "驳回行政复议申请", Result.OTHER, False),
            Ruling("ended", "终止（撤回、和解等）", Result.OTHER, False),
            Ruling("mediated", "调解结案", Result.OTHER, False),
            Ruling("claim_rejected", "驳回诉讼请求", Result.UPHELD, True),
            Ruling("court_revoked", "撤销或者部分撤销", Result.CORRECTED, True, may_order=True),
            Ruling("court_changed", "变更", Result.CORRECTED, True),
            Ruling("court_unlawful", "确认违法", Result.CORRECTED, True),
            Ruling("court_invalid", "确认无效", Result.CORRECTED, True),
            Ruling("court_ordered", "判决履行职责", Result.CORRECTED, True, may_order=True),
            Ruling("suit_rejected", "驳回起诉或者不予立案", Result.OTHER, True),
            Ruling("suit_withdrawn", "准许撤诉", Result.OTHER, True),
            Ruling("suit_ended", "终结、移送、调解等", Result.OTHER, True),
        )
    }
)

EVENTS: Mapping[str, str] = MappingProxyType(
    {
        "notified": "收到受理通知、申请书（起诉状）副本",
        "answered": "提交答复（答辩）和证据",
        "heard": "听证、开庭",
        "decided": "收到决定书（裁判文书）",
        "appealed": "上诉、申请再审",
        "rectified": "按决定重新办理",
        "noted": "备注",
        "struck": "更正登记",
    }
)
"""What happens to a case, as dated events; only `decided` and `appealed` move its column."""


def rulings(route: str) -> list[Ruling]:
    """What a decision may say on a route."""
    return [ruling for ruling in RULINGS.values() if ruling.in_litigation == (route != Route.RECONSIDERATION)]
