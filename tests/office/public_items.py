"""Items that are already public, for tests of what reads them: rows as a publication leaves them, without its reviews."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.content import COLUMN_FIELDS, Content
from gongkai.office.publishing.models import Column, Item
from tests.office.cast import NOW


def public_item(organ: Organ, column: Column, number: int = 1, *, at: datetime | None = None, **written: Any) -> Item:
    """The number-th public item, an hour after the one before."""
    content = Content(
        **{
            "title": f"青溪县第{number}号公告",
            "body": f"<p>第{number}号公告的正文。</p>",
            "art20_category": "other_required",
            "issuing_agency": organ.name,
            "column": column.pk,
            **written,
        }
    )
    moment = at or NOW + timedelta(hours=number)
    values = {name: getattr(content, name) for name in COLUMN_FIELDS}
    item = Item.objects.create(
        organ=organ,
        column=column,
        **values | {"keywords": list(content.keywords)},
        index_number=f"{organ.credit_code}/202404-{number:05d}",
        content_hash=content.hash(),
        created_at=moment,
        published_at=moment,
    )
    item.topics.set(content.topics)
    return item
