"""The room's addresses."""

from __future__ import annotations

from django.urls import URLPattern, path

from gongkai.office.reporting.views.public import archive, check_up, published

_CELL = "<slug:table>/<slug:row>/<slug:column>"

urlpatterns: list[URLPattern] = [
    path("report-check/", check_up.check_up, name="report_check"),
    path("report-data/", archive.index, name="report_data"),
    path("report-data/ask/", archive.ask, name="report_data_ask"),
    path("report-data/report/<int:pk>/", archive.report, name="report_data_report"),
    path(f"report-data/year/<int:year>/{_CELL}/", archive.cell, name="report_data_cell"),
    path(f"report-data/year/<int:year>/{_CELL}.csv", archive.cell_csv, name="report_data_cell_csv"),
    path(f"report-data/agency/<int:pk>/{_CELL}/", archive.trend, name="report_data_trend"),
    path(f"report-data/agency/<int:pk>/{_CELL}.csv", archive.trend_csv, name="report_data_trend_csv"),
    path("annual-report/<int:pk>/report.<slug:ending>", published.download, name="published_report_file"),
    path("annual-report/<int:pk>/version/<int:number>/", published.former, name="former_report"),
    path(
        "annual-report/<int:pk>/version/<int:number>/report.<slug:ending>",
        published.download,
        name="former_report_file",
    ),
    path("annual-report/<int:pk>/figures/", published.figures, name="published_report_figures"),
    path("annual-report/<int:pk>/figures/<slug:key>/", published.figure, name="published_report_figure"),
    path(
        "annual-report/<int:pk>/figures/<slug:key>/page/<int:number>/", published.figure, name="published_report_figure"
    ),
]
