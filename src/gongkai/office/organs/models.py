"""Agencies (行政机关) and the site they publish on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Organ(models.Model):
    """An agency: a government, a department, a township, or a body authorised by law.

    `path` is the way from the root of the tree, four digits a step (`0001.0007.`): everything below an agency is what
    begins with its path. Actions keep it; nothing else writes it.
    """

    class Kind(models.TextChoices):
        GOVERNMENT = "government", "人民政府"
        DEPARTMENT = "department", "政府部门"
        TOWNSHIP = "township", "乡镇（街道）"
        AUTHORISED = "authorised", "法律、法规授权的组织"

    code = models.SlugField("机关代码", max_length=40, unique=True)
    name = models.CharField("名称", max_length=120)
    short_name = models.CharField("简称", max_length=40, blank=True)
    kind = models.CharField("类别", max_length=20, choices=Kind)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级机关"
    )
    path = models.CharField(max_length=100, unique=True, editable=False)
    position = models.PositiveIntegerField("次序", default=0)
    credit_code = models.CharField("统一社会信用代码", max_length=18, blank=True)
    organisation_code = models.CharField("组织机构代码", max_length=9, blank=True)
    region_code = models.CharField("行政区划代码", max_length=6, blank=True)
    issuer_code = models.CharField("发文机关代字", max_length=20, blank=True)
    site_code = models.CharField("政府网站标识码", max_length=10, blank=True)
    abolished_on = models.DateField("撤并日期", null=True, blank=True)

    class Meta:
        verbose_name = "行政机关"
        verbose_name_plural = "行政机关"
        ordering: ClassVar = ["path"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["credit_code"],
                condition=~models.Q(credit_code=""),
                name="a_credit_code_belongs_to_one_organ",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Site(models.Model):
    """The website: one row. Whose it is, how it is called, what stands at the foot of each page."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    name = models.CharField("网站名称", max_length=100, default="政府信息公开平台")
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, blank=True, verbose_name="主办机关", related_name="+")
    identification_code = models.CharField("网站标识码", max_length=10, blank=True)
    organiser = models.CharField("主办单位", max_length=120, blank=True)
    operator = models.CharField("承办单位", max_length=120, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    address = models.CharField("联系地址", max_length=200, blank=True)
    icp_number = models.CharField("ICP 备案号", max_length=60, blank=True)
    police_number = models.CharField("公安备案号", max_length=60, blank=True)
    report_error_url = models.URLField("网站纠错地址", blank=True)
    index_number_template = models.CharField("索引号规则", max_length=100, default="{uscc}/{yyyymm}-{seq:05d}")

    class Meta:
        verbose_name = "网站"
        verbose_name_plural = "网站"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_site"),
        ]

    def __str__(self) -> str:
        return self.name
