"""The log of acts, rows that are only ever added and hold the hash of the one before; and the seals on files given out."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.office.audit.room_of import RoomOf


class Entry(models.Model):
    """One act: who did what to what, when, by which article, and what changed.

    `hash` covers every other column and the previous entry's hash (see `chain.py`), so a changed, missing or inserted
    row is found by walking the chain. The database itself refuses to change or delete a row.
    """

    sequence = models.PositiveBigIntegerField("序号", primary_key=True)
    at = models.DateTimeField("时间")
    actor = models.CharField("行为人", max_length=100)
    act = models.CharField("行为", max_length=80)
    subject = models.CharField("对象", max_length=100)
    citation = models.CharField("依据", max_length=100, blank=True)
    detail = models.JSONField("内容", default=dict)
    previous_hash = models.CharField("前一条的摘要值", max_length=64, blank=True)
    hash = models.CharField("摘要值", max_length=64, unique=True)

    class Meta:
        verbose_name = "审计记录"
        verbose_name_plural = "审计记录"
        ordering: ClassVar = ["sequence"]
        indexes: ClassVar = [
            models.Index(fields=["subject", "sequence"], name="audit_by_subject"),
            models.Index(fields=["actor", "sequence"], name="audit_by_actor"),
            models.Index(fields=["at", "sequence"], name="audit_by_time"),
            models.Index(RoomOf("act"), "at", "sequence", name="audit_by_room"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.actor} {self.act} {self.subject}"


class Head(models.Model):
    """The end of the chain: one row, locked by whoever adds the next entry, so that entries stand in one line."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    hash = models.CharField(max_length=64, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="the_chain_has_one_head"),
        ]

    def __str__(self) -> str:
        return f"{self.sequence} {self.hash}"


class Seal(models.Model):
    """A verification code given to a text: what it is, since when, and whether it is still the one that holds.

    `subject` is what the text belongs to (`room.thing:id`), `text_hash` the SHA-256 of the text itself, whatever file it is
    written to. One code goes with one text of a subject; a corrected text has another, which supersedes it.
    """

    class Ending(models.TextChoices):
        SUPERSEDED = "superseded", "已被更正后的文本取代"
        WITHDRAWN = "withdrawn", "已经撤下"

    code = models.CharField("校验码", max_length=12, primary_key=True)
    subject = models.CharField("对象", max_length=100)
    text_hash = models.CharField("文本摘要值", max_length=64)
    label = models.CharField("名称", max_length=300)
    issuer = models.CharField("出具机关", max_length=120)
    number = models.CharField("文号", max_length=80, blank=True)
    address = models.CharField("所在网页", max_length=200)
    issued_at = models.DateTimeField("出具时间")
    ended_at = models.DateTimeField("终止时间", null=True, blank=True)
    ended_as = models.CharField("终止原因", max_length=20, blank=True, choices=Ending)
    ended_reason = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "校验码"
        verbose_name_plural = "校验码"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["subject", "text_hash"], name="a_text_of_a_subject_has_one_code"),
            models.CheckConstraint(
                condition=models.Q(ended_at=None, ended_as="") | models.Q(ended_at__isnull=False, ended_as__gt=""),
                name="a_seal_that_ended_says_how",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.label}"


class SealedFile(models.Model):
    """A file given out under a seal, by the SHA-256 of its bytes."""

    seal = models.ForeignKey(Seal, models.PROTECT, related_name="files", verbose_name="校验码")
    sha256 = models.CharField("文件摘要值", max_length=64, db_index=True)
    name = models.CharField("文件名", max_length=200)
    size = models.PositiveBigIntegerField("大小（字节）")
    made_at = models.DateTimeField("生成时间")

    class Meta:
        verbose_name = "有校验码的文件"
        verbose_name_plural = "有校验码的文件"
        ordering: ClassVar = ["id"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["seal", "sha256"], name="a_file_is_sealed_once_under_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.seal_id} {self.name}"
