"""Writing an event down: what every action here does the same way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django.utils.timezone import localdate

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.audit.actions import SYSTEM, Act, record
from gongkai.office.normative import standing
from gongkai.office.normative.facts import fact_of
from gongkai.office.normative.kinds import KINDS, Question
from gongkai.office.normative.models import NormativeDocument, NormativeEvent
from gongkai.office.normative.renderings import touch_documents
from gongkai.office.publishing.models import Item

CITATIONS: Mapping[str, str] = {
    "legality_reviewed": "legality-review-2018#review",
    "filed": "normative-2018#supervision",
    "amended": "normative-2018#supervision",
    "extended": "normative-2018#supervision",
    "repealed": "normative-2018#supervision",
    "lapsed": "normative-2018#supervision",
    "cleaned_up": "normative-2018#supervision",
}
PROCEDURE = "normative-2018#procedure"


def locked(document: NormativeDocument) -> NormativeDocument:
    """The document, which nobody else can act on until the transaction ends."""
    rows = NormativeDocument.objects.select_for_update(of=("self",)).select_related("organ", "drafting_organ", "item")
    return rows.get(pk=document.pk)


def subject(document: NormativeDocument) -> str:
    """The document as the log names it."""
    return f"normative.document:{document.pk}"


def actor(by: User | None) -> str:
    """The person as the log names them; the system where nobody acted."""
    return by.staff_number if by else SYSTEM


def enter(
    document: NormativeDocument,
    kind: str,
    detail: Mapping[str, Any],
    *,
    on: date,
    by: User | None,
    at: datetime,
    act_item: Item | None = None,
) -> NormativeEvent:
    """Add an event to a document's life and to the log; the caller holds the lock and derives the standing afterwards.

    Errors: Refused for a day to come or particulars that are missing or impossible.
    """
    if on > localdate(at):
        raise Refused(f"“{KINDS[kind].label}”的日期{on}还没有到。只登记已经发生的事；将来生效的，写在生效日期一栏。")
    event = NormativeEvent(
        document=document, kind=kind, on=on, detail=checked(kind, detail), act_item=act_item, recorded_at=at, by=by
    )
    try:
        fact_of(event)
    except ValueError as error:
        raise Refused(f"“{KINDS[kind].label}”的日期前后矛盾，请核对开始和截止日期。") from error
    event.save()
    told = {"event": event.pk, "kind": kind, "on": on.isoformat(), **event.detail}
    record(Act(actor(by), "normative.record", subject(document), CITATIONS.get(kind, PROCEDURE), told), at=at)
    return event


def checked(kind: str, detail: Mapping[str, Any]) -> dict[str, Any]:
    """The particulars that a kind has, as plain JSON. Errors: Refused for one that is missing or not of its shape."""
    return {
        question.name: value
        for question in KINDS[kind].questions
        if (value := _value(KINDS[kind].label, question, detail.get(question.name))) or question.required
    }


def _value(label: str, question: Question, given: Any) -> str:
    value = given.isoformat() if isinstance(given, date) else str(given or "").strip()
    if question.required and not value:
        raise Refused(f"登记“{label}”缺少“{question.label}”。请补上，它会随文件长期保存。")
    if value and question.shape == "date":
        try:
            date.fromisoformat(value)
        except ValueError as error:
            raise Refused(f"“{question.label}”不是一个日期：{value}。请按 2024-04-12 的样子填写。") from error
    if value and isinstance(question.shape, tuple) and value not in dict(question.shape):
        raise Refused(f"“{question.label}”没有“{value}”这一项，请从列出的选项里选择。")
    return value


def settle(*documents: NormativeDocument, at: datetime) -> None:
    """Derive the standing of documents after what was entered, and have every page that shows them rendered again."""
    keys = [document.pk for document in documents]
    standing.refresh(NormativeDocument.objects.filter(pk__in=keys), at=at)
    touch_documents(NormativeDocument.objects.filter(pk__in=keys))
