"""What the public templates of items can't say themselves."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from gongkai.office.publishing.search.highlight import Piece
from gongkai.office.publishing.standard_table import limit_words

register = template.Library()

_BOX = '<div class="table-box" role="region" aria-label="表格" tabindex="0"><table'


@register.filter
def body_html(body: str) -> SafeString:
    """The body of an item, which is clean HTML already; its tables stand in boxes that scroll sideways by themselves."""
    return mark_safe(re.sub(r"<table\b", _BOX, body).replace("</table>", "</table></div>"))


@register.filter
def pieces(text: Iterable[Piece]) -> SafeString:
    """A text in pieces, with what was looked for marked."""
    return mark_safe(
        "".join(f"<mark>{escape(each.text)}</mark>" if each.is_match else escape(each.text) for each in text)
    )


@register.filter
def media_label(name: str) -> str:
    """The type of a file by its name, as people call it."""
    ending = name.rpartition(".")[2].lower() if "." in name else ""
    return _LABELS.get(ending, ending.upper() or "文件")


_LABELS = {
    "doc": "Word 文档", "docx": "Word 文档", "wps": "WPS 文档", "xls": "Excel 表格", "xlsx": "Excel 表格", "et": "WPS 表格",
    "pdf": "PDF 文件", "ofd": "OFD 文件", "txt": "文本", "csv": "CSV 表格", "zip": "压缩文件", "rar": "压缩文件",
    "jpg": "图片", "jpeg": "图片", "png": "图片",
}  # fmt: skip


register.filter("limit_words", limit_words)


@register.filter
def labels(keys: list[str], entries: Mapping[str, Any]) -> list[str]:
    """The labels of keys; what is no key is a label already (the list of channels may grow locally)."""
    return [entries[key].label if key in entries else key for key in keys]
