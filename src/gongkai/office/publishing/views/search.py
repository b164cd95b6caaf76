"""The search page (检索): the only public page that depends on what is typed, so it is never stored."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from gongkai.office.accounts.visitors import Limit, wait_for
from gongkai.office.publishing.search import Order, Query, find
from gongkai.office.publishing.search.page import address, groups, pages, read
from gongkai.office.publishing.search.query import REACH
from gongkai.office.publishing.search.splitter import LONGEST_QUERY, MOST_WORDS

LIMIT = Limit("search", times=60, seconds=60)
"""More than a person looks for in a minute; less than it takes to carry the archive away through the search page."""
NO_ROBOTS = "noindex"


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """GET /search/?q=…: results, newest or most relevant first, with filters and counts."""
    asked = read(request.GET)
    wait = wait_for(LIMIT, request, at=timezone.now()) if request.GET else 0
    found = find(asked.query) if not wait else find(Query())
    filters = groups(asked, found)
    response = render(
        request,
        "publishing/public/search.html",
        {
            "query": asked.query.text,
            "asked": asked,
            "found": found,
            "filters": filters,
            "chosen": [group for group in filters if any(option.is_chosen for option in group.options)],
            "pages": pages(asked, found),
            "is_searched": bool(found.words.wanted or asked.chosen) and not wait,
            "is_by_date": asked.query.order is Order.DATE,
            "by_relevance": address(asked, order=None),
            "by_date": address(asked, order="date"),
            "without_filters": address(asked, **dict.fromkeys(asked.chosen)),
            "reach": REACH,
            "longest": LONGEST_QUERY,
            "most_words": MOST_WORDS,
            "wait": wait,
        },
        status=429 if wait else 200,
    )
    if wait:
        response["Retry-After"] = str(wait)
    response["X-Robots-Tag"] = NO_ROBOTS
    patch_cache_control(response, no_store=True)
    return response
