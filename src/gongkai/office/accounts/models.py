"""Staff, what they are appointed to, and who acts for whom during leave."""

from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.models import AbstractUser
from django.db import models

from gongkai.office.organs.models import Organ


class Role(models.TextChoices):
    """What a person may be appointed to in an agency."""

    EDITOR = "editor", "信息编辑"
    FIRST_REVIEWER = "first_reviewer", "初审"
    SECOND_REVIEWER = "second_reviewer", "复审"
    FINAL_REVIEWER = "final_reviewer", "终审"
    SECRECY_REVIEWER = "secrecy_reviewer", "保密审查"
    DISCLOSURE_OFFICER = "disclosure_officer", "政务公开机构工作人员"
    CASE_OFFICER = "case_officer", "依申请公开经办"
    CASE_APPROVER = "case_approver", "依申请公开审签"
    ADMINISTRATOR = "administrator", "系统管理"
    AUDITOR = "auditor", "审计"


UNUSABLE = "!"
"""Stands in place of a password's hash: nothing matches it. An account from an import has none until one is issued."""


class User(AbstractUser):
    """An account of one of the staff. Django's `is_superuser` opens the shell's settings; it gives no word in any review.

    `staff_number` names the human being: two accounts of one person carry the same number and count as one person in
    every review.
    """

    last_name = None  # type: ignore[assignment]
    name = models.CharField("姓名", max_length=60)
    staff_number = models.CharField("工号", max_length=40, db_index=True)
    phone = models.CharField("联系电话", max_length=40, blank=True)
    mail_reminders = models.BooleanField("接收提醒邮件", default=True)
    must_change_password = models.BooleanField("须修改初始密码", default=False)

    REQUIRED_FIELDS: ClassVar[list[str]] = ["name", "staff_number"]

    class Meta:
        verbose_name = "工作人员"
        verbose_name_plural = "工作人员"
        constraints: ClassVar = [
            models.CheckConstraint(condition=~models.Q(staff_number=""), name="an_account_belongs_to_a_person"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def first_name(self) -> str:  # type: ignore[override]
        """A Chinese name is one; the shell greets by this."""
        return self.name

    def get_full_name(self) -> str:
        return self.name

    def get_short_name(self) -> str:
        return self.name


class Appointment(models.Model):
    """A role somebody holds in an agency, from one day to another (both included), with or without what is below it."""

    user = models.ForeignKey(User, models.CASCADE, related_name="appointments", verbose_name="工作人员")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="appointments", verbose_name="行政机关")
    role = models.CharField("职责", max_length=30, choices=Role)
    with_subordinates = models.BooleanField("含下级机关", default=False)
    from_date = models.DateField("起始日期")
    to_date = models.DateField("截止日期", null=True, blank=True)

    class Meta:
        verbose_name = "任职"
        verbose_name_plural = "任职"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["user", "organ", "role", "from_date"], name="an_appointment_is_entered_once"
            ),
            models.CheckConstraint(
                condition=models.Q(to_date=None) | models.Q(to_date__gte=models.F("from_date")),
                name="an_appointment_does_not_end_before_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.organ} {self.get_role_display()}"

    def covers(self, organ: Organ) -> bool:
        """Does it reach an agency?"""
        return organ.pk == self.organ_id or (self.with_subordinates and organ.path.startswith(self.organ.path))


class Delegation(models.Model):
    """A reviewer on leave has somebody else act in a role, from one day to another (both included)."""

    delegator = models.ForeignKey(User, models.PROTECT, related_name="delegations_given", verbose_name="委托人")
    delegate = models.ForeignKey(User, models.PROTECT, related_name="delegations_held", verbose_name="受托人")
    role = models.CharField("职责", max_length=30, choices=Role)
    from_date = models.DateField("起始日期")
    to_date = models.DateField("截止日期")
    reason = models.CharField("事由", max_length=200)
    made_at = models.DateTimeField("设定时间")
    revoked_at = models.DateTimeField("撤销时间", null=True, blank=True)

    class Meta:
        verbose_name = "委托代审"
        verbose_name_plural = "委托代审"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(to_date__gte=models.F("from_date")),
                name="a_delegation_does_not_end_before_it_begins",
            ),
            models.CheckConstraint(
                condition=~models.Q(delegator=models.F("delegate")), name="nobody_delegates_to_himself"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delegator} → {self.delegate} {self.get_role_display()}"


class FormerPassword(models.Model):
    """A password somebody had, as its hash: it does not come back soon."""

    user = models.ForeignKey(User, models.CASCADE, related_name="former_passwords")
    password = models.CharField(max_length=128)
    set_at = models.DateTimeField()

    class Meta:
        ordering: ClassVar = ["-set_at", "-id"]

    def __str__(self) -> str:
        return f"{self.user} {self.set_at:%Y-%m-%d}"


class RecoveryCode(models.Model):
    """A code that stands in once for the second factor, kept as its digest."""

    user = models.ForeignKey(User, models.CASCADE, related_name="recovery_codes")
    digest = models.CharField(max_length=64)
    made_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["user", "digest"], name="a_recovery_code_is_given_once"),
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.made_at:%Y-%m-%d}"


class SpentChallenge(models.Model):
    """A captcha that was answered, as the digest of its token: nobody answers it a second time, in no process."""

    digest = models.CharField(max_length=64, primary_key=True)
    spent_at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.digest[:8]} {self.spent_at:%Y-%m-%d %H:%M}"
