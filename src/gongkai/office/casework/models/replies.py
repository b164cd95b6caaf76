"""Letters of a case from draft to delivery, the redacted copies that go with them, and what an agency's letters have to name."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.audit.models import Seal
from gongkai.office.casework.models.applications import Application, ApplicationEvent, ApplicationFile, Consultation
from gongkai.office.notices.models import Outgoing
from gongkai.office.organs.models import Organ
from gongkai.office.personal.fields import SealedField


class LetterSettings(models.Model):
    """What the letters of an agency name: whose court, whose reconsideration, whom to ask. Source: ogi-2019 art. 51."""

    class AgencyKind(models.TextChoices):
        DEPARTMENT = "department", "地方政府工作部门"
        GOVERNMENT = "government", "地方人民政府"
        PROVINCE = "province", "省级人民政府"
        MINISTRY = "ministry", "国务院部门"
        VERTICAL = "vertical", "垂直领导的机关"

    organ = models.OneToOneField(Organ, models.CASCADE, related_name="letter_settings", verbose_name="行政机关")
    agency_kind = models.CharField("复议机关按哪一类确定", max_length=20, choices=AgencyKind)
    code = models.CharField("机关代字", max_length=20)
    court = models.CharField("有管辖权的人民法院", max_length=80)
    own_government = models.CharField("本级人民政府", max_length=80, blank=True)
    superior = models.CharField("上一级机关", max_length=80, blank=True)
    reconsideration_channel = models.CharField("网上申请行政复议的渠道", max_length=200, blank=True)
    contact_person = models.CharField("联系人", max_length=60)
    contact_phone = models.CharField("联系电话", max_length=60)
    contact_address = models.CharField("联系地址", max_length=200)
    payment_way = models.CharField("信息处理费的缴纳方式", max_length=200, blank=True)

    class Meta:
        verbose_name = "文书设置"
        verbose_name_plural = "文书设置"

    def __str__(self) -> str:
        return f"{self.organ_id}"


class LetterSequence(models.Model):
    """The last number of a series of an agency's letters in a year."""

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="行政机关")
    series = models.CharField("文书类别", max_length=20)
    year = models.PositiveSmallIntegerField("年度")
    last = models.PositiveIntegerField("最后一号", default=0)

    class Meta:
        verbose_name = "文书编号"
        verbose_name_plural = "文书编号"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["organ", "series", "year"], name="a_series_of_letters_counts_once_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.organ_id} {self.series} {self.year} {self.last}"


class Letter(models.Model):
    """One letter of a case, from draft to delivery.

    A draft holds what the officer adds: facts the record doesn't have, and words in the parts that may be edited. Everything
    else is written from the record by `regulation.letters` whenever it is looked at, so that a draft can't go stale. Signing
    (签发) gives it its number and day and fixes its parts and files for good; delivery enters the event that it stands for.
    """

    class State(models.TextChoices):
        DRAFT = "draft", "起草"
        SUBMITTED = "submitted", "待审签"
        ISSUED = "issued", "已签发，待送达"
        SENT = "sent", "已发出"
        VOID = "void", "已作废"

    application = models.ForeignKey(Application, models.PROTECT, related_name="letters", verbose_name="申请")
    kind = models.CharField("文书种类", max_length=40)
    is_reply = models.BooleanField("答复", default=False)
    round = models.PositiveSmallIntegerField("第几次办理", default=1)
    consultation = models.ForeignKey(
        Consultation, models.PROTECT, null=True, blank=True, related_name="letters", verbose_name="征求意见"
    )
    receiver = SealedField("收件人（申请人以外的）", blank=True)
    given = SealedField("经办人填写的事项", blank=True)
    texts = SealedField("经办人改写的部分", blank=True)
    state = models.CharField("状态", max_length=12, choices=State, default=State.DRAFT)
    drafted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人")
    drafted_at = models.DateTimeField("起草时间")
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="送审人"
    )
    content_hash = models.CharField("送审内容的摘要值", max_length=64, blank=True)

    number = models.CharField("文号", max_length=80, null=True, blank=True, unique=True)
    on = models.DateField("成文日期", null=True, blank=True)
    parts = SealedField("签发的全文", blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="签发人"
    )
    signed_at = models.DateTimeField("签发时间", null=True, blank=True)
    seal = models.OneToOneField(
        Seal, models.PROTECT, null=True, blank=True, related_name="letter", verbose_name="校验码"
    )
    pdf = models.ForeignKey(
        ApplicationFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="PDF"
    )
    docx = models.ForeignKey(
        ApplicationFile, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="DOCX"
    )
    event = models.OneToOneField(
        ApplicationEvent, models.PROTECT, null=True, blank=True, related_name="letter", verbose_name="办理记录"
    )

    class Meta:
        verbose_name = "文书"
        verbose_name_plural = "文书"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [
            models.Index(
                fields=["state", "id"],
                condition=models.Q(state__in=["draft", "submitted", "issued"]),
                name="letters_under_way",
            ),
        ]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["application", "round"],
                condition=models.Q(is_reply=True) & ~models.Q(state="void"),
                name="a_case_has_one_reply_a_round",
            ),
            models.CheckConstraint(
                condition=models.Q(signed_by=None)
                | (~models.Q(signed_by=models.F("drafted_by")) & ~models.Q(signed_by=models.F("submitted_by"))),
                name="nobody_signs_a_letter_of_their_own",
            ),
            models.CheckConstraint(
                condition=models.Q(state__in=["draft", "submitted", "void"])
                | models.Q(number__isnull=False, on__isnull=False, signed_by__isnull=False, seal__isnull=False),
                name="a_letter_is_signed_numbered_and_sealed_before_it_leaves",
            ),
        ]

    def __str__(self) -> str:
        return self.number or f"{self.application_id} {self.kind}"


