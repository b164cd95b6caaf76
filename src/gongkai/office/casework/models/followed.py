"""Which applications an account of the public follows."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.office.applicants.models import Account
from gongkai.office.casework.models.applications import Application


class Followed(models.Model):
    """An application in somebody's list; it goes with the account, and the application stays.

    `was_sent_here`: it was sent while signed in to the account. One that was added by number and query code shows no more
    than these two open: nothing of it is filled into a new application, or copied.
    """

    account = models.ForeignKey(Account, models.CASCADE, related_name="followed")
    application = models.ForeignKey(Application, models.CASCADE, related_name="followers")
    was_sent_here = models.BooleanField("由本账号提交", default=False)
    added_at = models.DateTimeField("加入时间")

    class Meta:
        verbose_name = "账号关注的申请"
        verbose_name_plural = "账号关注的申请"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["account", "application"], name="an_application_is_followed_once"),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.application_id}"
