"""Reports of other agencies: the files that came in, what was read, what a person corrected, and what was decided."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import StoredFile


class ReceivedBatch(models.Model):
    """Files that were handed over together: a folder, a package, or several files at once.

    `receiver` is the agency whose disclosure office takes them in; `year` what they are for, when it is known beforehand.
    They are read in the background, one after another; how far that has come is what `files` say.
    """

    receiver = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="接收机关")
    name = models.CharField("名称", max_length=200)
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    started_at = models.DateTimeField("上传时间")

    class Meta:
        verbose_name = "批量接收"
        verbose_name_plural = "批量接收"
        ordering: ClassVar = ["-started_at", "-id"]

    def __str__(self) -> str:
        return self.name


class ReceivedReport(models.Model):
    """An annual report in a file, as it was read; who and what it is of is confirmed by a person.

    `contract` is what the reader said (the JSON contract without findings) and never changes; corrections stand beside
    it. `agency` is the printed name, or for an agency outside our tree the one that a person confirmed; `organ` is ours,
    once confirmed. `source` is the file as the reader saw it (`received/source.py`), in which each cell's place is found.
    `digest` is the SHA-256 of its numbers, by which the same report in another file is recognised. `noticed` is what the
    reader found on the way; `findings` (these among them), `errors` and `warnings` are those of the last check. Where it
    stands is what its events say.
    """

    receiver = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="接收机关")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+", verbose_name="原文件")
    file_name = models.CharField("文件名", max_length=200)
    agency = models.CharField("报告机关", max_length=200, blank=True)
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="received_reports", verbose_name="行政机关"
    )
    year = models.PositiveSmallIntegerField("年度", null=True, blank=True)
    is_identified = models.BooleanField("机关和年度已确认", default=False)
    contract = models.JSONField("读出的内容")
    source = models.BinaryField("原文", default=b"")
    digest = models.CharField("内容摘要值", max_length=64)
    noticed = models.JSONField("读取时发现的问题", default=list)
    findings = models.JSONField("问题", default=list)
    errors = models.PositiveIntegerField("错误", default=0)
    warnings = models.PositiveIntegerField("警告", default=0)
    received_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="接收人")
    received_at = models.DateTimeField("接收时间")

    class Meta:
        verbose_name = "收到的报告"
        verbose_name_plural = "收到的报告"
        ordering: ClassVar = ["-received_at", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["receiver", "file"], name="a_file_is_received_once"),
            models.CheckConstraint(
                condition=models.Q(is_identified=False) | models.Q(year__isnull=False, agency__gt=""),
                name="an_identified_report_has_an_agency_and_a_year",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["receiver", "year", "agency"], name="received_by_year"),
            models.Index(fields=["organ", "year"], name="received_by_organ"),
            models.Index(fields=["digest"], name="received_by_digest"),
        ]

    def __str__(self) -> str:
        return f"{self.agency or self.file_name} {self.year or ''}".strip()


class ReceivedFile(models.Model):
    """A file of a batch and what became of it. A package's own files follow it as rows of their own.

    `claimed_at` is when a process took it up: a row that was taken up long ago and isn't done was left by a process that
    died, and is taken up again; after `attempts` too many it is refused.
    """

    class Outcome(models.TextChoices):
        WAITING = "waiting", "等待读取"
        READ = "read", "已读取"
        DUPLICATE = "duplicate", "重复"
        REFUSED = "refused", "不能读取"
        UNPACKED = "unpacked", "已解开"

    batch = models.ForeignKey(ReceivedBatch, models.PROTECT, related_name="files", verbose_name="批次")
    position = models.PositiveIntegerField("次序")
    name = models.CharField("文件名", max_length=300)
    package = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="inside", verbose_name="压缩包"
    )
    file = models.ForeignKey(StoredFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="原文件")
    outcome = models.CharField("结果", max_length=10, choices=Outcome, default=Outcome.WAITING)
    code = models.CharField("原因代码", max_length=40, blank=True)
    message = models.CharField("说明", max_length=500, blank=True)
    report = models.ForeignKey(
        ReceivedReport, models.PROTECT, null=True, blank=True, related_name="files", verbose_name="报告"
    )
    attempts = models.PositiveSmallIntegerField("次数", default=0)
    claimed_at = models.DateTimeField("开始读取时间", null=True, blank=True)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)

    class Meta:
        verbose_name = "批次中的文件"
        verbose_name_plural = "批次中的文件"
        ordering: ClassVar = ["batch", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["batch", "position"], name="a_file_of_a_batch_has_its_own_place"),
        ]
        indexes: ClassVar = [
            models.Index(fields=["id"], condition=models.Q(outcome="waiting"), name="files_waiting_to_be_read"),
        ]

    def __str__(self) -> str:
        return self.name


class ReceivedEvent(models.Model):
    """A fact in the life of a received report, only ever added; `detail` holds the particulars of its kind."""

    class Kind(models.TextChoices):
        RECEIVED = "received", "接收"
        IDENTIFIED = "identified", "确认机关和年度"
        ACCEPTED = "accepted", "接受"
        RETURNED = "returned", "退回"
        SUPERSEDED = "superseded", "被新报告代替"

    report = models.ForeignKey(ReceivedReport, models.PROTECT, related_name="events", verbose_name="报告")
    kind = models.CharField("事件", max_length=12, choices=Kind)
    at = models.DateTimeField("时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="办理人"
    )
    detail = models.JSONField("内容", default=dict)

    class Meta:
        verbose_name = "收到的报告事件"
        verbose_name_plural = "收到的报告事件"
        ordering: ClassVar = ["report", "id"]

    def __str__(self) -> str:
        return f"{self.report_id} {self.kind}"


class CellCorrection(models.Model):
    """What a person says a cell really holds, only ever added; the last one counts, and the value read stays.

    `value` is set only where `state` is `number`; `text` is what is printed on the paper.
    """

    class State(models.TextChoices):
        NUMBER = "number", "数字"
        BLANK = "blank", "空白"
        MARK = "mark", "符号（/ — 无）"

    report = models.ForeignKey(ReceivedReport, models.PROTECT, related_name="corrections", verbose_name="报告")
    address = models.CharField("单元格", max_length=100)
    state = models.CharField("情况", max_length=10, choices=State)
    value = models.DecimalField("数值", max_digits=20, decimal_places=6, null=True, blank=True)
    text = models.CharField("原文", max_length=60, blank=True)
    reason = models.CharField("理由", max_length=200)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="更正人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "单元格更正"
        verbose_name_plural = "单元格更正"
        ordering: ClassVar = ["report", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(state="number", value__isnull=False)
                | (~models.Q(state="number") & models.Q(value=None)),
                name="a_corrected_cell_has_a_value_just_when_it_is_a_number",
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="a_correction_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.address} {self.value}"


class ReceivedVerdict(models.Model):
    """What a person said of a finding, only ever added; it counts as long as what the finding rests on is the same."""

    class Judgement(models.TextChoices):
        EXPLAINED = "explained", "情况属实，已说明原因"
        MISTAKEN = "mistaken", "经核对，不是问题"

    report = models.ForeignKey(ReceivedReport, models.PROTECT, related_name="verdicts", verbose_name="报告")
    code = models.CharField("问题代码", max_length=60)
    evidence = models.CharField("依据的摘要值", max_length=64)
    judgement = models.CharField("意见", max_length=10, choices=Judgement)
    text = models.CharField("说明", max_length=500)
    message = models.TextField("问题原文")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="办理人")
    at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "对收到报告的处理意见"
        verbose_name_plural = "对收到报告的处理意见"
        ordering: ClassVar = ["report", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(text=""), name="a_verdict_on_a_received_report_says_why"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.judgement}"


class SettledReport(models.Model):
    """A report as it counts in collections: one that was accepted, or published here. One row a report, never one a cell.

    `numbers` are the cells of its tables as 32-bit numbers in the order of the form (`regulation.annual_report.wide`),
    `aside` those that don't fit, by address. `agency_key` is the agency's name for matching. `is_public`: the public may
    ask for it, because it was published by its agency or here. A later report of the agency and year takes its place.
    """

    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="settled_reports", verbose_name="行政机关"
    )
    agency = models.CharField("机关", max_length=200)
    agency_key = models.CharField("机关名称（比对用）", max_length=200)
    year = models.PositiveSmallIntegerField("年度")
    table_editions = models.JSONField("各表格式")
    numbers = models.BinaryField("数值")
    aside = models.JSONField("放不下的数值", default=dict)
    errors = models.PositiveIntegerField("错误", default=0)
    warnings = models.PositiveIntegerField("警告", default=0)
    is_public = models.BooleanField("已公开", default=False)
    received = models.ForeignKey(
        ReceivedReport, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="收到的报告"
    )
    report_year = models.ForeignKey(
        "reporting.ReportYear", models.PROTECT, null=True, blank=True, related_name="+", verbose_name="本级的年度报告"
    )
    settled_at = models.DateTimeField("时间")

    class Meta:
        verbose_name = "计入汇总的报告"
        verbose_name_plural = "计入汇总的报告"
        ordering: ClassVar = ["year", "agency_key"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["agency_key", "year"], name="an_agency_counts_once_a_year"),
            models.CheckConstraint(
                condition=models.Q(received__isnull=False, report_year=None)
                | models.Q(received=None, report_year__isnull=False),
                name="what_counts_was_received_or_published_here",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "year"], name="settled_by_organ")]

    def __str__(self) -> str:
        return f"{self.agency} {self.year}"
