"""Documents and public items for the tests of this room."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import count
from typing import Any

from gongkai.office.normative import actions
from gongkai.office.normative.models import NormativeDocument
from gongkai.office.publishing.models import Item
from tests.office.cast import NOW, Cast

BODY = "<p>第一条 为了规范校外培训，制定本办法。</p><h2>第二章 管理</h2><p>第二条 培训机构应当公示收费项目。</p>"
_NUMBERS = count(1)


def at_nine(day: date) -> datetime:
    """Nine in the morning of a day, in Beijing."""
    return datetime(day.year, day.month, day.day, 1, tzinfo=UTC)


def item(cast: Cast, published_on: date | None = date(2023, 3, 1), **columns: Any) -> Item:
    """A public normative document of the education bureau."""
    number = next(_NUMBERS)
    given = {
        "organ": cast.education,
        "column": cast.column,
        "title": f"青溪县第{number}号管理办法",
        "body": BODY,
        "issuing_agency": "青溪县教育局",
        "document_number": f"青教规〔2023〕{number}号",
        "index_number": f"11990001MB0A00002L/202303-{number:05d}",
        "written_date": date(2023, 2, 20),
        "is_normative_document": True,
        "content_hash": "0" * 64,
        "created_at": NOW,
        "published_at": at_nine(published_on) if published_on else None,
    }
    return Item.objects.create(**{**given, **columns})


def document(cast: Cast, published_on: date = date(2023, 3, 1), **columns: Any) -> NormativeDocument:
    """The record of a public document."""
    made = item(cast, published_on, **columns)
    actions.follow([made.pk], at=NOW)
    return NormativeDocument.objects.get(item=made)


def later(days: int) -> datetime:
    """A moment so many days after the cast's present."""
    return NOW + timedelta(days=days)
