"""An agency's report of a year, what happened to it, and its counts."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.organs.models import Organ


class ReportYear(models.Model):
    """The annual report that an agency owes for a year.

    `is_consolidated`: it adds up the agency and everything below it (a government's), otherwise the agency alone.
    `edition` is the form it is printed on, fixed when it is opened: a report is never moved to another form. `hand_in_by`
    and `publish_by` are the office's own days, before the statutory ones (ogi-2019 art. 49); what they were before they
    were changed stands in the events. Where it stands is what its `YearEvent`s say; `queries.stage_of` derives it.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="report_years", verbose_name="行政机关")
    year = models.PositiveSmallIntegerField("年度")
    is_consolidated = models.BooleanField("汇总所属机关", default=False)
    edition = models.CharField("格式版本", max_length=4)
    hand_in_by = models.DateField("报送期限")
    publish_by = models.DateField("公开期限")
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="开启人"
    )
    opened_at = models.DateTimeField("开启时间")

    class Meta:
        verbose_name = "年度报告"
        verbose_name_plural = "年度报告"
        ordering: ClassVar = ["-year", "organ"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "year"], name="an_agency_has_one_report_a_year"),
            models.CheckConstraint(
                condition=models.Q(hand_in_by__lte=models.F("publish_by")),
                name="a_report_is_handed_in_before_it_is_published",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organ}{self.year}年政府信息公开工作年度报告"


class YearEvent(models.Model):
    """A fact in the life of a report, only ever added; `detail` holds the particulars of its kind."""

    class Kind(models.TextChoices):
        OPENED = "opened", "开启"
        DAYS_CHANGED = "days_changed", "调整期限"
        COLLECTED = "collected", "统计"
        LOCKED = "locked", "锁定数据"
        HANDED_IN = "handed_in", "报送"
        RETURNED = "returned", "退回"
        HANDED_OVER = "handed_over", "交付发布"
        REOPENED = "reopened", "启动更正"

    report_year = models.ForeignKey(ReportYear, models.PROTECT, related_name="events", verbose_name="年度报告")
    kind = models.CharField("事件", max_length=20, choices=Kind)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    detail = models.JSONField("内容", default=dict)

    class Meta:
        verbose_name = "年度报告事件"
        verbose_name_plural = "年度报告事件"
        ordering: ClassVar = ["report_year", "id"]

    def __str__(self) -> str:
        return f"{self.report_year_id} {self.kind} {self.at:%Y-%m-%d}"


class Compilation(models.Model):
    """One counting of a report's figures. A later one never changes it.

    `counted_through` is the last day that was counted. `locked_at`: the figures of this one are those of the report, as of
    31 December. `narrative` are the words with their numbers in them as they were handed over to publication (the shape
    of the JSON contract), `digest` the SHA-256 of its figures and their records.
    """

    report_year = models.ForeignKey(ReportYear, models.PROTECT, related_name="compilations", verbose_name="年度报告")
    number = models.PositiveIntegerField("次数")
    counted_at = models.DateTimeField("统计时间")
    counted_through = models.DateField("统计截止日")
    counted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="统计人"
    )
    locked_at = models.DateTimeField("锁定时间", null=True, blank=True)
    locked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="锁定人"
    )
    digest = models.CharField("摘要值", max_length=64)
    narrative = models.JSONField("定稿文字", null=True, blank=True)

    class Meta:
        verbose_name = "统计"
        verbose_name_plural = "统计"
        ordering: ClassVar = ["report_year", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["report_year", "number"], name="a_compilation_has_its_own_number"),
        ]

    def __str__(self) -> str:
        return f"{self.report_year_id} 第{self.number}次"


class FrozenFigure(models.Model):
    """A figure as it was counted: value, the rule by which it was, and the records, so that it can be opened years later.

    `key` is the address of a cell of the form or a key of `annual_report/figures.toml`. `records` are the ids that were
    counted, in the compact form of `record_ids.py`; `room` is the source that counted them (`sources.py`).
    """

    compilation = models.ForeignKey(Compilation, models.PROTECT, related_name="figures", verbose_name="统计")
    key = models.CharField("数据项", max_length=100)
    room = models.CharField("来源", max_length=20)
    label = models.CharField("名称", max_length=120)
    unit = models.CharField("单位", max_length=20)
    rule = models.CharField("统计口径", max_length=400)
    kind = models.CharField("记录种类", max_length=60)
    source = models.CharField("依据", max_length=100, blank=True)
    is_public = models.BooleanField("记录公开", default=False)
    is_sum = models.BooleanField("累加", default=False)
    value = models.DecimalField("数值", max_digits=20, decimal_places=6)
    record_count = models.PositiveIntegerField("记录数")
    records = models.BinaryField("记录")

    class Meta:
        verbose_name = "数据"
        verbose_name_plural = "数据"
        ordering: ClassVar = ["compilation", "id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["compilation", "key"], name="a_compilation_has_one_figure_of_a_key"),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.value:f}"
