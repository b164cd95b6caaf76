"""Addresses of the staff's screens of received reports, below the desk."""

from django.urls import path

from gongkai.office.reporting.views.staff import received

urlpatterns = [
    path("reporting/received/", received.reports, name="reporting_received_list"),
    path("reporting/received/upload/", received.upload, name="reporting_upload"),
    path("reporting/received/batch/<int:pk>/", received.batch, name="reporting_batch"),
    path("reporting/received/batch/<int:pk>/identify/", received.identify_batch, name="reporting_identify_batch"),
    path("reporting/received/<int:pk>/", received.report, name="reporting_received"),
    path("reporting/received/<int:pk>/file/", received.original, name="reporting_received_file"),
    path("reporting/received/<int:pk>/<slug:verb>/", received.act, name="reporting_received_act"),
    path("reporting/received/letter/<int:pk>.<slug:ending>", received.letter_file, name="reporting_return_letter"),
]
