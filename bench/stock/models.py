"""The items as a plain Wagtail project would index them, with its database backend."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from wagtail.search import index


class StockItem(index.Indexed, models.Model):
    """Title, number and body, as search fields."""

    title = models.CharField(max_length=300)
    document_number = models.CharField(max_length=80)
    body = models.TextField()
    published_at = models.DateTimeField()

    search_fields: ClassVar = [
        index.SearchField("title", boost=2),
        index.SearchField("document_number"),
        index.SearchField("body"),
        index.FilterField("published_at"),
    ]

    class Meta:
        app_label = "stock"

    def __str__(self) -> str:
        return self.title
