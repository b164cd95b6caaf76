"""The public address of this room."""

from __future__ import annotations

from django.urls import path

from gongkai.office.ledgers.views import finding

urlpatterns = [path("search/records/", finding.search, name="search_records")]
