"""Items of government information (政府信息), where they stand, their drafts, reviews and versions."""

from __future__ import annotations

from typing import ClassVar

from django.conf import settings
from django.db import models

from gongkai.office.organs.models import Organ

PUBLIC = models.Q(published_at__isnull=False, withdrawn_at__isnull=True)
"""What the public sees: published, and not withdrawn."""


class Column(models.Model):
    """A place on the site where items stand: a column (栏目), a topic (专栏), or a leaf of the statutory catalogue.

    `update_interval_days` is how often something new is owed; `nothing_expected_reason` says why nothing is, when
    nothing is. `path` is the way from the root, four digits a step, kept by actions.
    """

    class Kind(models.TextChoices):
        COLUMN = "column", "栏目"
        TOPIC = "topic", "专栏"
        STATUTORY = "statutory", "法定主动公开内容"

    code = models.SlugField("栏目代码", max_length=60, unique=True)
    name = models.CharField("栏目名称", max_length=80)
    kind = models.CharField("类别", max_length=20, choices=Kind, default=Kind.COLUMN)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name="上级栏目"
    )
    path = models.CharField(max_length=100, unique=True, editable=False)
    organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="columns", verbose_name="所属机关"
    )
    art20_category = models.CharField("法定主动公开类别", max_length=40, blank=True)
    grassroots_field = models.CharField("基层政务公开试点领域", max_length=40, blank=True)
    description = models.CharField("说明", max_length=300, blank=True)
    update_interval_days = models.PositiveIntegerField("更新周期（天）", null=True, blank=True)
    nothing_expected_reason = models.CharField("暂无更新的原因", max_length=200, blank=True)
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "栏目"
        verbose_name_plural = "栏目"
        ordering: ClassVar = ["path"]

    def __str__(self) -> str:
        return self.name


class CatalogueRow(models.Model):
    """A row of a standard catalogue table (基层政务公开标准目录) of one of the 26 fields.

    Source: grassroots-2019 (国办发〔2019〕54号). Keys of fields, columns, channels and limits: `regulation.disclosure.catalogue`.
    """

    field = models.CharField("试点领域", max_length=40)
    number = models.PositiveIntegerField("序号")
    item_level1 = models.CharField("一级事项", max_length=100)
    item_level2 = models.CharField("二级事项", max_length=100, blank=True)
    content_elements = models.JSONField("公开内容（要素）", default=list)
    legal_basis = models.JSONField("公开依据", default=list)
    time_limit = models.CharField("公开时限", max_length=20, blank=True)
    time_limit_days = models.PositiveIntegerField("公开时限（天数）", null=True, blank=True)
    responsible_organ = models.ForeignKey(
        Organ, models.PROTECT, null=True, blank=True, related_name="catalogue_rows", verbose_name="公开主体"
    )
    responsible_body = models.CharField("公开主体（文字）", max_length=100, blank=True)
    channels = models.JSONField("公开渠道和载体", default=list)
    specific_audience = models.CharField("特定群体", max_length=100, blank=True)
    on_application = models.BooleanField("依申请公开", default=False)
    level_county = models.BooleanField("县级", default=True)
    level_township_village = models.BooleanField("乡、村级", default=False)
    column = models.ForeignKey(
        Column, models.SET_NULL, null=True, blank=True, related_name="catalogue_rows", verbose_name="对应栏目"
    )

    class Meta:
        verbose_name = "标准目录事项"
        verbose_name_plural = "标准目录事项"
        ordering: ClassVar = ["field", "number"]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["field", "number"], name="a_catalogue_row_has_its_own_number"),
        ]

    def __str__(self) -> str:
        return f"{self.item_level1} {self.item_level2}".strip()


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


class Draft(models.Model):
    """What is being written: an item's content that is not public (yet), in the shape of `content.Content`.

    There is one as long as there is unpublished work. `edition` counts the saves, so that two editors at once are noticed.
    `publish_at` is when an approved draft is to go public; empty means at once. `organ` is the item's. From `state` on,
    the columns repeat what the review record says, so that queues are found by index; `record.py` writes them with every
    event and nothing else does.
    """

    item = models.OneToOneField(Item, models.CASCADE, related_name="draft", verbose_name="政府信息")
    organ = models.ForeignKey(Organ, models.PROTECT, related_name="+", verbose_name="发布机构")
    content = models.JSONField("内容")
    content_hash = models.CharField("内容摘要值", max_length=64)
    edition = models.PositiveIntegerField("保存次数", default=1)
    saved_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="保存人")
    saved_at = models.DateTimeField("保存时间")
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="起草人")
    publish_at = models.DateTimeField("定时发布", null=True, blank=True)
    state = models.CharField("状态", max_length=20, default="draft", editable=False)
    next_step = models.CharField("待办环节", max_length=10, blank=True, editable=False)
    due_on = models.DateField("本环节截止日期", null=True, blank=True, editable=False)
    submitted_at = models.DateTimeField("送审时间", null=True, blank=True, editable=False)
    secrecy = models.CharField("保密审查", max_length=20, blank=True, editable=False)

    class Meta:
        verbose_name = "草稿"
        verbose_name_plural = "草稿"
        indexes: ClassVar = [
            models.Index(fields=["organ", "state", "next_step"], name="drafts_by_organ"),
            models.Index(fields=["started_by", "state"], name="drafts_by_author"),
            models.Index(fields=["state", "due_on"], name="drafts_by_due_day"),
            models.Index(fields=["state", "publish_at"], name="drafts_by_hour_of_publication"),
            models.Index(fields=["-saved_at", "-id", "organ"], name="drafts_by_last_save"),
        ]

    def __str__(self) -> str:
        return str(self.item)


