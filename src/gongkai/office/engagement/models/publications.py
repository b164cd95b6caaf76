"""What the government explains: interpretations of policy and their selections, responses, press conferences.

Each is a public item of publishing where it is on this site (`item`); here stands what the item doesn't say.
"""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.office.engagement import words
from gongkai.office.ledgers.models import Entry
from gongkai.office.publishing.models import Item

ONCE = models.Q(struck_at=None, item__isnull=False)


class Interpretation(Entry):
    """An interpretation of a policy. `on` is the day it went public: of its item, or as entered where it has none."""

    title = models.CharField("标题", max_length=300)
    policy_item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="interpretations", verbose_name="解读的政策"
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="as_interpretation", verbose_name="解读的公开信息"
    )
    form = models.CharField("解读形式", max_length=20, choices=words.FORM_CHOICES)
    level = models.CharField("政策层级", max_length=10, choices=words.LEVEL_CHOICES, default="own")
    elements = models.JSONField("解读要素", default=list, blank=True)
    on = models.DateField("发布日期")

    class Meta(Entry.Meta):
        verbose_name = "政策解读"
        verbose_name_plural = "政策解读"
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(fields=["item"], condition=ONCE, name="an_item_is_one_interpretation"),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "on"], name="interpretations_by_organ")]

    def __str__(self) -> str:
        return self.title


class ExcellentSelection(Entry):
    """That an interpretation was selected as excellent: by whom, when, as what."""

    interpretation = models.ForeignKey(
        Interpretation, models.PROTECT, related_name="selections", verbose_name="政策解读"
    )
    selected_by = models.CharField("评选单位", max_length=120)
    on = models.DateField("评选日期")
    award = models.CharField("称号", max_length=120, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "优秀解读"
        verbose_name_plural = "优秀解读"
        indexes: ClassVar = [models.Index(fields=["organ", "on"], name="selections_by_organ")]

    def __str__(self) -> str:
        return f"{self.interpretation_id} {self.selected_by}"


class Response(Entry):
    """A response to a public concern. By which hour it was due follows from gravity and `raised_at` (regulation.engagement)."""

    title = models.CharField("回应事项", max_length=300)
    topic = models.CharField("主题", max_length=20, choices=words.TOPIC_CHOICES)
    gravity = models.CharField("舆情轻重", max_length=20, choices=words.GRAVITY_CHOICES, default="ordinary")
    found_by = models.CharField("发现渠道", max_length=100, blank=True)
    raised_at = models.DateTimeField("关切出现时间", null=True, blank=True)
    responded_at = models.DateTimeField("回应时间")
    on = models.DateField("回应日期", editable=False)
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="as_response", verbose_name="回应的公开信息"
    )

    class Meta(Entry.Meta):
        verbose_name = "回应关切"
        verbose_name_plural = "回应关切"
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(fields=["item"], condition=ONCE, name="an_item_is_one_response"),
            models.CheckConstraint(
                condition=models.Q(raised_at=None) | models.Q(responded_at__gte=models.F("raised_at")),
                name="nobody_responds_before_a_concern_is_raised",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "on"], name="responses_by_organ"),
            models.Index(fields=["topic", "-on", "-id"], name="responses_by_topic"),
        ]

    def __str__(self) -> str:
        return self.title


class PressConference(Entry):
    """A press conference: when and where, who presided and spoke, on what."""

    title = models.CharField("名称", max_length=300)
    on = models.DateField("举行日期")
    place = models.CharField("地点", max_length=120, blank=True)
    host = models.CharField("主持人", max_length=120, blank=True)
    speakers = models.JSONField("发布人", default=list, blank=True)
    topic = models.CharField("发布主题", max_length=200, blank=True)
    outlets = models.JSONField("到场媒体", default=list, blank=True)
    policy_item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="press_conferences", verbose_name="发布的政策"
    )
    item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="as_press_conference", verbose_name="实录的公开信息"
    )

    class Meta(Entry.Meta):
        verbose_name = "新闻发布会"
        verbose_name_plural = "新闻发布会"
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(fields=["item"], condition=ONCE, name="an_item_is_one_press_conference"),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "on"], name="press_by_organ")]

    def __str__(self) -> str:
        return self.title
