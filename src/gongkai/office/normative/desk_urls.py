"""Addresses of the staff's screens, below the desk."""

from django.urls import path

from gongkai.office.normative.views import desk, rounds

urlpatterns = [
    path("normative/", desk.documents, name="normative_documents"),
    path("normative/register/", desk.register, name="normative_register"),
    path("normative/expiring/", desk.expiring, name="normative_expiring"),
    path("normative/stock/", desk.stock, name="normative_stock"),
    path("normative/stock/<slug:organ>/<int:year>/<slug:figure>/", desk.behind, name="normative_behind"),
    path("normative/cleanup/", rounds.rounds, name="normative_rounds"),
    path("normative/cleanup/open/", rounds.open_round, name="normative_open_round"),
    path("normative/cleanup/<int:pk>/", rounds.round, name="normative_round"),
    path("normative/cleanup/<int:pk>/close/", rounds.close_round, name="normative_close_round"),
    path("normative/event/<int:pk>/strike/", desk.strike, name="normative_strike"),
    path("normative/<int:pk>/", desk.document, name="normative_document"),
    path("normative/<int:pk>/describe/", desk.describe, name="normative_describe"),
    path("normative/<int:pk>/record/<slug:kind>/", desk.record, name="normative_record"),
    path("normative/<int:pk>/number/", desk.number, name="normative_number"),
    path("normative/<int:pk>/publication/", desk.publication, name="normative_publication"),
    path("normative/<int:pk>/link/", desk.link, name="normative_link"),
]
