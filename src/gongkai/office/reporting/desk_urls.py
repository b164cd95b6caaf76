"""Addresses of the staff's screens, below the desk."""

from django.urls import path

from gongkai.office.reporting.views.staff import asking, narrative, supervision, years

_ONE = "reporting/<int:pk>/"

urlpatterns = [
    path("reporting/", years.board, name="reporting_years"),
    path("reporting/open/", years.open_year, name="reporting_open"),
    path("reporting/supervision/", supervision.table, name="reporting_supervision"),
    path(_ONE, years.year, name="reporting_year"),
    path(f"{_ONE}do/<slug:verb>/", years.act, name="reporting_act"),
    path(f"{_ONE}figure/<str:key>/", years.figure, name="reporting_figure"),
    path(f"{_ONE}checks/", years.checks, name="reporting_checks"),
    path(f"{_ONE}differences/", years.differences, name="reporting_differences"),
    path(f"{_ONE}narrative/", narrative.narrative, name="reporting_narrative"),
    path(f"{_ONE}narrative/<str:place>/add/", narrative.add, name="reporting_part_add"),
    path("reporting/part/<int:pk>/", narrative.part, name="reporting_part"),
    path("reporting/part/<int:pk>/<slug:verb>/", narrative.part_act, name="reporting_part_act"),
    path(f"{_ONE}contributions/", asking.contributions, name="reporting_contributions"),
    path(f"{_ONE}contributions/sheet.xlsx", asking.sheet, name="reporting_contributions_sheet"),
    path("reporting/contribution/<int:pk>/", asking.contribution, name="reporting_contribution"),
    path("reporting/contribution/<int:pk>/return/", asking.give_back, name="reporting_contribution_return"),
]
