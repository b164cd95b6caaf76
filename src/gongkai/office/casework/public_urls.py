"""What the public reaches of this room."""

from django.urls import path

from gongkai.office.casework.views.public import guide

urlpatterns = [
    path("disclosure/application/guide/", guide.guide, name="application_guide"),
]
