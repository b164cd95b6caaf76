"""Pages of a tree, as Wagtail's tutorial makes them: a column with its items."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.paginator import Paginator
from django.db import models
from django.http import HttpRequest
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.search import index

PER_PAGE = 20


class ColumnPage(Page):
    """A column: the items below it, newest first."""

    template = "stock/column.html"

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        items = ItemPage.objects.live().child_of(self).order_by("-published_on", "-pk")
        context["items"] = Paginator(items, PER_PAGE).get_page(request.GET.get("page"))
        return context


class ItemPage(Page):
    """An item with its metadata."""

    template = "stock/item.html"
    index_number = models.CharField(max_length=60)
    issuing_agency = models.CharField(max_length=120)
    document_number = models.CharField(max_length=80, blank=True)
    category = models.CharField(max_length=60)
    published_on = models.DateField()
    summary = models.CharField(max_length=300)
    body = RichTextField()
    search_fields: ClassVar = [*Page.search_fields, index.SearchField("body"), index.SearchField("summary")]
