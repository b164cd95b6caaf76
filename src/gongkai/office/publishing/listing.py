"""Pages of long lists at a steady cost: what a page costs does not grow with the list.

A page is found on the index alone (ids in order, at most 10,000 of them stepped over) and only its twenty rows are read;
the total is counted up to 10,000 and then said to be more. What lies further back is reached by year, by search, and by
the site map for machines.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from gongkai.office.publishing.models import Item

PAGE_SIZE = 20
LAST_PAGE = 500
COUNTED = PAGE_SIZE * LAST_PAGE

_LISTED = (
    "title", "document_number", "published_at", "written_date", "summary", "index_number", "organ__name",
    "organ__short_name", "organ__code", "column__name", "column__code",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a list; `total` counts the list up to `COUNTED`, and `is_more` says that it goes on beyond."""

    items: list[Item]
    number: int
    total: int
    is_more: bool

    @property
    def last(self) -> int:
        """The last page there is (of an empty list: the first)."""
        return max(1, -(-self.total // PAGE_SIZE))


class NoSuchPage(Exception):
    """The list has no page of that number."""


def page_of(items: QuerySet[Item], number: int) -> Page:
    """A page of a list that is in order already. Errors: NoSuchPage."""
    if not 1 <= number <= LAST_PAGE:
        raise NoSuchPage(number)
    counted = count_up_to(items, COUNTED + 1)
    page = Page(
        latest(items, PAGE_SIZE, skip=PAGE_SIZE * (number - 1)), number, min(counted, COUNTED), counted > COUNTED
    )
    if number > page.last:
        raise NoSuchPage(number)
    return page


def latest(items: QuerySet[Item], length: int, *, skip: int = 0) -> list[Item]:
    """The first rows of a list that is in order already, with what a list shows of them."""
    ids = list(items.values_list("pk", flat=True)[skip : skip + length])
    rows = Item.objects.filter(pk__in=ids).select_related("organ", "column").only(*_LISTED).in_bulk()
    return [rows[pk] for pk in ids if pk in rows]


def count_up_to(items: QuerySet[Item], limit: int) -> int:
    """How many there are, counting no further than the limit."""
    return items.order_by().values("pk")[:limit].count()


def years_of(items: QuerySet[Item]) -> list[int]:
    """The years a list spans, newest first: two looks at the ends of an index, however long it is."""
    newest = items.values_list("published_at", flat=True).first()
    oldest = items.reverse().values_list("published_at", flat=True).first()
    if newest is None or oldest is None:
        return []
    return list(range(timezone.localtime(newest).year, timezone.localtime(oldest).year - 1, -1))


def of_year(items: QuerySet[Item], year: int) -> QuerySet[Item]:
    """What of a list was published in a year, by the clock of the site."""
    zone = timezone.get_current_timezone()
    return items.filter(
        published_at__gte=datetime(year, 1, 1, tzinfo=zone), published_at__lt=datetime(year + 1, 1, 1, tzinfo=zone)
    )
