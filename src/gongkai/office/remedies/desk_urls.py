"""Addresses of the staff's screens, below the desk."""

from django.urls import path

from gongkai.office.remedies.views import desk

urlpatterns = [
    path("remedies/", desk.cases, name="remedies_cases"),
    path("remedies/register/", desk.register, name="remedies_register"),
    path("remedies/<int:pk>/", desk.case, name="remedies_case"),
    path("remedies/<int:pk>/record/", desk.record, name="remedies_record"),
    path("remedies/<int:pk>/decide/", desk.decide, name="remedies_decide"),
    path("remedies/<int:pk>/rectify/", desk.rectify, name="remedies_rectify"),
    path("remedies/events/<int:pk>/strike/", desk.strike, name="remedies_strike"),
    path("remedies/files/<int:pk>/", desk.file, name="remedies_file"),
]
