"""Items of government information (政府信息) as the public sees them, their files, versions and index numbers."""

from __future__ import annotations

from typing import ClassVar

from django.db import models

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models.columns import CatalogueRow, Column

PUBLIC = models.Q(published_at__isnull=False, withdrawn_at__isnull=True)
"""What the public sees: published, and not withdrawn."""


class StoredFile(models.Model):
    """A file as it was uploaded, kept once under the hash of its content; `text` is what a reader found in it.

    `traces` are what it tells besides its text (authors, comments, tracked changes …), by kind: see `traces.py`.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveBigIntegerField("大小（字节）")
    media_type = models.CharField("类型", max_length=100)
    text = models.TextField("文字内容", blank=True)
    refusal = models.CharField("读不出的原因", max_length=200, blank=True)
    traces = models.JSONField("留下的痕迹", default=dict)
    stored_at = models.DateTimeField("存入时间")

    class Meta:
        verbose_name = "文件"
        verbose_name_plural = "文件"

    def __str__(self) -> str:
        return self.sha256


class Item(models.Model):
    """A piece of government information as the public sees it, or will.

    Its columns hold the content that is public (or was, when withdrawn); before the first publication they repeat the
    draft's title so that lists can name it. What is being written stands in `Draft`, what happened in `ReviewEvent`.
    `published_at` is set by the system when it first goes public and never by hand.
    """

    organ = models.ForeignKey(Organ, models.PROTECT, related_name="items", verbose_name="发布机构")
    column = models.ForeignKey(Column, models.PROTECT, related_name="items", verbose_name="组配分类")
    topics = models.ManyToManyField(Column, related_name="topic_items", blank=True, verbose_name="专栏")
    catalogue_row = models.ForeignKey(
        CatalogueRow, models.SET_NULL, null=True, blank=True, related_name="items", verbose_name="标准目录事项"
    )
    index_number = models.CharField("索引号", max_length=60, unique=True, null=True, blank=True, editable=False)
    title = models.CharField("标题", max_length=300)
    body = models.TextField("正文", blank=True)
    summary = models.CharField("内容概述", max_length=300, blank=True)
    keywords = models.JSONField("关键词", default=list, blank=True)
    art20_category = models.CharField("法定主动公开类别", max_length=40, blank=True)
    grassroots_field = models.CharField("试点领域", max_length=40, blank=True)
    topic_category = models.CharField("主题分类", max_length=60, blank=True)
    genre_category = models.CharField("体裁分类", max_length=60, blank=True)
    audience_category = models.CharField("服务对象分类", max_length=60, blank=True)
    lifecycle_category = models.CharField("生命周期分类", max_length=60, blank=True)
    issuing_agency = models.CharField("发文机关", max_length=120, blank=True)
    document_number = models.CharField("发文字号", max_length=80, blank=True)
    written_date = models.DateField("成文日期", null=True, blank=True)
    formed_date = models.DateField("生成日期", null=True, blank=True)
    effective_date = models.DateField("生效日期", null=True, blank=True)
    expiry_date = models.DateField("废止（失效）日期", null=True, blank=True)
    disclosure_mode = models.CharField("公开方式", max_length=20, default="proactive")
    source = models.CharField("信息来源", max_length=120, blank=True)
    source_url = models.URLField("来源网址", max_length=500, blank=True)
    is_reprint = models.BooleanField("转载", default=False)
    is_normative_document = models.BooleanField("行政规范性文件", default=False)
    numbers_are_official = models.BooleanField("文中电话、账号均为办公所用", default=False)
    format_language = models.CharField("信息格式、语种", max_length=60, blank=True)
    content_hash = models.CharField("内容摘要值", max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField("建立时间", editable=False)
    published_at = models.DateTimeField("发布时间", null=True, blank=True, editable=False)
    changed_at = models.DateTimeField("更正时间", null=True, blank=True, editable=False)
    withdrawn_at = models.DateTimeField("撤回时间", null=True, blank=True, editable=False)
    withdrawn_reason = models.CharField("撤回原因", max_length=300, blank=True, editable=False)

    class Meta:
        verbose_name = "政府信息"
        verbose_name_plural = "政府信息"
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(published_at=None) | models.Q(index_number__isnull=False, content_hash__gt=""),
                name="a_published_item_has_its_index_number_and_hash",
            ),
            models.CheckConstraint(
                condition=models.Q(withdrawn_at=None) | models.Q(published_at__isnull=False, withdrawn_reason__gt=""),
                name="what_is_withdrawn_was_published_and_has_a_reason",
            ),
            models.CheckConstraint(
                condition=models.Q(expiry_date=None)
                | models.Q(effective_date=None)
                | models.Q(expiry_date__gte=models.F("effective_date")),
                name="an_item_does_not_expire_before_it_takes_effect",
            ),
        ]
        indexes: ClassVar = [
            # Each also holds `withdrawn_at`, which is empty in all of them: SQLite looks at it again for every row it
            # steps over, and would otherwise read past the whole body to get there.
            *(
                models.Index(
                    fields=[*fields, "-published_at", "-id", "withdrawn_at"], condition=PUBLIC, name=f"public_by_{name}"
                )
                for name, fields in {
                    "date": [],
                    "organ": ["organ"],
                    "column": ["column"],
                    "art20": ["art20_category"],
                }.items()
            ),
            # With the agency at its end: the annual report asks in which fields an agency has published anything.
            models.Index(
                fields=["grassroots_field", "-published_at", "-id", "withdrawn_at", "organ"],
                condition=PUBLIC,
                name="public_by_field",
            ),
            # What a year's figure leaves out or adds to what is public now (counting.py).
            models.Index(
                fields=["organ", "published_at"],
                condition=models.Q(is_reprint=True) & PUBLIC,
                name="public_reprints_by_organ",
            ),
            models.Index(
                fields=["organ", "published_at", "withdrawn_at"],
                condition=models.Q(withdrawn_at__isnull=False),
                name="withdrawn_by_organ",
            ),
            models.Index(
                fields=["id", "published_at"],
                condition=models.Q(is_normative_document=True),
                name="normative_documents",
            ),
            # For staff who see the whole county: the newest are read off instead of sorting all of them (bench.permissions).
            models.Index(
                fields=["-published_at", "-id", "organ"],
                condition=models.Q(published_at__isnull=False),
                name="published_ever_by_date",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_public(self) -> bool:
        """Does the public see it? For one item what PUBLIC is for many."""
        return self.published_at is not None and self.withdrawn_at is None


class ItemAttachment(models.Model):
    """A file that stands with an item, as the public sees it."""

    item = models.ForeignKey(Item, models.CASCADE, related_name="attachments")
    file = models.ForeignKey(StoredFile, models.PROTECT, related_name="+")
    name = models.CharField("文件名", max_length=200)
    position = models.PositiveSmallIntegerField("次序")

    class Meta:
        verbose_name = "附件"
        verbose_name_plural = "附件"
        ordering: ClassVar = ["position"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "position"], name="an_attachment_has_its_own_place"),
        ]

    def __str__(self) -> str:
        return self.name


class Version(models.Model):
    """A content as it went public, kept for good; `note` tells the public what a correction changed.

    An imported item has none until it is first changed: its first version is then made from what is public.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="versions", verbose_name="政府信息")
    number = models.PositiveIntegerField("版次")
    content = models.JSONField("内容")
    content_hash = models.CharField("内容摘要值", max_length=64)
    published_at = models.DateTimeField("公开时间")
    note = models.CharField("更正说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "公开版本"
        verbose_name_plural = "公开版本"
        ordering: ClassVar = ["item", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["item", "number"], name="a_version_has_its_own_number"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} 第{self.number}版"


class IndexSequence(models.Model):
    """The last place given out in a sequence of index numbers."""

    scope = models.CharField(max_length=60, primary_key=True)
    last = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.scope} {self.last}"
