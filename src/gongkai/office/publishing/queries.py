"""What may be asked about items."""

from __future__ import annotations

from django.db.models import QuerySet

from gongkai.office.publishing.models import PUBLIC, Item


def public_items() -> QuerySet[Item]:
    """What the public may see, newest first: published and not withdrawn."""
    return Item.objects.filter(PUBLIC).order_by("-published_at", "-id")
