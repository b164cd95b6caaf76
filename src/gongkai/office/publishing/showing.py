"""Where an item shows: the keys of the public pages that change with it (`renderings.keys`)."""

from __future__ import annotations

from django.db.models import Q

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import Column, Item
from gongkai.office.renderings import keys


def showing(item: Item) -> set[str]:
    """The item's own page, and every list it stands in as its columns say now.

    A list of a column or an agency may hold what stands below it, so those above are named too.
    """
    columns = list(Column.objects.filter(Q(pk=item.column_id) | Q(topic_items=item)))
    above = {path for column in columns for path in _steps(column.path)}
    found = {keys.item(item.pk), keys.HOME, keys.listed("category", item.art20_category)}
    found |= {keys.listed("column", pk) for pk in _pks(Column, above)}
    found |= {keys.listed("organ", pk) for pk in _pks(Organ, _steps(item.organ.path))}
    if item.grassroots_field:
        found.add(keys.listed("field", item.grassroots_field))
    return found


def _steps(path: str) -> set[str]:
    """A path and those above it: `0001.0007.` and `0001.`."""
    parts = path.split(".")[:-1]
    return {"".join(f"{part}." for part in parts[:length]) for length in range(1, len(parts) + 1)}


def _pks(model: type[Column] | type[Organ], paths: set[str]) -> list[int]:
    return list(model._default_manager.filter(path__in=paths).values_list("pk", flat=True))
