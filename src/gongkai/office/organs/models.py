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
    address = models.CharField("办公地址", max_length=200, blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)
    office_hours = models.CharField("办公时间", max_length=200, blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    website = models.URLField("网站地址", blank=True)
    abolished_on = models.DateField("撤并日期", null=True, blank=True)
    successor = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="predecessors", verbose_name="承继机关"
    )

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
            models.CheckConstraint(
                condition=models.Q(successor=None) | models.Q(abolished_on__isnull=False),
                name="only_an_abolished_organ_has_a_successor",
            ),
        ]
        indexes: ClassVar = [
            # Those right below an agency, in order: every public page's switcher asks for the first of them.
            models.Index(
                fields=["parent", "position", "path"],
                condition=models.Q(abolished_on=None),
                name="organs_below_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class DisclosureOffice(models.Model):
    """Where the public turns to for disclosure (政府信息公开工作机构): what the guide must say.

    Source: ogi-2019 art. 4, art. 12.
    """

    organ = models.OneToOneField(Organ, models.CASCADE, related_name="disclosure_office", verbose_name="行政机关")
    name = models.CharField("机构名称", max_length=120)
    address = models.CharField("办公地址", max_length=200)
    office_hours = models.CharField("办公时间", max_length=200)
    phone = models.CharField("联系电话", max_length=60)
    fax = models.CharField("传真", max_length=60, blank=True)
    email = models.EmailField("电子邮箱", blank=True)
    postcode = models.CharField("邮政编码", max_length=6, blank=True)

    class Meta:
        verbose_name = "政府信息公开工作机构"
        verbose_name_plural = "政府信息公开工作机构"

    def __str__(self) -> str:
        return self.name


class OrderedRow(models.Model):
    """A row of a list that belongs to an agency and keeps its order."""

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="%(class)s_rows", verbose_name="行政机关")
    position = models.PositiveSmallIntegerField("次序")

    class Meta:
        abstract = True
        ordering: ClassVar = ["organ", "position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "position"], name="a_%(class)s_has_its_own_place"),
        ]


class Duty(OrderedRow):
    """A statutory function (法定职责) of an agency."""

    text = models.TextField("职责")
    legal_basis = models.CharField("依据", max_length=300, blank=True)

    class Meta(OrderedRow.Meta):
        verbose_name = "法定职责"
        verbose_name_plural = "法定职责"

    def __str__(self) -> str:
        return self.text[:40]


class Unit(OrderedRow):
    """An internal unit (内设机构)."""

    name = models.CharField("内设机构", max_length=80)
    functions = models.TextField("职责", blank=True)
    phone = models.CharField("联系电话", max_length=60, blank=True)
    room = models.CharField("办公地点", max_length=120, blank=True)

    class Meta(OrderedRow.Meta):
        verbose_name = "内设机构"
        verbose_name_plural = "内设机构"

    def __str__(self) -> str:
        return self.name


class Leader(OrderedRow):
    """One of an agency's leaders, in the order in which they are listed."""

    name = models.CharField("姓名", max_length=60)
    title = models.CharField("职务", max_length=120)
    portfolio = models.TextField("分工", blank=True)
    phone = models.CharField("办公电话", max_length=60, blank=True)
    profile = models.TextField("简历", blank=True)

    class Meta(OrderedRow.Meta):
        verbose_name = "负责人"
        verbose_name_plural = "负责人"

    def __str__(self) -> str:
        return f"{self.name} {self.title}"


class Portrait(models.Model):
    """The photograph of a leader, as `portraits.drawn` made it. It belongs to a name in an agency's list, not to a row:
    the list is put in place whole, by a screen or an import, and whoever is still in it keeps the photograph.
    """

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="portraits", verbose_name="行政机关")
    name = models.CharField("姓名", max_length=60)
    alternative = models.CharField("替代文字", max_length=200)
    image = models.BinaryField("照片")
    sha256 = models.CharField("文件摘要值", max_length=64)
    width = models.PositiveSmallIntegerField("宽（像素）")
    height = models.PositiveSmallIntegerField("高（像素）")

    class Meta:
        verbose_name = "负责人照片"
        verbose_name_plural = "负责人照片"
        ordering: ClassVar = ["organ", "name"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "name"], name="a_leader_has_one_portrait"),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.name}"


class Shift(OrderedRow):
    """A day of the duty list (值班安排)."""

    day = models.DateField("日期")
    leader = models.CharField("带班领导", max_length=60, blank=True)
    person = models.CharField("值班人员", max_length=60)
    phone = models.CharField("值班电话", max_length=60)

    class Meta(OrderedRow.Meta):
        verbose_name = "值班安排"
        verbose_name_plural = "值班安排"

    def __str__(self) -> str:
        return f"{self.day} {self.person}"


class GuideUpdate(models.Model):
    """The disclosure guide has to be brought up to date, because contact data changed; done once somebody says so.

    `changes` lists what changed: label, before, after. Source: ogi-2019 art. 12 (the guide is updated in time).
    """

    organ = models.ForeignKey(Organ, models.CASCADE, related_name="guide_updates", verbose_name="行政机关")
    raised_at = models.DateTimeField("提出时间")
    changes = models.JSONField("变动", default=list)
    done_at = models.DateTimeField("完成时间", null=True, blank=True)
    done_by = models.CharField("完成人工号", max_length=40, blank=True)

    class Meta:
        verbose_name = "指南更新任务"
        verbose_name_plural = "指南更新任务"
        ordering: ClassVar = ["raised_at", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(done_at=None, done_by="")
                | (models.Q(done_at__isnull=False) & ~models.Q(done_by="")),
                name="a_done_guide_update_says_who_did_it",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ"], condition=models.Q(done_at=None), name="guide_updates_waiting"),
        ]

    def __str__(self) -> str:
        return f"{self.organ} {self.raised_at:%Y-%m-%d}"


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
    offers_report_check = models.BooleanField("提供年报体检", default=True)

    class Meta:
        verbose_name = "网站"
        verbose_name_plural = "网站"
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_site"),
        ]

    def __str__(self) -> str:
        return self.name
