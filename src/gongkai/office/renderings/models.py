"""Which public pages stand as files, and what each of them depends on."""

from __future__ import annotations

from typing import ClassVar

from django.db import models


class Clock(models.Model):
    """One row that counts the changes of public content; whoever changes something holds it until it commits."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    value = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(condition=models.Q(id=1), name="there_is_one_clock_of_changes"),
        ]

    def __str__(self) -> str:
        return str(self.value)


class Key(models.Model):
    """Something pages depend on (`keys.py`); `changed_at` is the value of the clock when it last changed."""

    name = models.CharField(max_length=120, unique=True)
    changed_at = models.PositiveBigIntegerField(default=0)

    def __str__(self) -> str:
        return self.name


class Rendering(models.Model):
    """A public address whose answer may stand as a file.

    `standing` is set, and committed, before the file is written, and cleared after the file is gone: whoever has to
    delete what depends on a key finds every file there can be. `content_hash` and `modified` (seconds since 1970) stay
    when the file goes, so that an unchanged page keeps its ETag and a changed one never repeats one.
    """

    path = models.CharField("地址", max_length=500, unique=True)
    standing = models.BooleanField("可能有文件", default=False)
    content_hash = models.CharField("内容摘要值", max_length=64, blank=True)
    modified = models.PositiveBigIntegerField("修改时间", default=0)
    keys = models.ManyToManyField(Key, through="Dependency", related_name="renderings")

    class Meta:
        verbose_name = "公开页面"
        verbose_name_plural = "公开页面"

    def __str__(self) -> str:
        return self.path


class Dependency(models.Model):
    """A page shows something of what a key stands for."""

    rendering = models.ForeignKey(Rendering, models.CASCADE, related_name="+", db_index=False)
    key = models.ForeignKey(Key, models.CASCADE, related_name="+")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["rendering", "key"], name="a_page_depends_on_a_key_once"),
        ]

    def __str__(self) -> str:
        return f"{self.rendering_id} {self.key_id}"
