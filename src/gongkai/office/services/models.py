"""Service items (政务服务事项) with their implementation lists, the places where they are done, monthly counters of online cases."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.office.ledgers.models import Entry
from gongkai.office.services import words


class ServiceItem(Entry):
    """A matter that people bring to an agency, with what its implementation list (实施清单) says.

    In use from `on` until `cancelled_on`. What it is tagged with (马上办 …) is derived from its fields.
    """

    name = models.CharField("事项名称", max_length=200)
    base_code = models.CharField("基本编码", max_length=20, blank=True)
    implementation_code = models.CharField("实施编码", max_length=31, blank=True)
    item_type = models.CharField("事项类型", max_length=20, choices=words.ITEM_TYPES)
    level = models.CharField("行使层级", max_length=20, choices=words.LEVELS)
    legal_basis = models.JSONField("设定依据", default=list)
    audience = models.CharField("服务对象", max_length=100, blank=True)
    conditions = models.TextField("受理条件", blank=True)
    materials = models.JSONField("申请材料", default=list, blank=True)
    steps = models.JSONField("办理流程", default=list, blank=True)
    case_type = models.CharField("办件类型", max_length=20, choices=words.CASE_TYPES)
    legal_days = models.PositiveSmallIntegerField("法定办结时限", null=True, blank=True)
    promised_days = models.PositiveSmallIntegerField("承诺办结时限", null=True, blank=True)
    online_depth = models.CharField("网上办理深度", max_length=20, choices=words.DEPTHS)
    visits = models.PositiveSmallIntegerField("到现场次数", default=1)
    address = models.CharField("办理地点", max_length=200, blank=True)
    hours = models.CharField("办理时间", max_length=200, blank=True)
    consult = models.CharField("咨询方式", max_length=120, blank=True)
    complaint = models.CharField("监督投诉方式", max_length=120, blank=True)
    is_charged = models.BooleanField("收费", default=False)
    fee_basis = models.CharField("收费项目、标准和依据", max_length=300, blank=True)
    result = models.CharField("审批结果", max_length=120, blank=True)
    remedies = models.CharField("行政复议、行政诉讼", max_length=300, blank=True)
    on = models.DateField("启用日期")
    cancelled_on = models.DateField("取消日期", null=True, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "政务服务事项"
        verbose_name_plural = "政务服务事项"
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["implementation_code"],
                condition=models.Q(struck_at=None) & ~models.Q(implementation_code=""),
                name="an_implementation_code_is_one_item",
            ),
            models.CheckConstraint(
                condition=models.Q(legal_days=None)
                | models.Q(promised_days=None)
                | models.Q(promised_days__lte=models.F("legal_days")),
                name="nobody_promises_more_than_the_law_gives",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["organ", "on"], name="service_items_by_organ")]

    def __str__(self) -> str:
        return self.name

    @property
    def tags(self) -> list[str]:
        """马上办、网上办、就近办、一次办: whatever its fields bear out."""
        borne_out = {
            "instant": self.case_type == "instant",
            "online": self.online_depth == "full",
            "nearby": self.level in ("township", "village"),
            "one_visit": self.visits <= 1,
        }
        return [label for key, label in words.TAGS.items() if borne_out[key]]


class ServicePoint(Entry):
    """A place where people are served."""

    name = models.CharField("网点名称", max_length=120)
    kind = models.CharField("类型", max_length=20, choices=words.POINT_KINDS)
    address = models.CharField("地址", max_length=200)
    hours = models.CharField("服务时间", max_length=200)
    is_all_day = models.BooleanField("24小时服务", default=False)
    phone = models.CharField("电话", max_length=60)
    on = models.DateField("启用日期")
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta(Entry.Meta):
        verbose_name = "服务网点"
        verbose_name_plural = "服务网点"
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["organ", "name"],
                condition=models.Q(struck_at=None, closed_on=None),
                name="a_service_point_is_registered_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class OnlineCaseCount(Entry):
    """How many cases an agency handled online in a month, as reported.

    A correction is a new entry with its reason; the last one that stands is current (`is_current`, written by `ledgers.py`).
    """

    month = models.DateField("月份")
    cases = models.PositiveIntegerField("网上办件数")
    reason = models.CharField("更正说明", max_length=300, blank=True)
    is_current = models.BooleanField("现在的数", default=False, editable=False)

    class Meta(Entry.Meta):
        verbose_name = "网上办件"
        verbose_name_plural = "网上办件"
        constraints: ClassVar = [
            *Entry.Meta.constraints,
            models.UniqueConstraint(
                fields=["organ", "month"], condition=models.Q(is_current=True), name="a_month_has_one_current_count"
            ),
            models.CheckConstraint(condition=models.Q(month__day=1), name="a_month_is_its_first_day"),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["organ", "month", "cases"], condition=models.Q(is_current=True), name="online_cases_current"
            )
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.month:%Y-%m} {self.cases}"
