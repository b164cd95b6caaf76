"""Addresses of the staff's screens, below the desk."""

from django.urls import path

from gongkai.office.reporting.views.staff import (
    asking,
    collection,
    narrative,
    publication,
    received,
    supervision,
    years,
)

_ONE = "reporting/<int:pk>/"

urlpatterns = [
    path("reporting/", years.board, name="reporting_years"),
    path("reporting/open/", years.open_year, name="reporting_open"),
    path("reporting/supervision/", supervision.table, name="reporting_supervision"),
    path("reporting/supervision/year.xlsx", supervision.sheet, name="reporting_supervision_sheet"),
    path("reporting/supervision/<slug:figure>/", supervision.records, name="reporting_supervision_records"),
    path(_ONE, years.year, name="reporting_year"),
    path(f"{_ONE}days/", years.change_days, name="reporting_days"),
    path(f"{_ONE}do/<slug:verb>/", years.act, name="reporting_act"),
    path(f"{_ONE}figure/<str:key>/", years.figure, name="reporting_figure"),
    path(f"{_ONE}checks/", years.checks, name="reporting_checks"),
    path(f"{_ONE}differences/", years.differences, name="reporting_differences"),
    path(f"{_ONE}publication/", publication.begin, name="reporting_begin_publication"),
    path(f"{_ONE}narrative/", narrative.narrative, name="reporting_narrative"),
    path(f"{_ONE}narrative/<str:place>/add/", narrative.add, name="reporting_part_add"),
    path("reporting/part/<int:pk>/", narrative.part, name="reporting_part"),
    path("reporting/part/<int:pk>/<slug:verb>/", narrative.part_act, name="reporting_part_act"),
    path(f"{_ONE}contributions/", asking.contributions, name="reporting_contributions"),
    path(f"{_ONE}contributions/sheet.xlsx", asking.sheet, name="reporting_contributions_sheet"),
    path("reporting/contribution/<int:pk>/", asking.contribution, name="reporting_contribution"),
    path("reporting/contribution/<int:pk>/return/", asking.give_back, name="reporting_contribution_return"),
    path("reporting/received/", received.reports, name="reporting_received_list"),
    path("reporting/received/upload/", received.upload, name="reporting_upload"),
    path("reporting/received/batch/<int:pk>/", received.batch, name="reporting_batch"),
    path("reporting/received/batch/<int:pk>/identify/", received.identify_batch, name="reporting_identify_batch"),
    path("reporting/received/<int:pk>/", received.report, name="reporting_received"),
    path("reporting/received/<int:pk>/file/", received.original, name="reporting_received_file"),
    path("reporting/received/<int:pk>/<slug:verb>/", received.act, name="reporting_received_act"),
    path("reporting/received/letter/<int:pk>.<slug:ending>", received.letter_file, name="reporting_return_letter"),
    path("reporting/collection/", collection.screen, name="reporting_collection"),
    path("reporting/collection/summary.xlsx", collection.summary, name="reporting_collection_summary"),
    path("reporting/collection/table.<slug:ending>", collection.table, name="reporting_collection_table"),
]
