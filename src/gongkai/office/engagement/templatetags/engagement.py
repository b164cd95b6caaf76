"""What the page of an item says of interpretations, responses, press conferences and consultations."""

from __future__ import annotations

from typing import Any

from django import template

from gongkai.office.engagement.queries import behind_item
from gongkai.office.publishing.models import Item
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import depends_on

register = template.Library()


@register.inclusion_tag("engagement/public/behind_item.html")
def explained(item: Item) -> dict[str, Any]:
    """Links between a policy and its interpretations, and what a public item is in this room's ledgers."""
    found = behind_item(item)
    interpretation = found["interpretation"]
    if interpretation is not None and interpretation.policy_item_id:
        depends_on(keys.item(interpretation.policy_item_id))
    depends_on(*(keys.item(each.item_id) for each in found["interpretations"] if each.item_id))
    return found
