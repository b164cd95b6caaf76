"""The public's search in the ledgers. It depends on what is typed, so it is never stored."""

from __future__ import annotations

from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from gongkai.office.accounts.visitors import Limit, wait_for
from gongkai.office.ledgers.finding import counts, findable, found
from gongkai.office.ledgers.views.public import PAGE_LENGTH
from gongkai.office.publishing.search import LONGEST_QUERY
from gongkai.office.publishing.search import words as words_of

LIMIT = Limit("search-records", times=60, seconds=60)
"""As of the site's search: more than a person looks for, less than it takes to carry the ledgers away."""


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """GET /search/records/?q=…&in=…: the entries of one ledger, and how many there are in the others."""
    text = request.GET.get("q", "").strip()[:LONGEST_QUERY]
    words = words_of(text)
    wait = wait_for(LIMIT, request, at=timezone.now()) if text else 0
    numbers = counts(words.wanted) if not wait else []
    offered = findable()
    ledger = offered.get(request.GET.get("in", "")) or next((each for each, _ in numbers), None)
    context = {
        "text": text,
        "words": words,
        "wait": wait,
        "longest": LONGEST_QUERY,
        "ledger": ledger,
        "wanted": request.GET.get("in", "") if request.GET.get("in", "") in offered else "",
        "kinds": [
            (each.findable.label, number, _address(text, each.key), each == ledger)
            for each, number in numbers
            if each.findable
        ],
        "site_search": f"{reverse('search')}?{urlencode({'q': text})}",
    }
    if ledger is not None and ledger.findable is not None and ledger.line is not None and not wait:
        page = Paginator(found(ledger, words.wanted), PAGE_LENGTH).get_page(request.GET.get("page"))
        context |= {
            "page": page,
            "label": ledger.findable.label,
            "lines": [ledger.line(each) for each in page],
        }
    response = render(request, "ledgers/public/found.html", context, status=429 if wait else 200)
    if wait:
        response["Retry-After"] = str(wait)
    response["X-Robots-Tag"] = "noindex"
    patch_cache_control(response, no_store=True)
    return response


def _address(text: str, key: str) -> str:
    return f"{reverse('search_records')}?{urlencode({'q': text, 'in': key})}"
