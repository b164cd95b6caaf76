"""Where an item shows: the keys of the public pages that change with it (`renderings.keys`)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from gongkai.office.organs.models import Organ
from gongkai.office.organs.paths import upwards
from gongkai.office.publishing.models import CatalogueRow, Column, Item
from gongkai.office.renderings import keys

SITEMAP_PART = 10_000
"""Numbers of items that a part of the site map for machines spans; the protocol allows 50,000 addresses a file."""


def showing(item: Item) -> set[str]:
    """The item's own page, and every list it stands in as its columns say now.

    A list of a column or an agency may hold what stands below it, so those above are named too.
    """
    columns = list(Column.objects.filter(Q(pk=item.column_id) | Q(topic_items=item)))
    above = {path for column in columns for path in upwards(column.path)}
    found = {keys.item(item.pk), keys.HOME, keys.listed("category", item.art20_category)}
    found |= {keys.listed("column", pk) for pk in _pks(Column, above)}
    found |= {keys.listed("organ", pk) for pk in _pks(Organ, upwards(item.organ.path))}
    if item.grassroots_field:
        found.add(keys.listed("field", item.grassroots_field))
    if item.catalogue_row_id:
        # The standard catalogue of the row's field says what is public for the row.
        of_row = CatalogueRow.objects.filter(pk=item.catalogue_row_id).values_list("field", flat=True)
        found |= {keys.listed("field", field) for field in of_row}
    found.add(keys.listed("sitemap", item.pk // SITEMAP_PART))
    return found


def named_in(items: Iterable[Item]) -> set[str]:
    """What a list depends on besides which items it names: the names of their agencies."""
    return {keys.organ(item.organ_id) for item in items}


def _pks(model: type[Column] | type[Organ], paths: Iterable[str]) -> list[int]:
    return list(model._default_manager.filter(path__in=paths).values_list("pk", flat=True))
