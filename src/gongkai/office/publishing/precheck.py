"""The pre-check: what is said of a content before it is submitted and before each pass.

`regulation.disclosure` looks at metadata and text; here is added what only the office can see: files in the store, what
they give away, links, columns in use. An error stops; a warning asks for a reason.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from typing import cast

from django.utils import timezone

from gongkai.office.organs.models import Organ
from gongkai.office.publishing import index_numbers, links, outside
from gongkai.office.publishing.body import text_of
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.models import CatalogueRow, Column, Item, StoredFile, WordPreference
from gongkai.office.publishing.words import CATALOGUE
from gongkai.regulation.disclosure.checks.wording import WordRule
from gongkai.regulation.disclosure.item import Attachment, DisclosureMode, TimeLimit
from gongkai.regulation.disclosure.item import Item as Described
from gongkai.regulation.disclosure.item_check import check_item
from gongkai.regulation.disclosure.masking import masked
from gongkai.regulation.finding import Finding
from gongkai.regulation.workdays import provisional_workdays

DOES_NOT_OPEN = frozenset({"DAMAGED", "TRUNCATED", "ENCRYPTED", "EMPTY"})
"""Refusals of a reader that mean the public can't open the file either; the others only mean nobody read it here."""


def check(
    content: Content, organ: Organ, *, on: date, item: Item | None = None, answers: Callable[[str], bool] | None = None
) -> list[Finding]:
    """Everything to be said about a content on a day; `item` is the item it is to become, when there is one.

    `answers` says whether an outside address opens; without it, what the background found out (`outside`) counts.
    """
    preferences = list(WordPreference.objects.all())
    files = StoredFile.objects.in_bulk([each.sha256 for each in content.attachments])
    column = Column.objects.filter(pk=content.column).first()
    findings = check_item(
        _described(content, organ, item, column, files),
        on,
        provisional_workdays().add,
        extra_words=tuple(_word_rule(each) for each in preferences if not each.is_dropped),
        dropped_words=frozenset(each.word for each in preferences if each.is_dropped),
    )
    must_change = {each.word for each in preferences if each.is_error}
    return [
        *(_graver(each, must_change) for each in findings),
        *_columns(content, organ, column, on),
        *_files(content, files),
        *links.check(content.body, answers or outside.opens),
        *_publication(content, organ, item, on),
    ]


def errors(findings: list[Finding]) -> list[Finding]:
    """Those that stop."""
    return [each for each in findings if each.severity == "error"]


def unexplained(findings: list[Finding], reasons: dict[str, str]) -> list[Finding]:
    """The warnings for whose code nobody has given a reason."""
    return [each for each in findings if each.severity == "warning" and not reasons.get(each.code, "").strip()]


def _described(
    content: Content, organ: Organ, item: Item | None, column: Column | None, files: dict[str, StoredFile]
) -> Described:
    published = item.published_at if item else None
    row = CatalogueRow.objects.filter(pk=content.catalogue_row).first() if content.catalogue_row else None
    return Described(
        title=content.title,
        body=text_of(content.body),
        attachments=tuple(
            Attachment(each.name, files[each.sha256].text if each.sha256 in files else "")
            for each in content.attachments
        ),
        art20_category=content.art20_category,
        combined_category=column.name if column else "",
        topic_category=content.topic_category,
        genre_category=content.genre_category,
        audience_category=content.audience_category,
        lifecycle_category=content.lifecycle_category,
        issuing_agency=content.issuing_agency,
        publishing_agency=organ.name,
        index_number=(item.index_number or "") if item else "",
        document_number=content.document_number,
        written_date=content.written_date,
        formed_date=content.formed_date,
        published_date=timezone.localdate(published) if published else None,
        effective_date=content.effective_date,
        expiry_date=content.expiry_date,
        keywords=content.keywords,
        summary=content.summary,
        disclosure_mode=cast(DisclosureMode, content.disclosure_mode) if content.disclosure_mode else None,
        source=content.source,
        format_language=content.format_language,
        is_normative_document=content.is_normative_document,
        is_reprint=content.is_reprint,
        numbers_are_official=content.numbers_are_official,
        time_limit=_time_limit(row),
    )


