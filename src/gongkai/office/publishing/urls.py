"""Public addresses of this room."""

from collections.abc import Callable
from typing import Any

from django.urls import URLPattern, path

from gongkai.office.publishing.views import feeds, lists, public, search, sitemaps


def _pages(route: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    """The four addresses of a list."""
    return [
        path(route, view, name=name),
        path(f"{route}page/<int:number>/", view, name=name),
        path(f"{route}year/<int:year>/", view, name=name),
        path(f"{route}year/<int:year>/page/<int:number>/", view, name=name),
    ]


def _feeds(route: str, view: Callable[..., Any], name: str) -> list[URLPattern]:
    """A feed in both forms."""
    return [path(f"{route}feed.{kind}", view, {"kind": kind}, name=f"{name}_{kind}") for kind in feeds.KINDS]


urlpatterns = [
    path("search/", search.search, name="search"),
    path("item/<int:pk>/", public.item, name="item"),
    path("attachments/<int:pk>/<int:position>/<str:name>", public.attachment, name="attachment"),
    *_pages("column/<slug:code>/", lists.column, "column"),
    *_feeds("column/<slug:code>/", feeds.column_feed, "column_feed"),
    *_pages("catalogue/category/<slug:key>/", lists.category, "category"),
    *_feeds("catalogue/category/<slug:key>/", feeds.category_feed, "category_feed"),
    path("catalogue/field/<slug:key>/", lists.field, name="field"),
    *_pages("catalogue/field/<slug:key>/items/", lists.field_items, "field_items"),
    *_pages("organ/<slug:code>/items/", lists.organ_items, "organ_items"),
    *_feeds("organ/<slug:code>/items/", feeds.organ_feed, "organ_feed"),
    *_feeds("", feeds.site_feed, "feed"),
    path("sitemap.xml", sitemaps.index, name="sitemap"),
    path("sitemap/pages.xml", sitemaps.pages, name="sitemap_pages"),
    path("sitemap/items-<int:part>.xml", sitemaps.items, name="sitemap_items"),
]