class ReviewEvent(models.Model):
    """A fact of the review of an item, only ever added; `detail` holds the particulars of its kind.

    Kinds are those of `regulation.review`: edited, submitted, secrecy_reviewed, passed, returned, withdrawn, published.
    `person` is the staff number of the human being who acted.
    """

    item = models.ForeignKey(Item, models.PROTECT, related_name="review_events", verbose_name="政府信息")
    kind = models.CharField("事件", max_length=20)
    person = models.CharField("工号", max_length=40)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", verbose_name="行为人"
    )
    at = models.DateTimeField("时间")
    content_hash = models.CharField("内容摘要值", max_length=64, blank=True)
    detail = models.JSONField("内容", default=dict)

    class Meta:
        verbose_name = "审核记录"
        verbose_name_plural = "审核记录"
        ordering: ClassVar = ["item", "at", "id"]
        indexes: ClassVar = [
            models.Index(fields=["item", "person", "kind"], name="review_events_by_person"),
        ]

    def __str__(self) -> str:
        return f"{self.item_id} {self.kind} {self.person}"


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


class ImportRun(models.Model):
    """The bringing in of one file from an existing site: how far it has come, and which rows it refused.

    `into` says what the rows become: items, or the entries of a ledger of a room above (by its key). `rows_done` counts the
    rows of the file that are dealt with, imported or not; whoever carries on begins after them.
    """

    into = models.CharField("导入到", max_length=60, default="items")
    source = models.CharField("来源网站", max_length=60)
    file_name = models.CharField("文件名", max_length=200)
    file_sha256 = models.CharField(max_length=64)
    started_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="导入人")
    started_at = models.DateTimeField("开始时间")
    finished_at = models.DateTimeField("完成时间", null=True, blank=True)
    rows_done = models.PositiveIntegerField("已处理行数", default=0)
    imported = models.PositiveIntegerField("已导入", default=0)
    already_there = models.PositiveIntegerField("早已导入", default=0)
    refused = models.PositiveIntegerField("有误未导入", default=0)
    errors = models.JSONField("错误", default=list)

    class Meta:
        verbose_name = "批量导入"
        verbose_name_plural = "批量导入"
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["into", "source", "file_sha256"], name="a_file_of_a_source_is_imported_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.file_name}"


class ItemOrigin(models.Model):
    """Where an imported item came from: the site, and what it was called there. The same thing comes in once."""

    item = models.OneToOneField(Item, models.CASCADE, related_name="origin", verbose_name="政府信息")
    run = models.ForeignKey(ImportRun, models.PROTECT, related_name="origins", verbose_name="批量导入")
    source = models.CharField("来源网站", max_length=60)
    identifier = models.CharField("原编号", max_length=120)

    class Meta:
        verbose_name = "导入来源"
        verbose_name_plural = "导入来源"
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["source", "identifier"], name="an_item_of_a_source_is_imported_once"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.identifier}"


class PlannedImport(models.Model):
    """A file of an existing site that somebody brought on the screen: tried in the background, then imported if ordered.

    `trial` is what an import would do (counts, and errors row by row), None until it is known; `failure` says why the
    background gave up. The file lies in `media/imports/` until it is imported or thrown away.
    """

    source = models.CharField("来源网站", max_length=60)
    file_name = models.CharField("文件名", max_length=200)
    suffix = models.CharField("格式", max_length=10)
    attachments = models.PositiveIntegerField("附件数", default=0)
    brought_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name="上传人")
    brought_at = models.DateTimeField("上传时间")
    rows_read = models.PositiveIntegerField("已检查行数", default=0)
    trial = models.JSONField("试导入的结果", null=True)
    ordered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name="导入人"
    )
    ordered_at = models.DateTimeField("正式导入时间", null=True)
    failure = models.CharField("没有完成的原因", max_length=300, blank=True)
    run = models.ForeignKey(ImportRun, models.PROTECT, null=True, related_name="planned", verbose_name="批量导入")

    class Meta:
        verbose_name = "待导入文件"
        verbose_name_plural = "待导入文件"
        ordering: ClassVar = ["-brought_at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(ordered_at=None, ordered_by=None)
                | models.Q(ordered_at__isnull=False, ordered_by__isnull=False, trial__isnull=False),
                name="only_a_tried_import_is_ordered_and_by_somebody",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.file_name}"


class OutsideLink(models.Model):
    """A link to another site in a draft, and what came of asking it; `dead_days` counts the days in a row it did not open."""

    address = models.CharField("网址", max_length=500, unique=True)
    found_at = models.DateTimeField("发现时间")
    asked_at = models.DateTimeField("检查时间", null=True)
    fault = models.CharField("打不开的原因", max_length=100, blank=True)
    dead_days = models.PositiveSmallIntegerField("连续打不开的天数", default=0)

    class Meta:
        verbose_name = "外部链接"
        verbose_name_plural = "外部链接"
        indexes: ClassVar = [models.Index(fields=["asked_at", "id"], name="outside_links_to_ask")]

    def __str__(self) -> str:
        return self.address


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


class WordPreference(models.Model):
    """The office's own word for the pre-check, or one of the product's words that the office does not want."""

    word = models.CharField("词语", max_length=60, unique=True)
    suggestion = models.CharField("改为", max_length=100, blank=True)
    reason = models.CharField("说明", max_length=200, blank=True)
    is_error = models.BooleanField("必须修改", default=False)
    is_dropped = models.BooleanField("不再提示", default=False)

    class Meta:
        verbose_name = "用词规则"
        verbose_name_plural = "用词规则"

    def __str__(self) -> str:
        return self.word
