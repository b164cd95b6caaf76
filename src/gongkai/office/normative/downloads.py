"""The clean text of a document as a file (Word, PDF, plain text), with its verification code at the foot.

The text is that of the public item; the code belongs to the text, whatever the file. A corrected text has another code.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.timezone import localdate

from gongkai.documents.model import Block, Document, Heading, Mark, Paragraph
from gongkai.documents.readers.html import read_html
from gongkai.documents.readers.refusing import CannotRead
from gongkai.documents.writers import render
from gongkai.documents.writers.pdf import MissingCharacters
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.audit.codes import printed
from gongkai.office.audit.models import Seal
from gongkai.office.normative.facts import published_on
from gongkai.office.normative.models import NormativeDocument
from gongkai.office.organs.queries import site
from gongkai.office.publishing.models import Item

_HASH_GROUP = 16


@dataclass(frozen=True, slots=True)
class Format:
    """A format to download: the ending of the file, what people call it, the writer's name, the type on the wire."""

    ending: str
    label: str
    writer: str
    media_type: str


FORMATS: Mapping[str, Format] = {
    each.ending: each
    for each in (
        Format("pdf", "PDF", "pdf", "application/pdf"),
        Format("docx", "Word", "docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
        Format("txt", "纯文本", "text", "text/plain; charset=utf-8"),
    )
}


def text_of(item: Item) -> Document:
    """The clean text of a public item: its title, what the head of a paper says, its body; no seal, no mark."""
    body = read_body(item.body)
    head: list[Block] = [Heading(item.title, 1), *(Paragraph(line) for line in _head(item))]
    return Document((*head, *_below_title(body, item.title)), title=item.title)


def read_body(body: str) -> tuple[Block, ...]:
    """The clean HTML of a body as blocks. A body without words (its text is an attachment) gives none."""
    try:
        return read_html(f'<meta charset="utf-8">{body}'.encode()).blocks
    except CannotRead:
        return ()


def text_hash(document: Document) -> str:
    """SHA-256, in hexadecimal, of a text as plain text without its mark."""
    return hashlib.sha256(render(replace(document, mark=None), "text")).hexdigest()


def subject(item: Item) -> str:
    """Whose text it is, as the seals name it."""
    return f"publishing.item:{item.pk}"


def seal_of(item: Item, *, at: datetime) -> Seal:
    """The seal of what an item says now; made the first time that somebody wants it."""
    text = audit.Sealed(
        subject=subject(item),
        text_hash=text_hash(text_of(item)),
        label=item.title,
        issuer=item.issuing_agency or item.organ.name,
        number=item.document_number,
        address=reverse("item", args=[item.pk]),
    )
    return audit.seal(text, at=at)


def file_of(document: NormativeDocument, ending: str, *, at: datetime) -> bytes:
    """A document's text as a file; whoever asks again gets the same bytes as long as the text is the same.

    Errors: KeyError for an ending that is not in `FORMATS`; Refused for a text that can't be given out.
    """
    format, item = FORMATS[ending], document.item
    if item is None or not document.is_listed:
        raise Refused("这件文件没有公开的文本可以下载。")
    if not read_body(item.body):
        raise Refused("这件文件的正文在附件里，请下载附件。")
    seal = seal_of(item, at=at)
    marked = replace(text_of(item), mark=mark_of(seal))
    try:
        return audit.file_of(seal, name_of(item, ending), lambda: render(marked, format.writer), at=at)
    except MissingCharacters as missing:
        raise Refused(str(missing)) from missing


def name_of(item: Item, ending: str) -> str:
    """The name of a file to save: number and title, without what file systems don't take."""
    name = f"{item.document_number} {item.title}".strip()
    return "".join("_" if each in '\\/:*?"<>|\n\r\t' else each for each in name)[:100] + f".{ending}"


def mark_of(seal: Seal) -> Mark:
    """What stands at the foot of every file: where it is from, number, code, hash, and how to check."""
    code = printed(seal.code)
    groups = [seal.text_hash[start : start + _HASH_GROUP] for start in range(0, len(seal.text_hash), _HASH_GROUP)]
    lines = [
        f"本文本由{site().name}提供，与网站公布的一致。有效、修改、废止、失效情况以网站标注为准。",
        *([f"文号：{seal.number}"] if seal.number else []),
        f"校验码：{code}　　出具时间：{_day(localdate(seal.issued_at))}",
        f"文本摘要值（SHA-256）：{' '.join(groups)}",
        "核对真伪：扫描二维码，或者在下列网页输入校验码、比对文件。",
    ]
    return Mark(tuple(lines), f"{settings.SITE_URL}{reverse('verify_code', args=[code])}")


def reseal(documents: QuerySet[NormativeDocument], *, at: datetime) -> None:
    """Say of texts that were sealed and are no longer what the public sees that they were superseded or withdrawn.

    Only what was ever sealed is looked at: a new code is made when somebody wants a file.
    """
    subjects = {subject(each.item): each for each in documents.select_related("item") if each.item is not None}
    sealed = Seal.objects.filter(subject__in=subjects, ended_at=None)
    for seal in sealed:
        item = subjects[seal.subject].item
        assert item is not None
        if item.withdrawn_at is not None:
            audit.end(seal.subject, Seal.Ending.WITHDRAWN, item.withdrawn_reason, at=at)
        elif text_hash(text_of(item)) != seal.text_hash:
            audit.end(seal.subject, Seal.Ending.SUPERSEDED, "", at=at)


def _head(item: Item) -> list[str]:
    """What stands between title and text, two particulars a line."""
    named = [
        ("发文机关", item.issuing_agency or item.organ.name),
        ("文号", item.document_number),
        ("成文日期", _day(item.written_date)),
        ("公布日期", _day(published_on(item))),
        ("施行日期", _day(item.effective_date)),
        ("有效期至", _day(item.expiry_date)),
        ("索引号", item.index_number or ""),
    ]
    return [f"{label}：{value}" for label, value in named if value]


def _below_title(blocks: tuple[Block, ...], title: str) -> tuple[Block, ...]:
    """The body without a title of its own that repeats the item's; its headings begin below the title."""
    if blocks and isinstance(blocks[0], Heading | Paragraph) and blocks[0].text.strip() == title:
        blocks = blocks[1:]
    return tuple(replace(block, level=max(2, block.level)) if isinstance(block, Heading) else block for block in blocks)


def _day(day: date | None) -> str:
    return f"{day.year}年{day.month}月{day.day}日" if day else ""
