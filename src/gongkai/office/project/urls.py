"""Every address of the office: what the public walks through, the staff's desk, open data."""

from django.urls import include, path
from django.views.i18n import JavaScriptCatalog
from wagtail.admin import urls as shell_urls

from gongkai.office.desk import shell
from gongkai.office.desk.views import home

urlpatterns = [
    path("desk/", home),
    # The shell's scripts speak from this catalogue; ours fills what Wagtail's leaves in English.
    path("desk/jsi18n/", JavaScriptCatalog.as_view(packages=["wagtail.admin", "gongkai.office.desk"])),
    path("desk/", include("gongkai.office.accounts.urls")),
    path("desk/", include(shell)),
    path("desk/", include(shell_urls)),
    path("", include("gongkai.office.api.urls")),
    path("", include("gongkai.office.audit.urls")),
    path("", include("gongkai.office.accounts.public_urls")),
    path("", include("gongkai.office.organs.urls")),
    path("", include("gongkai.office.ledgers.public_urls")),
    path("", include("gongkai.office.publishing.urls")),
    path("", include("gongkai.office.normative.urls")),
    path("", include("gongkai.office.engagement.urls")),
    path("", include("gongkai.office.services.urls")),
    path("", include("gongkai.office.channels.urls")),
    path("", include("gongkai.office.applicants.urls")),
    path("", include("gongkai.office.casework.public_urls")),
    path("", include("gongkai.office.reporting.urls")),
    path("", include("gongkai.office.portal.urls")),
]

handler400 = "gongkai.office.portal.views.errors.bad_request"
handler403 = "gongkai.office.portal.views.errors.forbidden"
handler404 = "gongkai.office.portal.views.errors.not_found"
handler500 = "gongkai.office.portal.views.errors.server_error"