def _time_limit(row: CatalogueRow | None) -> TimeLimit | None:
    if row is None or not row.time_limit_days:
        return None
    return TimeLimit(row.time_limit_days, "natural_day" if row.time_limit == "natural_day" else "working_day")


def _word_rule(preference: WordPreference) -> WordRule:
    reason = preference.reason or "本机关的用词规则"
    return WordRule(preference.word, preference.suggestion or "请核对", reason, "sensitive")


def _graver(finding: Finding, must_change: set[str]) -> Finding:
    if finding.code == "ITEM-SENSITIVE" and must_change.intersection(finding.quotes):
        return replace(finding, severity="error")
    return finding


def _columns(content: Content, organ: Organ, column: Column | None, on: date) -> Iterator[Finding]:
    topics = Column.objects.in_bulk(content.topics)
    for where, each in (("栏目", column), *(("专栏", topics.get(pk)) for pk in content.topics)):
        if each is None:
            yield CATALOGUE.finding("COLUMN-UNUSABLE", where=(where,), reason="它不存在或者已经删除")
        elif each.closed_on and each.closed_on <= on:
            yield CATALOGUE.finding("COLUMN-UNUSABLE", where=(where,), reason=f"“{each.name}”已经停用")
        elif each.organ_id and each.organ_id != organ.pk:
            yield CATALOGUE.finding("COLUMN-UNUSABLE", where=(where,), reason=f"“{each.name}”是别的机关的栏目")
    if column and column.children.filter(closed_on=None).exists():
        reason = f"“{column.name}”下面还有栏目，请选到最末一级"
        yield CATALOGUE.finding("COLUMN-UNUSABLE", where=("栏目",), reason=reason)
    if column and column.kind == Column.Kind.TOPIC:
        reason = f"“{column.name}”是专栏，只能在“专栏”中选，组配分类要选栏目"
        yield CATALOGUE.finding("COLUMN-UNUSABLE", where=("栏目",), reason=reason)


def _files(content: Content, files: dict[str, StoredFile]) -> Iterator[Finding]:
    for number, attached in enumerate(content.attachments, start=1):
        where = (f"附件{number}",)
        file = files.get(attached.sha256)
        if file is None:
            yield CATALOGUE.finding("FILE-MISSING", where=where)
            continue
        if file.refusal:
            code = "FILE-UNREADABLE" if file.traces.get("refusal") in DOES_NOT_OPEN else "FILE-UNCHECKED"
            yield CATALOGUE.finding(code, where=where, reason=file.refusal)
        yield from _traces(where, file.traces)


def _traces(where: tuple[str], traces: dict[str, object]) -> Iterator[Finding]:
    if authors := cast(list[str], traces.get("authors")):
        yield CATALOGUE.finding("FILE-AUTHOR", where=where, quotes=tuple(masked(each) for each in authors))
    if comments := traces.get("comments"):
        yield CATALOGUE.finding("FILE-COMMENTS", where=where, count=comments)
    if changes := traces.get("changes"):
        yield CATALOGUE.finding("FILE-CHANGES", where=where, count=changes)
    for what in cast(list[str], traces.get("hidden", [])):
        yield CATALOGUE.finding("FILE-HIDDEN", where=where, what=what)
    if traces.get("unseen"):
        yield CATALOGUE.finding("FILE-UNSEEN", where=where)
    if traces.get("macro"):
        yield CATALOGUE.finding("FILE-MACRO", where=where)


def _publication(content: Content, organ: Organ, item: Item | None, on: date) -> Iterator[Finding]:
    if item is None or not item.index_number:
        missing = index_numbers.missing_part(organ, content.art20_category, on=on)
        if missing:
            yield CATALOGUE.finding("INDEX-IMPOSSIBLE", reason=missing)
    if item is not None and item.published_at and not content.correction_note.strip():
        yield CATALOGUE.finding("CORRECTION-NOTE")
