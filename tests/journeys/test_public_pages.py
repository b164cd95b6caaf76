"""Public pages as somebody finds them who follows the links: none is missing, none breaks its own security policy."""

from __future__ import annotations

import re
from collections import deque
from urllib.parse import urlsplit

from tests.journeys.office import Office
from tests.office.browser import needs_chromium

pytestmark = needs_chromium

WAYS = ("large", "contrast", "large-contrast")
"""Below these stand the same pages in other clothes."""
_LINKS = "[...document.querySelectorAll('a[href]')].map(link => link.href)"


def test_every_link_from_the_home_page_leads_to_a_page_that_keeps_its_own_policy(office: Office) -> None:
    person = office.somebody()
    kinds, waiting, broken = {"/"}, deque(["/"]), []
    while waiting:
        path = waiting.popleft()
        answer = person.window.request.get(path)
        if answer.status != 200 and not path.startswith("/desk/"):
            broken.append(f"{path}: {answer.status}")
        attached = "attachment" in answer.headers.get("content-disposition", "")
        if attached or "text/html" not in answer.headers["content-type"] or path.startswith("/desk/"):
            continue
        person.page.goto(path)
        for address in person.page.evaluate(_LINKS):
            parts = urlsplit(address)
            if address.startswith(office.address) and _kind(parts.path) not in kinds:
                kinds.add(_kind(parts.path))
                waiting.append(parts.path)
    assert len(kinds) > 25
    assert broken == []
    assert person.complaints == []


def _kind(path: str) -> str:
    """An address without the names and numbers of what it shows: pages of one kind are alike, and one is looked at."""
    parts = path.strip("/").split("/")
    if parts[0] in WAYS:
        return parts[0]
    named = {"column", "organ", "category", "field", "item", "normative", "attachments"}
    return "/".join(
        "*" if place and (parts[place - 1] in named or re.search(r"\d", part)) else part
        for place, part in enumerate(parts)
    )
