"""Wagtail's pages and a search page, as its project template has them."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.models import Page


def search(request: HttpRequest) -> HttpResponse:
    """The search view of Wagtail's project template."""
    text = request.GET.get("query")
    results = Page.objects.live().search(text) if text else Page.objects.none()
    found = Paginator(results, 20).get_page(request.GET.get("page", 1))
    return render(request, "stock/search.html", {"query": text, "found": found})


urlpatterns = [path("search/", search), path("", include(wagtail_urls))]
