"""How the staff's screens name an item's fields, states and events."""

from __future__ import annotations

from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import CatalogueRow, Column
from gongkai.regulation.disclosure.catalogue import categories, fields
from gongkai.regulation.finding import Finding
from gongkai.regulation.review.events import STEP_LABELS
from gongkai.regulation.review.rules import STATE_LABELS

FIELD_LABELS = {
    "title": "标题",
    "column": "栏目（组配分类）",
    "topics": "专栏",
    "art20_category": "法定主动公开类别",
    "grassroots_field": "试点领域",
    "catalogue_row": "标准目录事项",
    "topic_category": "主题分类",
    "genre_category": "体裁分类",
    "audience_category": "服务对象分类",
    "lifecycle_category": "生命周期分类",
    "issuing_agency": "发文机关",
    "document_number": "发文字号",
    "written_date": "成文日期",
    "formed_date": "生成日期",
    "effective_date": "生效日期",
    "expiry_date": "废止（失效）日期",
    "disclosure_mode": "公开方式",
    "keywords": "关键词",
    "summary": "内容概述",
    "source": "信息来源",
    "source_url": "来源网址",
    "is_reprint": "转载",
    "is_normative_document": "行政规范性文件",
    "numbers_are_official": "文中电话、账号均为办公所用",
    "format_language": "信息格式、语种",
    "attachments": "附件",
    "correction_note": "更正说明",
}
MODE_LABELS = {"proactive": "主动公开", "on_application": "依申请公开", "not_disclosed": "不予公开"}
EVENT_LABELS = {
    "edited": "撰写、修改",
    "submitted": "送审",
    "secrecy_reviewed": "保密审查",
    "passed": "通过",
    "returned": "退回",
    "withdrawn": "撤回送审",
    "published": "公开",
}
DECISION_LABELS = {"may_disclose": "可以公开", "may_not_disclose": "不得公开", "referred": "不能确定，报请认定"}
_NO = ""
_BY_WHERE = (
    ("标题", "title"),
    ("内容概述", "summary"),
    ("关键词", "keywords"),
    ("文号", "document_number"),
    ("信息来源", "source"),
    ("正文", "body"),
    ("附件", "attachments"),
    ("栏目", "column"),
    ("专栏", "topics"),
)
_BY_CODE = {
    "ITEM-EMPTY": "body",
    "ITEM-CATEGORY": "art20_category",
    "ITEM-MODE": "disclosure_mode",
    "ITEM-REPRINT-SOURCE": "source",
    "ITEM-DEADLINE": "formed_date",
    "ITEM-DATE-ORDER": "written_date",
    "CORRECTION-NOTE": "correction_note",
    "LINK-MALFORMED": "body",
    "LINK-BROKEN": "body",
    "LINK-DEAD": "body",
}
_BY_ELEMENT = {label: name for name, label in FIELD_LABELS.items()} | {
    "组配分类": "column",
    "文号": "document_number",
    "关键词": "keywords",
}


def field_of(finding: Finding) -> str:
    """The field of the form that a finding is about; empty when it is about none in particular."""
    for place in finding.where:
        for beginning, name in _BY_WHERE:
            if place.startswith(beginning):
                return name
    if finding.code.startswith("DOCNO-"):
        return "document_number"
    element = finding.values.get("element", "")
    return _BY_ELEMENT.get(element) or _BY_CODE.get(finding.code, "")


def state_of(state: str, next_step: str = "") -> str:
    """A state in words; in review, the step that is waited for."""
    if state == "in_review":
        return {"first": "待初审", "second": "待复审", "final": "待终审"}.get(next_step, "审核中")
    return dict(STATE_LABELS).get(state, state)  # type: ignore[call-overload, no-any-return]


def step_label(step: str) -> str:
    """A step in words."""
    return dict(STEP_LABELS)[step]  # type: ignore[index]


def shown_values(content: Content) -> dict[str, str]:
    """Every field but the body by its label, as a person reads it; dashes for what is empty."""
    columns = Column.objects.in_bulk([content.column, *content.topics])
    row = CatalogueRow.objects.filter(pk=content.catalogue_row).first() if content.catalogue_row else None
    category, field = categories().get(content.art20_category), fields().get(content.grassroots_field)
    special = {
        "column": str(columns.get(content.column, _NO)),
        "topics": "、".join(str(columns[pk]) for pk in content.topics if pk in columns),
        "art20_category": f"（{category.number}）{category.label}" if category else content.art20_category,
        "grassroots_field": field.label if field else content.grassroots_field,
        "catalogue_row": str(row) if row else "",
        "disclosure_mode": MODE_LABELS.get(content.disclosure_mode, content.disclosure_mode),
        "keywords": "、".join(content.keywords),
        "attachments": "；".join(f"{each.name}（{each.sha256[:8]}）" for each in content.attachments),
    }
    return {label: special.get(name) or _plain(name, content, special) for name, label in FIELD_LABELS.items()}


def _plain(name: str, content: Content, special: dict[str, str]) -> str:
    if name in special:
        return "—"
    value = getattr(content, name)
    if isinstance(value, bool):
        return "是" if value else "否"
    return str(value) if value else "—"
