"""Cells that the office can't count: asked from agencies, answered with evidence."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import StoredFile


class Contribution(models.Model):
    """A number of a year that an agency is asked for: licences, penalties, fees, procurement.

    It belongs to the agency and the year, not to one report: the agency's own report and those that add it up count it.
    What was answered are its entries; where it stands is what the last of them says.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="contributions", verbose_name="行政机关")
    year = models.PositiveSmallIntegerField("年度")
    key = models.CharField("数据项", max_length=100)
    due_on = models.DateField("报送期限")
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="布置人"
    )
    asked_at = models.DateTimeField("布置时间")

    class Meta:
        verbose_name = "报送数据"
        verbose_name_plural = "报送数据"
        ordering: ClassVar = ["year", "organ", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "year", "key"], name="an_agency_is_asked_for_a_number_once"),
        ]
        indexes: ClassVar = [models.Index(fields=["year", "organ"], name="contributions_by_year")]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.year} {self.key}"


class ContributionEntry(models.Model):
    """An answer, or its return, only ever added: a correction is a later answer.

    `value` is in the unit of the cell (项, 件, 万元) and empty for a return; `evidence` says where the number comes from.
    """

    class Kind(models.TextChoices):
        ANSWERED = "answered", "报送"
        RETURNED = "returned", "退回"

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="entries", verbose_name="报送数据")
    kind = models.CharField("事件", max_length=10, choices=Kind)
    on = models.DateField("日期")
    value = models.DecimalField("数值", max_digits=20, decimal_places=6, null=True, blank=True)
    evidence = models.CharField("依据", max_length=300, blank=True)
    file = models.ForeignKey(
        StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="证明材料"
    )
    file_name = models.CharField("文件名", max_length=200, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "报送记录"
        verbose_name_plural = "报送记录"
        ordering: ClassVar = ["contribution", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind="answered", value__isnull=False) | models.Q(kind="returned", value=None),
                name="an_answer_has_a_value_and_a_return_has_none",
            ),
            models.CheckConstraint(condition=~models.Q(evidence=""), name="an_answer_or_return_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.contribution_id} {self.kind} {self.value}"
