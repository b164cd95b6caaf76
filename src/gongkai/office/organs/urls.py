"""Public addresses of this room."""

from django.urls import path

from gongkai.office.organs.views import public

urlpatterns = [
    path("organs/", public.organs, name="organs"),
    path("organ/<slug:code>/", public.organ, name="organ"),
    path("organ/<slug:code>/leaders/", public.leaders, name="organ_leaders"),
    path("organ/<slug:code>/portrait/<int:pk>/", public.portrait, name="organ_portrait"),
]
