"""What the site's search page says of the ledgers, and the box that looks through one of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django import template
from django.urls import reverse

from gongkai.office.ledgers.finding import counts
from gongkai.office.publishing.search import words as words_of

register = template.Library()


@register.inclusion_tag("ledgers/public/parts/also_found.html")
def also_found(text: str) -> dict[str, Any]:
    """In which ledgers the words are found too, and how often."""
    return {
        "kinds": [
            (each.findable.label, number, f"{reverse('search_records')}?{urlencode({'q': text, 'in': each.key})}")
            for each, number in counts(words_of(text).wanted)
            if each.findable
        ]
    }
