"""What this room's templates need."""

from __future__ import annotations

from collections.abc import Mapping

from django import template

register = template.Library()


@register.filter
def at(names: Mapping[str, str], key: str) -> str:
    """The entry of a mapping under a key that is known only in the template."""
    return names.get(key, key)
