"""Public items for the tests of search, made without their history."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import Any

from gongkai.office.publishing.models import Item, ItemAttachment, StoredFile
from gongkai.office.publishing.search import announce
from gongkai.office.publishing.search.fulltext.tables import SCHEMA, Tables
from tests.office.cast import NOW, Cast


def public(cast: Cast, title: str = "一则通知", body: str = "", **particulars: Any) -> Item:
    """A public item of the education department, not yet in the index."""
    number = Item.objects.count() + 1
    values: dict[str, Any] = {
        "organ": cast.education,
        "column": cast.column,
        "index_number": f"11990001MB0A00002L/202404-{number:05d}",
        "content_hash": "0" * 64,
        "created_at": NOW,
        "published_at": NOW + timedelta(minutes=number),
    }
    return Item.objects.create(title=title, body=body, **values | particulars)


def indexed(cast: Cast, title: str = "一则通知", body: str = "", **particulars: Any) -> Item:
    """A public item that is in the index."""
    item = public(cast, title, body, **particulars)
    announce([item.pk])
    return item


def attach(item: Item, name: str, text: str, at: datetime = NOW) -> None:
    """An attachment in which a reader found a text."""
    position = item.attachments.count() + 1
    sha256 = f"{item.pk:032d}{position:032d}"
    file = StoredFile.objects.create(sha256=sha256, size=1, media_type="text/plain", text=text, stored_at=at)
    ItemAttachment.objects.create(item=item, file=file, name=name, position=position)


def ids(items: Iterable[Item]) -> Sequence[int]:
    return [item.pk for item in items]


def empty() -> Tables:
    """Full-text tables with nothing in them, in memory."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for statement in SCHEMA:
        connection.execute(statement)
    return Tables(connection)
