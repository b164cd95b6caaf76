"""The bringing in of existing sites: files brought, runs, and where each item came from."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.publishing.models.items import Item


class ImportRun(models.Model):
    """The bringing in of one file from an existing site: how far it has come, and which rows it refused.

    `into` says what the rows become: items, or the entries of a ledger of a room above (by its key). `rows_done` counts the
    rows of the file that are dealt with, imported or not; whoever carries on begins after them.
    """

    into = models.CharField("导入到", max_length=60, default="items")
    source = models.CharField("来源网站", max_length=60)
    file_name = models.CharField("文件名", max_length=200)
    file_sha256 = models.CharField(max_length=64)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    rows_done = models.PositiveIntegerField("已处理行数", default=0)
    imported = models.PositiveIntegerField("已导入", default=0)
    already_there = models.PositiveIntegerField("早已导入", default=0)
    refused = models.PositiveIntegerField("有误未导入", default=0)
    errors = models.JSONField("错误", default=list)

    class Meta:
        verbose_name = "批量导入"
        verbose_name_plural = "批量导入"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["into", "source", "file_sha256"], name="a_file_of_a_source_is_imported_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.file_name}"


class ItemOrigin(models.Model):
    """Where an imported item came from: the site, and what it was called there. The same thing comes in once."""

    item = models.OneToOneField(Item, models.CASCADE, related_name="origin", verbose_name="政府信息")
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="origins", verbose_name="批量导入")
    source = models.CharField("来源网站", max_length=60)
    identifier = models.CharField("原编号", max_length=120)

    class Meta:
        verbose_name = "导入来源"
        verbose_name_plural = "导入来源"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "identifier"], name="an_item_of_a_source_is_imported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.identifier}"


class PlannedImport(models.Model):
    """A file of an existing site that somebody brought on the screen: tried in the background, then imported if ordered.

    `trial` is what an import would do (counts, and errors row by row), None until it is known; `failure` says why the
    background gave up. The file lies in `media/imports/` until it is imported or thrown away.
    """

    source = models.CharField("来源网站", max_length=60)
    file_name = models.CharField("文件名", max_length=200)
    suffix = models.CharField("格式", max_length=10)
    attachments = models.PositiveIntegerField("附件数", default=0)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    brought_at = models.DateTimeField("上传时间")
    rows_read = models.PositiveIntegerField("已检查行数", default=0)
    trial = models.JSONField("试导入的结果", null=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="导入人"
    )
    ordered_at = models.DateTimeField("正式导入时间", null=True)
    failure = models.CharField("没有完成的原因", max_length=300, blank=True)
    run = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="planned", verbose_name="批量导入")

    class Meta:
        verbose_name = "待导入文件"
        verbose_name_plural = "待导入文件"
        ordering: ClassVar = ["-brought_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ordered_at=None, ordered_by=None)
                | models.Q(ordered_at__isnull=False, ordered_by__isnull=False, trial__isnull=False),
                name="only_a_tried_import_is_ordered_and_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.file_name}"
