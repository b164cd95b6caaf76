"""What a person said of a finding."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.reporting.models.years import ReportYear


class FindingVerdict(models.Model):
    """An explanation of a finding, or the judgement that it is none, only ever added; the last one counts.

    It is bound to `evidence`, the hash of what the finding rests on (its cells, numbers and quotes): as long as that is the
    same it survives every new check, and when it changes the finding is open again.
    """

    class Judgement(models.TextChoices):
        EXPLAINED = "explained", "情况属实，说明原因"
        MISTAKEN = "mistaken", "经核对，不是问题"

    report_year = models.ForeignKey(ReportYear, models.PROTECT, related_name="verdicts", verbose_name="年度报告")
    code = models.CharField("问题代码", max_length=60)
    evidence = models.CharField("依据的摘要值", max_length=64)
    judgement = models.CharField("意见", max_length=10, choices=Judgement)
    text = models.CharField("说明", max_length=500)
    message = models.TextField("问题原文")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "处理意见"
        verbose_name_plural = "处理意见"
        ordering: ClassVar = ["report_year", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_verdict_says_why"),
        ]
        indexes: ClassVar = [models.Index(fields=["report_year", "evidence"], name="verdicts_by_evidence")]

    def __str__(self) -> str:
        return f"{self.code} {self.judgement}"
