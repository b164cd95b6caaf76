"""What rooms build their public pages from: a page of a list, an entry with its facts. Stored by the room's own view."""

from __future__ import annotations

from typing import Any

from django.core.paginator import InvalidPage, Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.urls import reverse

from gongkai.office.ledgers.ledger import Ledger
from gongkai.office.ledgers.showing import particulars
from gongkai.office.renderings import keys
from gongkai.office.renderings.stored import depends_on, do_not_keep

PAGE_LENGTH = 20
KEPT_PAGES = 50
"""Pages of a list that are worth a file each; further back few people go."""


def listing(request: HttpRequest, ledger: Ledger, rows: QuerySet[Any], number: int) -> dict[str, Any]:
    """The context of `ledgers/public/list.html`: a page of entries as lines. Errors: Http404 beyond the last page."""
    try:
        page = Paginator(rows, PAGE_LENGTH).page(number)
    except InvalidPage as wrong:
        raise Http404("没有这一页。") from wrong
    if number > KEPT_PAGES:
        do_not_keep()
    depends_on(*{keys.organ(each.organ_id) for each in page})
    assert ledger.line is not None, f"{ledger.key} has no public list"
    return {
        "title": ledger.label,
        "unit": ledger.unit,
        "empty": f"还没有公开的{ledger.label}。",
        "page": page,
        "lines": [ledger.line(each) for each in page],
    }


def entry(ledger: Ledger, found: Any) -> dict[str, Any]:
    """The context of `ledgers/public/entry.html`: what the public sees of an entry. Links lead to public items only."""
    depends_on(keys.organ(found.organ_id))
    shown = []
    for label, text, item in particulars(ledger, found, ledger.facts):
        if item is not None:
            depends_on(keys.item(item.pk))
            if not item.is_public:
                continue
        shown.append((label, text, item))
    return {
        "title": ledger.title(found),
        "entry": found,
        "particulars": shown,
        "list_label": ledger.label,
        "list_url": reverse(f"{ledger.room}_{ledger.noun}s_public"),
    }
