"""Addresses of the staff's screens, below the desk."""

from django.urls import path

from gongkai.office.notices.views import staff

urlpatterns = [
    path("notices/", staff.ledger, name="notices_ledger"),
    path("notices/post/", staff.post_register, name="notices_post"),
    path("notices/export/", staff.export, name="notices_export"),
    path("notices/<int:pk>/", staff.notice, name="notices_notice"),
    path("notices/<int:pk>/<slug:verb>/", staff.act, name="notices_act"),
]
