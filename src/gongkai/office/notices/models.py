"""What left the office for somebody: each notice, the files in it, and everything that happened to it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.office.notices.states import ALARMING, Channel, Result, State
from gongkai.office.organs.models import Organ
from gongkai.office.personal.fields import SealedField


class Outgoing(models.Model):
    """One notice to one receiver by one way.

    `about` is what it belongs to (`room.thing:id`), `subject` is readable in lists and so holds nothing personal. The
    address and the words are sealed. `state`, `next_at` and `left_at` follow from the attempts and are written with them,
    by `record.note` only, so that the queue and the lists find them by index.
    """

    channel = models.CharField("方式", max_length=10, choices=Channel)
    kind = models.CharField("种类", max_length=40)
    about = models.CharField("所属事项", max_length=100)
    subject = models.CharField("标题", max_length=200)
    to = SealedField("收件地址", blank=True)
    body = SealedField("内容", blank=True)
    organ = models.ForeignKey(Organ, models.PROTECT, null=True, related_name="+", verbose_name="行政机关")
    by = models.CharField("经办人工号", max_length=40)
    message_id = models.CharField("信件编号", max_length=120, unique=True)
    once = models.CharField("去重标记", max_length=160, null=True, blank=True, unique=True)
    matters = models.BooleanField("没有送达须报警", default=True)
    until = models.DateTimeField("有效期至", null=True, blank=True)
    tracking_number = models.CharField("邮件号", max_length=60, blank=True)
    code_fingerprint = models.CharField("领取码指纹", max_length=64, blank=True)
    replaces = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, related_name="replaced_by", verbose_name="重发自"
    )
    queued_at = models.DateTimeField("登记时间")
    state = models.CharField("状态", max_length=12, choices=State, default=State.WAITING)
    next_at = models.DateTimeField("下次发送", null=True, blank=True)
    left_at = models.DateTimeField("发出时间", null=True, blank=True)
    ended_at = models.DateTimeField("送达时间", null=True, blank=True)
    claim = models.CharField("发送进程标记", max_length=32, blank=True)
    tried = models.PositiveSmallIntegerField("已试次数", default=0)
    looked_into_at = models.DateTimeField("报警处理时间", null=True, blank=True)

    class Meta:
        verbose_name = "通知"
        verbose_name_plural = "通知"
        indexes: ClassVar = [
            models.Index(fields=["next_at"], name="notices_due", condition=models.Q(state__in=["waiting", "sending"])),
            models.Index(fields=["state", "queued_at"], name="notices_by_state"),
            models.Index(fields=["about"], name="notices_by_subject"),
            models.Index(fields=["organ", "-queued_at", "-id"], name="notices_of_an_organ"),
            models.Index(fields=["-queued_at", "-id"], name="notices_newest"),
            models.Index(
                fields=["tracking_number"], name="notices_by_tracking_number", condition=~models.Q(tracking_number="")
            ),
            models.Index(fields=["code_fingerprint"], name="notices_by_code", condition=~models.Q(code_fingerprint="")),
            models.Index(
                fields=["organ", "queued_at"],
                name="notices_that_alarm",
                condition=models.Q(state__in=[str(each) for each in ALARMING], matters=True, looked_into_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_channel_display()} {self.subject}"


class Enclosure(models.Model):
    """A file that goes with a notice. Its name holds nothing personal; its bytes are sealed, or kept in the audit's vault."""

    notice = models.ForeignKey(Outgoing, models.CASCADE, related_name="enclosures", verbose_name="通知")
    name = models.CharField("文件名", max_length=200)
    media_type = models.CharField("类型", max_length=100)
    sha256 = models.CharField("摘要值", max_length=64)
    size = models.PositiveBigIntegerField("大小（字节）")
    content = SealedField("内容（base64）", blank=True)

    ROTATED_AT_ONCE: ClassVar[int] = 5
    """Rows that a change of keys holds in memory: each may be as large as a mail."""

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering: ClassVar = ["id"]

    def __str__(self) -> str:
        return self.name


class Attempt(models.Model):
    """One thing that happened to a notice; rows are only ever added, and the database refuses anything else.

    `answer` is what the other side said, as a code and in our words: servers like to repeat the address in theirs.
    `by` is a staff number where a person did it. `claim` is which sending it belongs to.
    """

    notice = models.ForeignKey(Outgoing, models.PROTECT, related_name="attempts", verbose_name="通知")
    at = models.DateTimeField("时间")
    result = models.CharField("结果", max_length=16, choices=Result)
    answer = models.CharField("答复", max_length=200, blank=True)
    claim = models.CharField("发送进程标记", max_length=32, blank=True)
    by = models.CharField("经办人工号", max_length=40, blank=True)

    class Meta:
        verbose_name = "投递记录"
        verbose_name_plural = "投递记录"
        ordering: ClassVar = ["id"]
        indexes: ClassVar = [models.Index(fields=["result", "at"], name="attempts_by_result")]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.get_result_display()}"


class Signature(models.Model):
    """Who signed for a notice that was handed over in person: the name is sealed, and so is what stands in for it."""

    notice = models.OneToOneField(Outgoing, models.PROTECT, related_name="signature", verbose_name="通知")
    name = SealedField("签收人")
    relation = models.CharField("与申请人的关系", max_length=40)
    at = models.DateTimeField("签收时间")

    class Meta:
        verbose_name = "签收"
        verbose_name_plural = "签收"

    def __str__(self) -> str:
        return f"{self.notice_id} {self.relation}"


class DayDone(models.Model):
    """Something that is done once a day, and was: `publishing.remind:2024-04-12`."""

    name = models.CharField("事项", max_length=80, unique=True)
    done_at = models.DateTimeField("完成时间")

    class Meta:
        verbose_name = "当日已办"
        verbose_name_plural = "当日已办"

    def __str__(self) -> str:
        return self.name
