"""Normative documents (规范性文件), what happened to them, and the rounds that clean them up."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import Item


class NormativeDocument(models.Model):
    """A normative document: what decides its procedure, and where it stands.

    What happened to it are its `NormativeEvent`s and what its published item says (`facts.py`). The columns under
    "derived" are worked out of these by the law core and written by `standing.py` only, so that a list of ten thousand
    documents can be asked by the day; a test holds them equal to `regulation…validity` on every boundary day.
    """

    class Level(models.TextChoices):
        GOVERNMENT = "government", "政府文件"
        DEPARTMENT = "department", "部门文件"

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="normative_documents", verbose_name="制定机关")
    item = models.OneToOneField(
        Item, models.PROTECT, null=True, blank=True, related_name="normative_document", verbose_name="公开的政府信息"
    )
    title = models.CharField("标题", max_length=300)
    level = models.CharField("类别", max_length=20, choices=Level)
    drafting_organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="drafted_documents", verbose_name="起草单位"
    )
    affects_rights = models.BooleanField("对公民、法人和其他组织权利义务有重大影响", default=True)
    concerns_business = models.BooleanField("与市场主体生产经营活动密切相关", default=False)
    emergency_reason = models.CharField("免予或者缩短征求意见的紧急情况", max_length=300, blank=True)
    contact_unit = models.CharField("政策咨询单位", max_length=120, blank=True)
    contact_phone = models.CharField("政策咨询电话", max_length=60, blank=True)
    is_older = models.BooleanField("本系统启用前的文件", default=False)
    registered_at = models.DateTimeField("登记时间", editable=False)

    # --- derived, by standing.py ---
    document_number = models.CharField("发文字号", max_length=80, blank=True, editable=False)
    registration_number = models.CharField("登记号", max_length=60, blank=True, editable=False)
    signed_on = models.DateField("成文日期", null=True, editable=False)
    disclosed_on = models.DateField("公布日期", null=True, editable=False)
    valid_from = models.DateField("起效日期", null=True, editable=False)
    amended_from = models.DateField("修改生效日期", null=True, editable=False)
    expires_on = models.DateField("有效期最后一日", null=True, editable=False)
    ended_on = models.DateField("不再有效的第一日", null=True, editable=False)
    ended_as = models.CharField("终止方式", max_length=10, blank=True, editable=False)
    is_listed = models.BooleanField("在公开的文件库里", default=False, editable=False)
    followed_at = models.DateTimeField("推算时间", null=True, editable=False)

    class Meta:
        verbose_name = "规范性文件"
        verbose_name_plural = "规范性文件"
        ordering: ClassVar = ["-disclosed_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ended_on=None, ended_as="")
                | models.Q(ended_on__isnull=False, ended_as__in=("lapsed", "repealed")),
                name="a_document_that_ended_lapsed_or_was_repealed",
            ),
            models.CheckConstraint(
                condition=models.Q(valid_from=None) | models.Q(disclosed_on__isnull=False),
                name="nothing_unpublished_is_in_force",
            ),
            models.UniqueConstraint(
                fields=["registration_number"],
                condition=~models.Q(registration_number=""),
                name="a_registration_number_is_given_once",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["-disclosed_on", "-id"], condition=models.Q(is_listed=True), name="library_by_date"),
            models.Index(
                fields=["organ", "-disclosed_on", "-id"], condition=models.Q(is_listed=True), name="library_by_organ"
            ),
            models.Index(fields=["valid_from", "ended_on"], name="normative_by_validity"),
            models.Index(fields=["ended_on"], name="normative_by_end"),
            models.Index(fields=["expires_on"], name="normative_by_expiry"),
            models.Index(fields=["signed_on"], name="normative_by_signature"),
        ]

    def __str__(self) -> str:
        return self.title


class NormativeEvent(models.Model):
    """A fact in the life of a document, only ever added: `kinds.py` says which kinds there are and what each holds.

    `on` is the day it happened, `recorded_at` when it was entered. `act_item` is the public item of the act, interpretation
    or notice it tells of, where that is on this site: both pages link to each other by it. An entry that was wrong
    is struck by a later event of the kind `struck`, whose `strikes` names it.
    """

    document = models.ForeignKey(NormativeDocument, models.PROTECT, related_name="events", verbose_name="规范性文件")
    kind = models.CharField("事件", max_length=30)
    on = models.DateField("日期")
    detail = models.JSONField("内容", default=dict)
    act_item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="normative_effects", verbose_name="有关的公开信息"
    )
    strikes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="struck_by", verbose_name="更正的记录"
    )
    recorded_at = models.DateTimeField("登记时间")
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="登记人"
    )

    class Meta:
        verbose_name = "规范性文件事件"
        verbose_name_plural = "规范性文件事件"
        ordering: ClassVar = ["document", "on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind="struck", strikes__isnull=False)
                | (~models.Q(kind="struck") & models.Q(strikes=None)),
                name="only_a_correction_strikes_an_event",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["kind", "on"], name="normative_events_by_kind")]

    def __str__(self) -> str:
        return f"{self.document_id} {self.kind} {self.on}"


class RegisterSequence(models.Model):
    """The last number given out by the one counter of a body and a year (统一编号)."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="制定机关")
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最后一号", default=0)

    class Meta:
        verbose_name = "规范性文件编号"
        verbose_name_plural = "规范性文件编号"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "year"], name="a_body_has_one_counter_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.year} {self.last}"


class CleanupRound(models.Model):
    """A clean-up round (清理) of a body: opened, decided on document by document, and closed by an act that is published.

    As long as it is open its decisions may change; closing writes them into the lives of the documents.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="cleanup_rounds", verbose_name="清理机关")
    title = models.CharField("名称", max_length=100, unique=True)
    opened_on = models.DateField("开始日期")
    due_on = models.DateField("应当完成日期", null=True, blank=True)
    closed_on = models.DateField("清理决定日期", null=True, blank=True)
    act = models.CharField("清理决定", max_length=120, blank=True)
    act_item = models.ForeignKey(
        Item, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="清理决定的公开信息"
    )

    class Meta:
        verbose_name = "清理"
        verbose_name_plural = "清理"
        ordering: ClassVar = ["-opened_on", "-id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(closed_on=None) | ~models.Q(act=""), name="a_closed_round_names_its_act"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class CleanupDecision(models.Model):
    """What a round says of a document: the three lists, the third one as repealed or lapsed."""

    class Outcome(models.TextChoices):
        CONTINUED = "continued", "继续有效"
        REVISED = "revised", "拟修改"
        REPEALED = "repealed", "废止"
        LAPSED = "lapsed", "宣布失效"

    round = models.ForeignKey(CleanupRound, models.PROTECT, related_name="decisions", verbose_name="清理")
    document = models.ForeignKey(
        NormativeDocument, models.PROTECT, related_name="cleanup_decisions", verbose_name="规范性文件"
    )
    outcome = models.CharField("结论", max_length=10, choices=Outcome)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="决定人")
    decided_at = models.DateTimeField("决定时间")

    class Meta:
        verbose_name = "清理结论"
        verbose_name_plural = "清理结论"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["round", "document"], name="a_round_decides_once_on_a_document"),
        ]

    def __str__(self) -> str:
        return f"{self.round_id} {self.document_id} {self.outcome}"


class DayPassed(models.Model):
    """The last day whose changes of validity the stored pages know: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="one_row_says_which_day_has_passed"),
        ]

    def __str__(self) -> str:
        return self.day.isoformat()
