"""Accounts of the public: nobody of the staff, and no way to the desk. What is known of somebody is one mail address, sealed."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.office.personal.fields import SealedField


class Account(models.Model):
    """An account of somebody who applies, proved to hold a mailbox. It is no `accounts.User` and holds no appointment.

    `email_mark` finds it (a keyed fingerprint). `seen_on` is the last day it was signed in to: its time to be kept runs from
    there.
    """

    email = SealedField("电子邮箱")
    email_mark = models.CharField("邮箱指纹", max_length=64, unique=True, editable=False)
    password = models.CharField("密码（散列值）", max_length=128)
    made_at = models.DateTimeField("注册时间", editable=False)
    seen_on = models.DateField("最近登录日期", db_index=True)
    warned_on = models.DateField("告知将要注销的日期", null=True, blank=True)

    class Meta:
        verbose_name = "申请人账号"
        verbose_name_plural = "申请人账号"

    def __str__(self) -> str:
        return f"{self.pk}"


class MailedLink(models.Model):
    """A link that was sent to a mailbox: whoever opens it holds the mailbox. Good once, for a while.

    `password`: it sets the password, and opens the account where the mailbox has none. `address`: it makes the mailbox the
    account's. `digest` is of the token, which stands nowhere else.
    """

    class Purpose(models.TextChoices):
        PASSWORD = "password", "设置密码"
        ADDRESS = "address", "更换邮箱"

    digest = models.CharField(max_length=64, unique=True, editable=False)
    purpose = models.CharField("用途", max_length=10, choices=Purpose)
    account = models.ForeignKey(Account, models.CASCADE, null=True, blank=True, related_name="links")
    email = SealedField("电子邮箱")
    email_mark = models.CharField("邮箱指纹", max_length=64, editable=False)
    made_at = models.DateTimeField("发出时间", db_index=True)

    class Meta:
        verbose_name = "验证邮件"
        verbose_name_plural = "验证邮件"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(purpose="password") | models.Q(account__isnull=False),
                name="a_new_address_is_of_an_account",
            ),
        ]
        indexes: ClassVar = [models.Index(fields=["email_mark", "made_at"], name="mailed_links_by_mailbox")]

    def __str__(self) -> str:
        return self.digest[:8]


class Visit(models.Model):
    """A browser that is signed in; it holds the token of this `digest` in a cookie."""

    digest = models.CharField(max_length=64, unique=True, editable=False)
    account = models.ForeignKey(Account, models.CASCADE, related_name="visits")
    began_at = models.DateTimeField("登录时间")
    seen_at = models.DateTimeField("最近操作时间", db_index=True)

    class Meta:
        verbose_name = "登录"
        verbose_name_plural = "登录"

    def __str__(self) -> str:
        return f"{self.account_id} {self.began_at:%Y-%m-%d %H:%M}"


class WrongPassword(models.Model):
    """A wrong password, by fingerprint of the mailbox and of the network; noted alike whether there is such an account or not."""

    email_mark = models.CharField(max_length=64)
    network_mark = models.CharField(max_length=64)
    at = models.DateTimeField(db_index=True)

    class Meta:
        verbose_name = "输错的密码"
        verbose_name_plural = "输错的密码"
        indexes: ClassVar = [models.Index(fields=["email_mark", "at"], name="wrong_passwords_by_mailbox")]

    def __str__(self) -> str:
        return f"{self.email_mark[:8]} {self.at:%Y-%m-%d %H:%M}"
