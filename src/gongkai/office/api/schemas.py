"""The shapes of open data: what a program gets, described for people. JSON Schema and OpenAPI are made from these."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema


class Problem(Schema):
    """Why there is no answer, and what to do (in Chinese)."""

    detail: str = Field(description="原因和办法")


class AgencyRef(Schema):
    """An agency, as other records name it."""

    code: str = Field(description="机关代码，稳定不变")
    name: str = Field(description="名称")


class Agency(AgencyRef):
    """An agency (行政机关)."""

    short_name: str = Field(description="简称，没有时为空")
    kind: str = Field(description="类别：government、department、township、authorised")
    parent: str | None = Field(description="上级机关的代码，最上级为 null")
    credit_code: str = Field(description="统一社会信用代码，没有登记时为空")
    abolished_on: date | None = Field(description="撤并日期")


class Column(Schema):
    """A column, topic or part of the statutory catalogue (栏目、专栏)."""

    code: str = Field(description="栏目代码，稳定不变")
    name: str = Field(description="名称")
    kind: str = Field(description="类别：column 栏目、topic 专栏、statutory 法定主动公开内容")
    parent: str | None = Field(description="上级栏目的代码")
    art20_category: str = Field(description="对应的《条例》第二十条类别代码，没有时为空")


class Category(Schema):
    """A category of article 20 of the Regulation (法定主动公开类别)."""

    key: str = Field(description="代码")
    number: int = Field(description="第二十条的项次")
    label: str = Field(description="名称")
    citation: str = Field(description="条款")


class GrassrootsField(Schema):
    """One of the 26 fields of the grass-roots standards (试点领域)."""

    key: str = Field(description="代码")
    number: int = Field(description="序号")
    label: str = Field(description="名称")


class Attachment(Schema):
    """A file that stands with an item."""

    name: str = Field(description="文件名")
    media_type: str = Field(description="文件类型")
    size: int = Field(description="大小（字节）")
    sha256: str = Field(description="文件内容的 SHA-256，可用来核对下载的文件")


class Correction(Schema):
    """What a later version changed."""

    version: int = Field(description="版次")
    at: datetime = Field(description="更正时间")
    note: str = Field(description="更正说明")


class ItemSummary(Schema):
    """An item of government information, as it stands in a list."""

    id: int = Field(description="编号，稳定不变")
    url: str = Field(description="网页地址")
    index_number: str = Field(description="索引号")
    title: str = Field(description="标题")
    agency: AgencyRef = Field(description="发布机构")
    issuing_agency: str = Field(description="发文机关")
    column: str = Field(description="栏目代码")
    art20_category: str = Field(description="法定主动公开类别代码")
    grassroots_field: str = Field(description="试点领域代码，没有时为空")
    document_number: str = Field(description="发文字号，没有时为空")
    summary: str = Field(description="内容概述")
    written_date: date | None = Field(description="成文日期")
    published_at: datetime = Field(description="发布时间，由系统记录")
    changed_at: datetime | None = Field(description="最近一次更正的时间")


class Item(ItemSummary):
    """An item in full."""

    body: str = Field(description="正文（HTML）")
    topics: list[str] = Field(description="专栏代码")
    keywords: list[str] = Field(description="关键词")
    topic_category: str = Field(description="主题分类")
    genre_category: str = Field(description="体裁分类")
    audience_category: str = Field(description="服务对象分类")
    lifecycle_category: str = Field(description="生命周期分类")
    effective_date: date | None = Field(description="生效日期")
    expiry_date: date | None = Field(description="废止（失效）日期")
    is_normative_document: bool = Field(description="是否行政规范性文件")
    is_reprint: bool = Field(description="是否转载")
    source: str = Field(description="信息来源")
    source_url: str = Field(description="来源网址")
    content_hash: str = Field(description="内容的 SHA-256")
    attachments: list[Attachment] = Field(description="附件")
    corrections: list[Correction] = Field(description="更正记录")


class ItemPage(Schema):
    """A page of items. `next` asks for the following one; null at the end."""

    items: list[ItemSummary] = Field(description="本页的信息，新的在前")
    next: str | None = Field(description="下一页的游标，作为参数 cursor 使用；最后一页为 null")


class Tombstone(Problem):
    """That an item was public and has been withdrawn."""

    withdrawn_at: datetime = Field(description="撤回时间")
    reason: str = Field(description="撤回原因")
