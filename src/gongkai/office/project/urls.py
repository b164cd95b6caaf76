"""Every address of the office: what the public walks through, the staff's desk, open data."""

from django.urls import include, path
from wagtail.admin import urls as desk_urls

urlpatterns = [
    path("desk/", include(desk_urls)),
    path("", include("gongkai.office.organs.urls")),
    path("", include("gongkai.office.publishing.urls")),
    path("", include("gongkai.office.normative.urls")),
    path("", include("gongkai.office.portal.urls")),
]
