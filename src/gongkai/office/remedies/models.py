"""Cases of reconsideration and litigation, and what happened to them."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.casework.models import Application, ApplicationEvent, Letter
from gongkai.office.organs.models import Organ
from gongkai.office.personal import files as sealed
from gongkai.office.personal.fields import SealedField
from gongkai.office.remedies.kinds import Challenged, Instance, Result, Route

OPEN = models.Q(concluded_on=None)


class RemedyCase(models.Model):
    """One reconsideration or one lawsuit about disclosure; appeals belong to the lawsuit they are about.

    The columns under "derived" are worked out of the events by `standing.py` only. `claimant` is sealed: who went to court
    over an application tells who applied.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="remedies", verbose_name="被申请人（被告）")
    route = models.CharField("类别", max_length=40, choices=Route)
    application = models.ForeignKey(
        Application, models.PROTECT, null=True, blank=True, related_name="remedies", verbose_name="涉及的申请"
    )
    letter = models.ForeignKey(
        Letter, models.PROTECT, null=True, blank=True, related_name="remedies", verbose_name="涉及的答复"
    )
    reconsideration = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="lawsuits", verbose_name="经过的行政复议"
    )
    challenged = models.CharField("不服的事项", max_length=20, choices=Challenged)
    body = models.CharField("复议机关或者人民法院", max_length=100)
    reference = models.CharField("案号", max_length=80)
    claimant = SealedField("申请人（原告）", blank=True)
    filed_on = models.DateField("申请或者起诉日期", null=True, blank=True)
    received_on = models.DateField("收到受理通知和副本之日")

    # --- derived, by standing.py; the answer is that of the instance the case is before ---
    instance = models.CharField("审级", max_length=10, blank=True, choices=Instance, editable=False)
    answer_due_on = models.DateField("答复（答辩）期限", null=True, editable=False)
    answered_on = models.DateField("提交答复（答辩）日期", null=True, editable=False)
    ruling = models.CharField("决定（裁判）", max_length=30, blank=True, editable=False)
    result = models.CharField("结果", max_length=20, blank=True, choices=Result, editable=False)
    concluded_on = models.DateField("审结日期", null=True, editable=False)
    orders_again = models.BooleanField("要求重新办理", default=False, editable=False)
    order_days = models.PositiveSmallIntegerField("重新办理的期限（工作日）", null=True, editable=False)
    rectified_by = models.ForeignKey(
        ApplicationEvent, models.PROTECT, null=True, blank=True, related_name="+", editable=False
    )

    class Meta:
        verbose_name = "行政复议、行政诉讼案件"
        verbose_name_plural = "行政复议、行政诉讼案件"
        ordering: ClassVar = ["-received_on", "-id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "route", "reference"], name="a_remedy_is_registered_once"),
            models.CheckConstraint(
                condition=models.Q(concluded_on=None, result="") | models.Q(concluded_on__isnull=False, result__gt=""),
                name="only_a_concluded_remedy_has_a_result",
            ),
            models.CheckConstraint(
                condition=models.Q(route="litigation_after_reconsideration") | models.Q(reconsideration=None),
                name="only_a_later_lawsuit_follows_a_reconsideration",
            ),
        ]
        indexes: ClassVar = [
            models.Index(fields=["organ", "route", "received_on", "concluded_on", "id"], name="remedies_by_organ"),
            models.Index(fields=["organ", "answer_due_on"], condition=OPEN, name="open_remedies_by_answer"),
            models.Index(fields=["concluded_on", "route", "result"], name="remedies_by_result"),
        ]

    def __str__(self) -> str:
        return self.reference


class RemedyEvent(models.Model):
    """A fact in the life of a remedy, only ever added; one that was wrong is taken back by a `struck` one."""

    case = models.ForeignKey(RemedyCase, models.PROTECT, related_name="events", verbose_name="案件")
    kind = models.CharField("事项", max_length=20)
    on = models.DateField("日期")
    detail = models.JSONField("内容", default=dict)
    strikes = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="struck_by", verbose_name="更正的记录"
    )
    recorded_at = models.DateTimeField("登记时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="登记人")

    class Meta:
        verbose_name = "复议诉讼记录"
        verbose_name_plural = "复议诉讼记录"
        ordering: ClassVar = ["case", "on", "id"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(kind="struck", strikes__isnull=False)
                | (~models.Q(kind="struck") & models.Q(strikes=None)),
                name="only_a_correction_strikes_a_remedy_event",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.kind} {self.on}"


class RemedyText(models.Model):
    """The free words of an event: sealed, and outside the event because they can be erased and events can't."""

    event = models.OneToOneField(RemedyEvent, models.CASCADE, related_name="text", verbose_name="记录")
    words = SealedField("说明")

    class Meta:
        verbose_name = "复议诉讼记录的文字"
        verbose_name_plural = "复议诉讼记录的文字"

    def __str__(self) -> str:
        return f"{self.event_id}"


class RemedyFile(models.Model):
    """A paper of a case (complaint, answer, decision): ciphertext on the disk, its name sealed."""

    case = models.ForeignKey(RemedyCase, models.PROTECT, related_name="files", verbose_name="案件")
    event = models.ForeignKey(RemedyEvent, models.PROTECT, related_name="files", verbose_name="记录")
    name = SealedField("文件名")
    handle = models.CharField("存放名", max_length=64, unique=True, editable=False)
    sha256 = models.CharField("摘要值", max_length=64, editable=False)
    size = models.PositiveBigIntegerField("大小（字节）", editable=False)

    class Meta:
        verbose_name = "复议诉讼材料"
        verbose_name_plural = "复议诉讼材料"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.case_id} {self.sha256[:8]}"

    def read(self) -> bytes:
        """The bytes. Errors: `personal.files.FileGone`."""
        return sealed.read(self.handle)
