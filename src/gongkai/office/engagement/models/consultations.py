"""Consultations (意见征集) and the opinions that came in."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.office.engagement import words
from gongkai.office.ledgers.models import Entry
from gongkai.office.personal.fields import SealedField
from gongkai.office.publishing.models import Item


class Consultation(Entry):
    """A draft put before the public from a day to a day. Where it stands on a day is `regulation.engagement`'s to say.

    `answered_on` is when its result was published: the day of the result's item where it has one.
    """

    title = models.CharField("标题", max_length=300)
    kind = models.CharField("征集类别", max_length=20, choices=words.KIND_CHOICES)
    opens_on = models.DateField("开始日期")
    closes_on = models.DateField("截止日期")
    shortened_reason = models.CharField("缩短期限的理由", max_length=300, blank=True)
    ways = models.TextField("提出意见的方式", max_length=500)
    draft_item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="consultations", verbose_name="征集公告"
    )
    result_item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="consultation_results", verbose_name="结果反馈"
    )
    answered_on = models.DateField("结果公布日期", null=True, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "意见征集"
        verbose_name_plural = "意见征集"
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=models.Q(closes_on__gte=models.F("opens_on")), name="a_consultation_ends_after_it_begins"
            ),
            models.CheckConstraint(
                condition=models.Q(answered_on=None) | models.Q(answered_on__gte=models.F("closes_on")),
                name="a_result_is_told_after_the_consultation",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "opens_on"], name="consultations_by_organ")]

    def __str__(self) -> str:
        return self.title


class Opinion(Entry):
    """An opinion on a draft, and what became of it. Who sent it is sealed."""

    consultation = models.ForeignKey(Consultation, models.PROTECT, related_name="opinions", verbose_name="意见征集")
    on = models.DateField("收到日期")
    channel = models.CharField("渠道", max_length=20, choices=words.CHANNEL_CHOICES)
    author = SealedField("提出人", blank=True)
    contact = SealedField("联系方式", blank=True)
    text = models.TextField("意见内容", max_length=5000)
    adoption = models.CharField("采纳情况", max_length=20, choices=words.ADOPTION_CHOICES, blank=True)
    adoption_reason = models.CharField("采纳情况说明", max_length=500, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "征集到的意见"
        verbose_name_plural = "征集到的意见"
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            models.CheckConstraint(
                condition=~models.Q(adoption="not_adopted") | ~models.Q(adoption_reason=""),
                name="an_opinion_is_not_adopted_for_a_reason",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "on"], name="opinions_by_organ")]

    def __str__(self) -> str:
        return f"{self.consultation_id} {self.on}"
