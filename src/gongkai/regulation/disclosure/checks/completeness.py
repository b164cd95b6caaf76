"""What an item lacks: metadata, text, the source of a reprint; and what was left to be filled in."""

from __future__ import annotations

import re
from collections.abc import Iterator

from gongkai.regulation.disclosure.catalogue import categories
from gongkai.regulation.disclosure.checks.passages import passages
from gongkai.regulation.disclosure.document_number import read_document_number
from gongkai.regulation.disclosure.index_number import IndexNumberRule
from gongkai.regulation.disclosure.item import Item, elements
from gongkai.regulation.disclosure.masking import masked
from gongkai.regulation.disclosure.words import CATALOGUE
from gongkai.regulation.finding import Finding, Severity

_MODE_LABELS = {"on_application": "依申请公开", "not_disclosed": "不予公开"}
_PLACEHOLDER = re.compile(
    r"(?<![A-Za-z0-9])[XxＸｘ]{3,}(?![A-Za-z0-9])|[XxＸｘ×]{2,4}年[XxＸｘ×]{1,2}月|"
    r"(?:请|请在|在)?此处(?:填写|输入|插入|添加|粘贴)[^\s，。；）)]{0,8}|(?:单击|点击)(?:或点击)?(?:此处)?(?:输入|添加)(?:文字|文本|标题|内容)|"
    r"[（(【\[](?:待补充|待填|待定稿|待完善|略待补)[）)】\]]|待补充内容|\bTODO\b|\bTBD\b|[Ll]orem ipsum"
)
_TEST_TITLE = re.compile(
    r"(?:测试|test|标题|无标题|新建(?:文档|信息)?|未命名)[\s\d一二三]*(?:标题|信息|文章|内容)?[\s\d]*", re.I
)
_FULL_WIDTH = re.compile(r"[０-９]+")


def completeness(item: Item, index_rule: IndexNumberRule | None) -> Iterator[Finding]:
    """Missing and impossible metadata.

    Source: ogi-2019#20 (category), official-documents-2012#9 (document number).
    """
    for element in elements():
        # A value of blanks is no value.
        value = getattr(item, element.key)
        if (value.strip() if isinstance(value, str) else value) or element.needed == "no":
            continue
        if element.needed != "normative" or item.is_normative_document:
            code = "ITEM-ELEMENT-ADVISED" if element.needed == "advised" else "ITEM-ELEMENT"
            yield CATALOGUE.finding(code, element=element.label, element_en=element.label_en)
    if not item.body.strip() and not item.attachments:
        yield CATALOGUE.finding("ITEM-EMPTY")
    if item.art20_category and item.art20_category not in categories():
        yield CATALOGUE.finding("ITEM-CATEGORY")
    if item.disclosure_mode in _MODE_LABELS:
        yield CATALOGUE.finding("ITEM-MODE", mode=_MODE_LABELS[item.disclosure_mode])
    if item.is_reprint and not item.source.strip():
        yield CATALOGUE.finding("ITEM-REPRINT-SOURCE")
    if item.document_number.strip():
        yield from read_document_number(item.document_number, item.written_date).findings
    if index_rule and item.index_number and index_rule.parse(item.index_number) is None:
        yield CATALOGUE.finding("ITEM-INDEX-NUMBER", quotes=(masked(item.index_number),), template=index_rule.template)


def leftovers(item: Item) -> Iterator[Finding]:
    """Text that was to be filled in, and full-width digits in numbers."""
    if _TEST_TITLE.fullmatch(item.title.strip()):
        yield CATALOGUE.finding("ITEM-PLACEHOLDER", where=("标题",), quotes=(item.title.strip(),))
    for passage in passages(item):
        for found in _PLACEHOLDER.finditer(passage.text):
            is_mask = not found[0].strip("XxＸｘ×年月")
            severity: Severity = "warning" if is_mask else "error"
            where = (passage.where(found.start()),)
            yield CATALOGUE.finding("ITEM-PLACEHOLDER", severity=severity, where=where, quotes=(masked(found[0]),))
        runs = list(_FULL_WIDTH.finditer(passage.text))
        if runs:
            places = tuple(dict.fromkeys(passage.where(run.start()) for run in runs))[:5]
            quotes = (masked(runs[0][0]),)
            yield CATALOGUE.finding("ITEM-FULL-WIDTH", where=places, quotes=quotes, count=len(runs))
