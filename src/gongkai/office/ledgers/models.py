"""What every entry of a ledger has, whatever it records."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.organs.models import Organ

STANDING = models.Q(struck_at=None)
"""What counts: entries that were not struck."""


class Entry(models.Model):
    """A record of an agency: entered by somebody or brought in by an import, struck when it was wrong, never deleted.

    `identifier` is what an imported entry was called where it comes from (or a hash of what its row said): the same thing
    comes in once. `sought` is what the public finds it by (`sought.py`). What a room keeps of it are the columns of its own
    model.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="机关")
    source = models.CharField("来源", max_length=60, blank=True, editable=False)
    identifier = models.CharField("原编号", max_length=120, blank=True, editable=False)
    registered_at = models.DateTimeField("登记时间", editable=False)
    registered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="登记人",
    )
    changed_at = models.DateTimeField("修改时间", null=True, editable=False)
    struck_at = models.DateTimeField("划去时间", null=True, editable=False)
    struck_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        editable=False,
        verbose_name="划去人",
    )
    struck_reason = models.CharField("划去原因", max_length=300, blank=True, editable=False)
    sought = models.TextField("查找用文字", blank=True, default="", editable=False)

    class Meta:
        abstract = True
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["source", "identifier"],
                condition=~models.Q(identifier=""),
                name="%(app_label)s_%(class)s_comes_in_once",
            ),
            models.CheckConstraint(
                condition=models.Q(struck_at=None) | ~models.Q(struck_reason=""),
                name="%(app_label)s_%(class)s_is_struck_for_a_reason",
            ),
        ]
