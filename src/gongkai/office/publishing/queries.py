"""What may be asked about items."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet

from gongkai.office.organs.models import Organ
from gongkai.office.organs.paths import upwards
from gongkai.office.publishing.counting import counted, published_in, tally
from gongkai.office.publishing.file_kinds import MEDIA_TYPES, kind_of, public_name
from gongkai.office.publishing.models import PUBLIC, CatalogueRow, Column, Item, Version
from gongkai.office.publishing.queues import (
    columns_overdue_at,
    my_drafts,
    overdue_columns,
    returned_to,
    review_overdue,
    scheduled,
    waiting_for,
)

__all__ = [
    "MEDIA_TYPES",
    "CoveredRow",
    "ancestors",
    "columns_overdue_at",
    "corrections",
    "counted",
    "coverage",
    "descendants",
    "in_category",
    "in_column",
    "in_field",
    "kind_of",
    "my_drafts",
    "of_organ",
    "open_columns",
    "overdue_columns",
    "public_items",
    "public_name",
    "published_in",
    "returned_to",
    "review_overdue",
    "scheduled",
    "tally",
    "waiting_for",
]


def public_items() -> QuerySet[Item]:
    """What the public may see, newest first: published and not withdrawn."""
    return Item.objects.filter(PUBLIC).order_by("-published_at", "-id")


def in_column(column: Column) -> QuerySet[Item]:
    """The public items that stand in a column; in a topic also those that are filed elsewhere and belong to it.

    A column is read from its index in order, whatever its length. A topic is gathered and sorted: it costs in proportion to
    its size, which is that of a campaign, not that of a site.
    """
    if column.kind != Column.Kind.TOPIC:
        return public_items().filter(column=column)
    elsewhere = Item.topics.through.objects.filter(column=column).values("item")
    return public_items().filter(Q(column=column) | Q(pk__in=elsewhere))


def in_category(key: str) -> QuerySet[Item]:
    """The public items of one of article 20's categories."""
    return public_items().filter(art20_category=key)


def in_field(key: str) -> QuerySet[Item]:
    """The public items of one of the grass-roots fields."""
    return public_items().filter(grassroots_field=key)


def of_organ(organ: Organ) -> QuerySet[Item]:
    """The public items of an agency, without those of agencies below it."""
    return public_items().filter(organ=organ)


def open_columns(kind: Column.Kind | None = None) -> QuerySet[Column]:
    """The columns in use, in the order of their tree."""
    columns = Column.objects.filter(closed_on=None).order_by("path")
    return columns.filter(kind=kind) if kind else columns


def ancestors(column: Column) -> list[Column]:
    """The columns above a column, from the root."""
    return list(Column.objects.filter(path__in=upwards(column.path)[:-1]).order_by("path"))


def descendants(column: Column) -> QuerySet[Column]:
    """The columns in use below a column, in the order of their tree."""
    return open_columns().filter(path__startswith=column.path).exclude(pk=column.pk)


def corrections(item: Item) -> QuerySet[Version]:
    """The versions that replaced another, newest first, without their contents: the public correction log."""
    return item.versions.filter(number__gt=1).order_by("-number").defer("content")


@dataclass(frozen=True, slots=True)
class CoveredRow:
    """A row of a standard catalogue with what has been published for it: how much, and when last."""

    row: CatalogueRow
    count: int
    last_published_at: datetime | None


def coverage(field: str) -> list[CoveredRow]:
    """The rows of a field's standard catalogue with what is public for each: filed under the row itself, or standing in
    the column that the catalogue names for it. A row without either is a gap.

    Source: grassroots-2019 (国办发〔2019〕54号).
    """
    rows = list(
        CatalogueRow.objects.filter(field=field).select_related("responsible_organ", "column").order_by("number")
    )
    filed = _tally(Q(catalogue_row__in=[row.pk for row in rows]), "catalogue_row")
    placed = _tally(Q(column__in={row.column_id for row in rows if row.column_id}), "column")
    covered = []
    for row in rows:
        count, last = filed.get(row.pk) or placed.get(row.column_id) or (0, None)
        covered.append(CoveredRow(row, count, last))
    return covered


def catalogue_overview() -> dict[str, tuple[int, int]]:
    """How many rows each field's standard catalogue has, and for how many of them nothing is public. One query."""
    filed = Item.objects.filter(PUBLIC, catalogue_row=OuterRef("pk"))
    placed = Item.objects.filter(PUBLIC, column=OuterRef("column"))
    rows = CatalogueRow.objects.annotate(covered=Exists(filed) | Exists(placed)).order_by("field")
    found: dict[str, tuple[int, int]] = {}
    for field, covered in rows.values_list("field", "covered"):
        count, gaps = found.get(field, (0, 0))
        found[field] = (count + 1, gaps + (not covered))
    return found


def _tally(condition: Q, by: str) -> dict[int | None, tuple[int, datetime]]:
    found = Item.objects.filter(PUBLIC, condition).order_by().values_list(by)
    return {key: (count, last) for key, count, last in found.annotate(Count("pk"), Max("published_at"))}
