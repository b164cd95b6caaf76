"""Records of the office in the shapes of open data."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.urls import reverse

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import Column, Item


def item_summary(item: Item) -> dict[str, Any]:
    """An item for a list; its agency and column must have been fetched with it."""
    return {
        "id": item.pk,
        "url": f"{settings.SITE_URL}{reverse('item', args=[item.pk])}",
        "index_number": item.index_number,
        "title": item.title,
        "agency": {"code": item.organ.code, "name": item.organ.name},
        "issuing_agency": item.issuing_agency,
        "column": item.column.code,
        "art20_category": item.art20_category,
        "grassroots_field": item.grassroots_field,
        "document_number": item.document_number,
        "summary": item.summary,
        "written_date": item.written_date,
        "published_at": item.published_at,
        "changed_at": item.changed_at,
    }


def item(item: Item) -> dict[str, Any]:
    """An item in full."""
    return item_summary(item) | {
        "body": item.body,
        "topics": [topic.code for topic in item.topics.all()],
        "keywords": item.keywords,
        "topic_category": item.topic_category,
        "genre_category": item.genre_category,
        "audience_category": item.audience_category,
        "lifecycle_category": item.lifecycle_category,
        "effective_date": item.effective_date,
        "expiry_date": item.expiry_date,
        "is_normative_document": item.is_normative_document,
        "is_reprint": item.is_reprint,
        "source": item.source,
        "source_url": item.source_url,
        "content_hash": item.content_hash,
        "attachments": [
            {
                "name": each.name,
                "media_type": each.file.media_type,
                "size": each.file.size,
                "sha256": each.file.sha256,
            }
            for each in item.attachments.all()
        ],
        "corrections": [
            {"version": each.number, "at": each.published_at, "note": each.note}
            for each in item.versions.all()
            if each.note
        ],
    }


def agency(organ: Organ) -> dict[str, Any]:
    """An agency; its parent must have been fetched with it."""
    return {
        "code": organ.code,
        "name": organ.name,
        "short_name": organ.short_name,
        "kind": organ.kind,
        "parent": organ.parent.code if organ.parent else None,
        "credit_code": organ.credit_code,
        "abolished_on": organ.abolished_on,
    }


def column(column: Column) -> dict[str, Any]:
    """A column; its parent must have been fetched with it."""
    return {
        "code": column.code,
        "name": column.name,
        "kind": column.kind,
        "parent": column.parent.code if column.parent else None,
        "art20_category": column.art20_category,
    }
