"""Public addresses of this room."""

from django.urls import path

from gongkai.office.portal import views

urlpatterns = [path("", views.home, name="home")]
