"""What the search index follows."""

from __future__ import annotations

from django.db import models


class SearchChange(models.Model):
    """An entry of the journal that the search index follows: items to look at again, or everything (no `count`).

    `token` is random, so that an index knows whether this is the journal it has followed.
    """

    sequence = models.BigAutoField("序号", primary_key=True)
    token = models.CharField("标记", max_length=16)
    items = models.JSONField("信息", default=list)
    count = models.PositiveIntegerField("条数", null=True)

    class Meta:
        verbose_name = "检索索引待跟进的变动"
        verbose_name_plural = "检索索引待跟进的变动"

    def __str__(self) -> str:
        return f"{self.sequence} {self.count}"
