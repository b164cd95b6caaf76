"""The room's public addresses."""

from __future__ import annotations

from django.urls import path

from gongkai.office.services.views import public

urlpatterns = [
    path("services/", public.items, {"item_type": "", "number": 1}, name="services_items_public"),
    path("services/page/<int:number>/", public.items, {"item_type": ""}, name="services_items_public"),
    path("services/type/<slug:item_type>/", public.items, {"number": 1}, name="services_items_of"),
    path("services/type/<slug:item_type>/page/<int:number>/", public.items, name="services_items_of"),
    path("services/<int:pk>/", public.item, name="services_item_public"),
    path("services/points/", public.points, name="services_points_public"),
    path("services/online-cases/", public.cases, name="services_cases_public"),
    path("services/online-cases/<int:year>/", public.cases, name="services_cases_of"),
]
