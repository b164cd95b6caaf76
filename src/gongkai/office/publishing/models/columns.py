"""Where items stand: columns and topics, and the lines of the standard catalogues."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.office.organs.models import Organ


class Column(models.Model):
    """A place on the site where items stand: a column (栏目), a topic (专栏), or a leaf of the statutory catalogue.

    `update_interval_days` is how often something new is owed; `nothing_expected_reason` says why nothing is, when
    nothing is. `path` is the way from the root, four digits a step, kept by actions.
    """

    class Kind(models.TextChoices):
        COLUMN = "column", "栏目"
        TOPIC = "topic", "专栏"
        STATUTORY = "statutory", "法定主动公开内容"

    code = models.SlugField("栏目代码", max_length=60, unique=True)
    name = models.CharField("栏目名称", max_length=80)
    kind = models.CharField("类别", max_length=20, choices=Kind, default=Kind.COLUMN)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级栏目"
    )
    path = models.CharField(max_length=100, unique=True, editable=False)
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="columns", verbose_name="所属机关"
    )
    art20_category = models.CharField("法定主动公开类别", max_length=40, blank=True)
    grassroots_field = models.CharField("基层政务公开试点领域", max_length=40, blank=True)
    description = models.CharField("说明", max_length=300, blank=True)
    update_interval_days = models.PositiveIntegerField("更新周期（天）", null=True, blank=True)
    nothing_expected_reason = models.CharField("暂无更新的原因", max_length=200, blank=True)
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "栏目"
        verbose_name_plural = "栏目"
        ordering: ClassVar = ["path"]

    def __str__(self) -> str:
        return self.name


class CatalogueRow(models.Model):
    """A row of a standard catalogue table (基层政务公开标准目录) of one of the 26 fields.

    Source: grassroots-2019 (国办发〔2019〕54号). Keys of fields, columns, channels and limits: `regulation.disclosure.catalogue`.
    """

    field = models.CharField("试点领域", max_length=40)
    number = models.PositiveIntegerField("序号")
    item_level1 = models.CharField("一级事项", max_length=100)
    item_level2 = models.CharField("二级事项", max_length=100, blank=True)
    content_elements = models.JSONField("公开内容（要素）", default=list)
    legal_basis = models.JSONField("公开依据", default=list)
    time_limit = models.CharField("公开时限", max_length=20, blank=True)
    time_limit_days = models.PositiveIntegerField("公开时限（天数）", null=True, blank=True)
    responsible_organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="catalogue_rows", verbose_name="公开主体"
    )
    responsible_body = models.CharField("公开主体（文字）", max_length=100, blank=True)
    channels = models.JSONField("公开渠道和载体", default=list)
    specific_audience = models.CharField("特定群体", max_length=100, blank=True)
    on_application = models.BooleanField("依申请公开", default=False)
    level_county = models.BooleanField("县级", default=True)
    level_township_village = models.BooleanField("乡、村级", default=False)
    column = models.ForeignKey(
        Column, models.SET_NULL, null=True, blank=True, related_name="catalogue_rows", verbose_name="对应栏目"
    )

    class Meta:
        verbose_name = "标准目录事项"
        verbose_name_plural = "标准目录事项"
        ordering: ClassVar = ["field", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["field", "number"], name="a_catalogue_row_has_its_own_number"),
        ]

    def __str__(self) -> str:
        return f"{self.item_level1} {self.item_level2}".strip()
