"""Public addresses of this room."""

from django.urls import path

from gongkai.office.normative.views import public

urlpatterns = [
    path("normative/", public.library, {"state": "", "number": 1}, name="normative_library"),
    path("normative/page/<int:number>/", public.library, {"state": ""}, name="normative_library"),
    path("normative/state/<slug:state>/", public.library, {"number": 1}, name="normative_library_state"),
    path("normative/state/<slug:state>/page/<int:number>/", public.library, name="normative_library_state"),
    path("normative/search/", public.search, name="normative_search"),
    path("normative/cleanup/", public.cleanups, name="normative_cleanups"),
    path("normative/cleanup/<int:pk>/", public.cleanup, name="normative_cleanup"),
    path("normative/filing/", public.filing_index, name="normative_filings"),
    path("normative/filing/<int:year>/<int:quarter>/", public.filing, name="normative_filing"),
    path("item/<int:pk>/text.<slug:ending>", public.download, name="normative_download"),
]
