"""What the page of a report's item shows besides its words: charts and files."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.safestring import mark_safe

from gongkai.office.publishing.models import Item
from gongkai.office.renderings.stored import depends_on
from gongkai.office.reporting.pictures import earlier_of, pictures
from gongkai.office.reporting.publication import FORMATS, former_of, genuine, report_in
from gongkai.office.reporting.settling import ARCHIVE

register = template.Library()


@register.simple_tag
def annual_report_of(item: Item) -> dict[str, Any] | None:
    """The charts and formats of a report's item; None for any other item."""
    published = genuine(item)
    if published is None:
        return None
    depends_on(ARCHIVE)
    report = report_in(published)
    # Drawn by us, every word in them escaped.
    drawn = [mark_safe(each) for each in pictures(report, earlier_of(report))]
    return {"charts": drawn, "formats": list(FORMATS.values()), "former": former_of(item)}


@register.filter
def address_part(key: str) -> str:
    """The key of a figure as part of an address."""
    return key.replace(".", "-")
