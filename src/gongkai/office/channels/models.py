"""Accounts in new media (政务新媒体账号) and what they posted."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.office.ledgers.models import Entry

PLATFORMS = [
    ("weibo", "微博"),
    ("wechat", "微信公众号"),
    ("video", "短视频号"),
    ("news", "新闻客户端号"),
    ("app", "移动客户端"),
    ("mini_program", "小程序"),
    ("other", "其他"),
]
KINDS = [("original", "原创"), ("reprint", "转载"), ("reply", "互动回应")]


class Account(Entry):
    """An account: on which platform, opened when, closed when. Whether it is open on a day follows from the two days."""

    platform = models.CharField("平台", max_length=20, choices=PLATFORMS)
    name = models.CharField("账号名称", max_length=80)
    handle = models.CharField("账号", max_length=80, blank=True)
    url = models.URLField("网址", max_length=300, blank=True)
    operator = models.CharField("运营单位", max_length=120, blank=True)
    on = models.DateField("开设日期")
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "政务新媒体账号"
        verbose_name_plural = "政务新媒体账号"
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["platform", "name"],
                condition=models.Q(struck_at=None),
                name="an_account_is_registered_once",
            ),
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | models.Q(closed_on__gte=models.F("on")),
                name="an_account_closes_after_it_opened",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "on"], name="accounts_by_organ")]

    def __str__(self) -> str:
        return self.name


class Post(Entry):
    """Something an account posted."""

    account = models.ForeignKey(Account, models.PROTECT, related_name="posts", verbose_name="账号")
    on = models.DateField("发布日期")
    title = models.CharField("标题", max_length=300)
    kind = models.CharField("类别", max_length=20, choices=KINDS, default="original")
    url = models.URLField("网址", max_length=500, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "新媒体发布"
        verbose_name_plural = "新媒体发布"
        indexes: ClassVar = [
            models.Index(fields=["organ", "on"], name="posts_by_organ"),
            models.Index(fields=["account", "-on", "-id"], name="posts_by_account"),
        ]

    def __str__(self) -> str:
        return self.title
