"""Rows written column by column are the rows that `bulk_create` writes."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction

from gongkai.office.publishing.importing.inserting import insert, reserve_ids
from gongkai.office.publishing.models import Item
from tests.office.cast import NOW, Cast

NAMES = (
    "organ",
    "column",
    "catalogue_row",
    "published_at",
    "index_number",
    "title",
    "keywords",
    "effective_date",
    "is_reprint",
)


def rows(cast: Cast) -> list[tuple[Any, ...]]:
    place = cast.education.pk, cast.column.pk, None
    return [
        (*place, NOW, "甲-1", "关于防汛的通知", ["防汛", "“引号”\t反斜线\\"], None, False),
        (
            *place,
            datetime(2001, 2, 3, 4, 5, 6, 789, tzinfo=UTC),
            "甲-2",
            "换行\n制表\t反斜线\\N",
            [],
            date(2020, 2, 29),
            True,
        ),
        (*place, None, None, "", ["a"], None, False),
    ]


def stored(items: Any) -> list[dict[str, Any]]:
    """Everything a row holds but its id, and as the database keeps it where Django reads tolerantly."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT published_at, effective_date, is_reprint, keywords, created_at FROM publishing_item ORDER BY id"
        )
        raw = dict(zip(Item.objects.order_by("id").values_list("id", flat=True), cursor.fetchall(), strict=True))
    return [{**row, "id": 0, "raw": raw[row["id"]]} for row in items.order_by("id").values()]


def test_they_are_the_rows_that_bulk_create_writes(cast: Cast) -> None:
    given = rows(cast)
    ids = reserve_ids(Item, len(given))
    columns = list(zip(*given, strict=True))
    insert(Item, ("id", *NAMES), (ids, *columns), created_at=NOW, content_hash="a" * 64)
    written = stored(Item.objects.filter(pk__in=ids))
    Item.objects.filter(pk__in=ids).delete()
    attributes = [name + "_id" if name in ("organ", "column", "catalogue_row") else name for name in NAMES]
    Item.objects.bulk_create(
        Item(**dict(zip(attributes, row, strict=True)), created_at=NOW, content_hash="a" * 64) for row in given
    )
    assert written == stored(Item.objects.filter(title__in=[row[5] for row in given], content_hash="a" * 64))
    assert len(written) == len(given)


def test_an_id_that_was_reserved_is_given_to_nobody_else(cast: Cast) -> None:
    before = Item.objects.create(organ=cast.education, column=cast.column, title="先来", created_at=NOW)
    ids = list(reserve_ids(Item, 3))
    assert min(ids) > before.pk
    assert len(set(ids)) == 3
    insert(
        Item,
        ("id", "organ", "column", "title"),
        (ids, [cast.education.pk] * 3, [cast.column.pk] * 3, ["一", "二", "三"]),
        created_at=NOW,
    )
    after = Item.objects.create(organ=cast.education, column=cast.column, title="后到", created_at=NOW)
    assert after.pk > max(ids)
    assert [Item.objects.get(pk=each).title for each in ids] == ["一", "二", "三"]


def test_what_the_database_forbids_is_refused(cast: Cast) -> None:
    twice = (["甲-1", "甲-1"], [cast.education.pk] * 2, [cast.column.pk] * 2)
    with pytest.raises(IntegrityError), transaction.atomic():
        insert(Item, ("index_number", "organ", "column"), twice, created_at=NOW)
    assert not Item.objects.filter(index_number="甲-1").exists()


def test_nothing_is_written_as_nothing(cast: Cast) -> None:
    before = Item.objects.count()
    insert(Item, ("organ", "column"), ([], []), created_at=NOW)
    assert Item.objects.count() == before
    assert list(reserve_ids(Item, 0)) == []
