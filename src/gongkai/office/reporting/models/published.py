"""Reports that were handed to publication: which item carries which counting."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.publishing.models import Item
from gongkai.office.reporting.models.years import Compilation, ReportYear


class PublishedReport(models.Model):
    """A report as a text of an item, from its draft on; a corrected report is another one of the same item.

    `content_hash` is that of the content made from the counting: as long as the item says exactly that, its page shows the
    charts and offers the files, whose numbers are the counting's. An item that was changed by hand shows neither.
    `settled_at` is when it began to count in collections, empty before publication and after withdrawal.
    """

    report_year = models.ForeignKey(ReportYear, models.PROTECT, related_name="publications", verbose_name="年度报告")
    item = models.ForeignKey(Item, models.PROTECT, related_name="published_reports", verbose_name="政府信息")
    compilation = models.OneToOneField(Compilation, models.PROTECT, related_name="publication", verbose_name="统计")
    content_hash = models.CharField("内容摘要值", max_length=64)
    begun_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人")
    begun_at = models.DateTimeField("起草时间")
    settled_at = models.DateTimeField("计入汇总时间", null=True, blank=True)

    class Meta:
        verbose_name = "发布的年度报告"
        verbose_name_plural = "发布的年度报告"
        ordering: ClassVar = ["report_year", "id"]

    def __str__(self) -> str:
        return str(self.report_year)