class LetterStep(models.Model):
    """What was done with a letter, and the hash of what it said then; rows are only added."""

    class Kind(models.TextChoices):
        DRAFTED = "drafted", "起草"
        EDITED = "edited", "修改"
        SUBMITTED = "submitted", "送审"
        RETURNED = "returned", "退回修改"
        SIGNED = "signed", "签发"
        SENT = "sent", "发出"
        FAILED = "failed", "没有送达"
        VOIDED = "voided", "作废"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="steps", verbose_name="文书")
    kind = models.CharField("步骤", max_length=12, choices=Kind)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="经手人"
    )
    at = models.DateTimeField("时间")
    content_hash = models.CharField("当时内容的摘要值", max_length=64, blank=True)
    note = SealedField("说明", blank=True)

    class Meta:
        verbose_name = "文书流转"
        verbose_name_plural = "文书流转"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.kind}"


class Delivery(models.Model):
    """One way by which a letter goes to its receiver. One stands at a time; the next begins only after it failed."""

    class Way(models.TextChoices):
        MAIL = "mail", "电子邮件"
        ONLINE = "online", "网上下载（查询页）"
        POST = "post", "邮寄（邮政企业）"
        COUNTER = "counter", "当面送达"

    letter = models.ForeignKey(Letter, models.PROTECT, related_name="deliveries", verbose_name="文书")
    way = models.CharField("送达方式", max_length=10, choices=Way)
    on = models.DateField("交邮、签收或者发出之日", null=True, blank=True)
    notice = models.OneToOneField(
        Outgoing, models.PROTECT, null=True, blank=True, related_name="letter_delivery", verbose_name="通知"
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人")
    begun_at = models.DateTimeField("登记时间")
    received_on = models.DateField("签收日期", null=True, blank=True)
    first_fetched_at = models.DateTimeField("首次下载时间", null=True, blank=True)
    failed_at = models.DateTimeField("没有送达", null=True, blank=True)
    failure = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "送达"
        verbose_name_plural = "送达"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["letter"], condition=models.Q(failed_at=None), name="a_letter_goes_one_way_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.letter_id} {self.way}"


class Redaction(models.Model):
    """A redacted copy beside its original, the strings that were taken out, and the proof that they are gone.

    `withheld` is JSON: text and ground of each string. The last one of a case counts. `looked_by` confirmed having looked at
    the pictures no program reads. Source: ogi-2019 art. 37.
    """

    application = models.ForeignKey(Application, models.PROTECT, related_name="redactions", verbose_name="申请")
    original = models.ForeignKey(ApplicationFile, models.PROTECT, related_name="+", verbose_name="原件")
    copy = models.ForeignKey(ApplicationFile, models.PROTECT, related_name="+", verbose_name="区分处理后的副本")
    withheld = SealedField("隐去的文字和理由")
    is_clean = models.BooleanField("证明没有遗漏")
    findings = models.JSONField("检查结果", default=list)
    looks = models.JSONField("需要人看的地方", default=list)
    proved_at = models.DateTimeField("检查时间")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="经办人")
    looked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="看过图片的人"
    )
    looked_at = models.DateTimeField("看过图片的时间", null=True, blank=True)

    class Meta:
        verbose_name = "区分处理"
        verbose_name_plural = "区分处理"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.copy_id}"

    @property
    def may_go_out(self) -> bool:
        """Whether the copy may be sent: proved clean, and somebody has looked where no program can."""
        return self.is_clean and (not self.looks or self.looked_at is not None)
