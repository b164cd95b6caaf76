"""What may happen to a notice, and the state it is in after that: a function of the last thing that happened."""

from __future__ import annotations

from django.db import models


class Channel(models.TextChoices):
    """The ways out of the office."""

    MAIL = "mail", "电子邮件"
    TEXT = "text", "短信"
    POST = "post", "邮寄"
    COUNTER = "counter", "当面送达"
    PICK_UP = "pick_up", "凭码领取"


SENT_BY_US = (Channel.MAIL, Channel.TEXT)
"""What the outbox sends by itself; the others are carried by people and put on record."""


class Result(models.TextChoices):
    """What happened to a notice, one row of its history."""

    BEGUN = "begun", "开始发送"
    HANDING = "handing", "正在交给对方服务器"
    ACCEPTED = "accepted", "对方服务器已接收"
    DEFERRED = "deferred", "暂时发不出，稍后再试"
    REFUSED = "refused", "对方服务器拒收"
    GAVE_UP = "gave_up", "多次重试仍发不出，不再重试"
    UNCERTAIN = "uncertain", "发送中断，不能确定对方是否收到"
    EXPIRED = "expired", "过了有效时间，没有发送"
    CANCELLED = "cancelled", "已作废"
    SETTLED_SENT = "settled_sent", "人工认定：已经发出"
    SETTLED_UNSENT = "settled_unsent", "人工认定：没有发出，重新发送"
    BOUNCED = "bounced", "被退信"
    HANDED_OVER = "handed_over", "已交付"
    OFFERED = "offered", "等待领取"
    SIGNED = "signed", "已签收"
    PICKED_UP = "picked_up", "已领取"
    RETURNED = "returned", "被退回"


class State(models.TextChoices):
    """Where a notice stands."""

    WAITING = "waiting", "等待发送"
    SENDING = "sending", "正在发送"
    ACCEPTED = "accepted", "已发出"
    UNCERTAIN = "uncertain", "不能确定"
    FAILED = "failed", "发送失败"
    DROPPED = "dropped", "未发送"
    HANDED_OVER = "handed_over", "在途"
    OFFERED = "offered", "等待领取"
    RECEIVED = "received", "已送达"
    RETURNED = "returned", "被退回"


STATE_AFTER: dict[str, State] = {
    Result.BEGUN: State.SENDING,
    Result.HANDING: State.SENDING,
    Result.ACCEPTED: State.ACCEPTED,
    Result.DEFERRED: State.WAITING,
    Result.REFUSED: State.FAILED,
    Result.GAVE_UP: State.FAILED,
    Result.UNCERTAIN: State.UNCERTAIN,
    Result.EXPIRED: State.DROPPED,
    Result.CANCELLED: State.DROPPED,
    Result.SETTLED_SENT: State.ACCEPTED,
    Result.SETTLED_UNSENT: State.WAITING,
    Result.BOUNCED: State.RETURNED,
    Result.HANDED_OVER: State.HANDED_OVER,
    Result.OFFERED: State.OFFERED,
    Result.SIGNED: State.RECEIVED,
    Result.PICKED_UP: State.RECEIVED,
    Result.RETURNED: State.RETURNED,
}

ALARMING = (State.FAILED, State.UNCERTAIN, State.RETURNED)
"""What somebody has to look at, because what should have reached a person did not, or may not have."""
