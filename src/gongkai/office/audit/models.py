"""The log of acts: rows that are only ever added, each holding the hash of the one before it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


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
