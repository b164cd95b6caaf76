"""Public addresses of this room."""

from django.urls import path

from gongkai.office.portal.views import disclosure, display, pages

urlpatterns = [
    path("", pages.home, name="home"),
    path("disclosure/guide/", disclosure.guide, name="disclosure_guide"),
    path("disclosure/systems/", disclosure.systems, name="disclosure_systems"),
    path("disclosure/content/", disclosure.content, name="disclosure_content"),
    path("disclosure/annual-reports/", disclosure.annual_reports, name="disclosure_annual_reports"),
    path("disclosure/application/", disclosure.application, name="disclosure_application"),
    path("organ/<slug:code>/disclosure/", disclosure.organ, name="organ_disclosure"),
    path("topics/", pages.topics, name="topics"),
    path("site-map/", pages.site_map, name="site_map"),
    path("accessibility/", pages.accessibility, name="accessibility"),
    path("report-error/", pages.report_error, name="report_error"),
    path("subscribe/", pages.subscribe, name="subscribe"),
    path("robots.txt", pages.robots, name="robots"),
    path("display.css", display.display_sheet, name="display_sheet"),
    path("display/<slug:name>/", display.display, name="display"),
]
