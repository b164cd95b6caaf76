"""The words of a report, paragraph by paragraph."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.reporting.models.years import ReportYear


class NarrativePart(models.Model):
    """A paragraph (or a heading, `level` > 0) of a report, in the office's own wording.

    `text` holds its numbers as placeholders bound to figures, `{press_conferences}` or
    `{applications.new_received.total}`, so that the wording is kept between years and the numbers are the year's.
    `origin` says whether it was drafted from the figures, kept from the year before, or written here; `confirmed_at` is
    empty as long as nobody has read a kept paragraph. `answers` is the promise of last year's report it reports on.
    """

    class Origin(models.TextChoices):
        DRAFTED = "drafted", "由数据起草"
        KEPT = "kept", "沿用上年"
        WRITTEN = "written", "自行撰写"

    report_year = models.ForeignKey(ReportYear, models.CASCADE, related_name="narrative_parts", verbose_name="年度报告")
    section = models.CharField("部分", max_length=40)
    topic = models.CharField("专题", max_length=40, blank=True)
    position = models.PositiveIntegerField("次序")
    level = models.PositiveSmallIntegerField("标题级别", default=0)
    text = models.TextField("文字")
    origin = models.CharField("来源", max_length=10, choices=Origin)
    answers = models.ForeignKey(
        "self", models.SET_NULL, null=True, blank=True, related_name="answered_by", verbose_name="回应上年的承诺"
    )
    edited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="修改人"
    )
    edited_at = models.DateTimeField("修改时间")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)

    class Meta:
        verbose_name = "文字段落"
        verbose_name_plural = "文字段落"
        ordering: ClassVar = ["report_year", "position", "id"]
        indexes: ClassVar = [models.Index(fields=["report_year", "position"], name="narrative_in_order")]

    def __str__(self) -> str:
        return self.text[:40]
