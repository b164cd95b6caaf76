"""Addresses of open data."""

from django.urls import path, re_path

from gongkai.office.api import bulk, pages
from gongkai.office.api.endpoints import api

urlpatterns = [
    path("open-data/", pages.open_data, name="open_data"),
    path("api/v1/", pages.root),
    re_path(r"^api/v1/bulk/items\.(?P<kind>ndjson|csv)$", bulk.items, name="api_bulk_items"),
    path("api/v1/", api.urls),
]
