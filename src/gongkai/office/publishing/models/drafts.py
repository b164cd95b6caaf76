"""What is being written and reviewed: drafts, the record of reviews, and what the pre-check knows besides the law."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models.items import Item


class Draft(models.Model):
    """What is being written: an item's content that is not public (yet), in the shape of `content.Content`.

    There is one as long as there is unpublished work. `edition` counts the saves, so that two editors at once are noticed.
    `publish_at` is when an approved draft is to go public; empty means at once. `organ` is the item's. From `state` on,
    the columns repeat what the review record says, so that queues are found by index; `record.py` writes them with every
    event and nothing else does.
    """

    item = models.OneToOneField(Item, models.CASCADE, related_name="draft", verbose_name="政府信息")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="发布机构")
    content = models.JSONField("内容")
    content_hash = models.CharField("内容摘要值", max_length=64)
    edition = models.PositiveIntegerField("保存次数", default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="保存人")
    saved_at = models.DateTimeField("保存时间")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人")
    publish_at = models.DateTimeField("定时发布", null=True, blank=True)
    state = models.CharField("状态", max_length=20, default="draft", editable=False)
    next_step = models.CharField("待办环节", max_length=10, blank=True, editable=False)
    due_on = models.DateField("本环节截止日期", null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField("送审时间", null=True, blank=True, editable=False)
    secrecy = models.CharField("保密审查", max_length=20, blank=True, editable=False)

    class Meta:
        verbose_name = "草稿"
        verbose_name_plural = "草稿"
        indexes: ClassVar = [
            models.Index(fields=["organ", "state", "next_step"], name="drafts_by_organ"),
            models.Index(fields=["started_by", "state"], name="drafts_by_author"),
            models.Index(fields=["state", "due_on"], name="drafts_by_due_day"),
            models.Index(fields=["state", "publish_at"], name="drafts_by_hour_of_publication"),
            models.Index(fields=["-saved_at", "-id", "organ"], name="drafts_by_last_save"),
        ]

    def __str__(self) -> str:
        return str(self.item)


class ReviewEvent(models.Model):
    """A fact of the review of an item, only ever added; `detail` holds the particulars of its kind.

    Kinds are those of `regulation.review`: edited, submitted, secrecy_reviewed, passed, returned, withdrawn, published.
    `person` is the staff number of the human being who acted.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="review_events", verbose_name="政府信息")
    kind = models.CharField("事件", max_length=20)
    person = models.CharField("工号", max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="行为人"
    )
    at = models.DateTimeField("时间")
    content_hash = models.CharField("内容摘要值", max_length=64, blank=True)
    detail = models.JSONField("内容", default=dict)

    class Meta:
        verbose_name = "审核记录"
        verbose_name_plural = "审核记录"
        ordering: ClassVar = ["item", "at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["item", "person", "kind"], name="review_events_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind} {self.person}"


class OutsideLink(models.Model):
    """A link to another site in a draft, and what came of asking it; `dead_days` counts the days in a row it did not open."""

    address = models.CharField("网址", max_length=500, unique=True)
    found_at = models.DateTimeField("发现时间")
    asked_at = models.DateTimeField("检查时间", null=True)
    fault = models.CharField("打不开的原因", max_length=100, blank=True)
    dead_days = models.PositiveSmallIntegerField("连续打不开的天数", default=0)

    class Meta:
        verbose_name = "外部链接"
        verbose_name_plural = "外部链接"
        indexes: ClassVar = [models.Index(fields=["asked_at", "id"], name="outside_links_to_ask")]

    def __str__(self) -> str:
        return self.address


class WordPreference(models.Model):
    """The office's own word for the pre-check, or one of the product's words that the office does not want."""

    word = models.CharField("词语", max_length=60, unique=True)
    suggestion = models.CharField("改为", max_length=100, blank=True)
    reason = models.CharField("说明", max_length=200, blank=True)
    is_error = models.BooleanField("必须修改", default=False)
    is_dropped = models.BooleanField("不再提示", default=False)

    class Meta:
        verbose_name = "用词规则"
        verbose_name_plural = "用词规则"

    def __str__(self) -> str:
        return self.word
