"""Addresses of the staff's screens, below the desk."""

from django.urls import path

from gongkai.office.casework.views.staff import boards, cases, entry, ledger, verbs

urlpatterns = [
    path("cases/", cases.listing, name="casework_cases"),
    path("cases/new/", entry.start, name="casework_start"),
    path("cases/new/entered/", entry.entered, name="casework_entered"),
    path("cases/new/<slug:organ>/<slug:channel>/<slug:kind>/", entry.enter, name="casework_enter"),
    path("cases/intake/", entry.intakes, name="casework_intakes"),
    path("cases/intake/<slug:organ>/", entry.intake, name="casework_intake"),
    path("cases/arrears/", boards.arrears, name="casework_arrears"),
    path("cases/ledger/", ledger.ledger, name="casework_ledger"),
    path("cases/ledger/<slug:organ>/<int:year>.xlsx", ledger.download, name="casework_ledger_file"),
    path("cases/file/<int:pk>/", cases.file, name="casework_file"),
    path("cases/event/<int:pk>/strike/", verbs.strike, name="casework_strike"),
    path("cases/<int:pk>/", cases.case, name="casework_case"),
    path("cases/<int:pk>/reveal/<slug:field>/", cases.reveal, name="casework_reveal"),
    path("cases/<int:pk>/do/<slug:verb>/", verbs.act, name="casework_act"),
]
