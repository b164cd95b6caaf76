"""The room's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.office.reporting.views.public import check_up

urlpatterns: list[URLPattern] = [
    path("report-check/", check_up.check_up, name="report_check"),
]
