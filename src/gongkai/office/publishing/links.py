"""Links in a body: those of this site are checked exactly, those of others by their shape, or by asking them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from urllib.parse import unquote, urlsplit

from django.conf import settings
from django.urls import Resolver404, resolve

from gongkai.office.publishing.body import addresses
from gongkai.office.publishing.queries import public_items
from gongkai.office.publishing.words import CATALOGUE
from gongkai.regulation.disclosure.masking import masked
from gongkai.regulation.finding import Finding

_LONGEST_QUOTE = 60


def check(html: str, answers: Callable[[str], bool] | None = None) -> Iterator[Finding]:
    """A finding for each address that can't be followed, once each. `answers` asks an outside address, when given."""
    for address in dict.fromkeys(addresses(html)):
        if code := _fault(address, answers):
            yield CATALOGUE.finding(code, quotes=(masked(address[:_LONGEST_QUOTE]),))


def _fault(address: str, answers: Callable[[str], bool] | None) -> str:
    try:
        parts = urlsplit(address)
    except ValueError:
        return "LINK-MALFORMED"
    if address.startswith("#"):
        return "" if len(address) > 1 else "LINK-MALFORMED"
    if parts.scheme in ("mailto", "tel"):
        return "" if parts.path else "LINK-MALFORMED"
    if address.startswith("/") and not address.startswith("//"):
        return "" if _is_here(parts.path) else "LINK-BROKEN"
    if parts.scheme not in ("http", "https") or "." not in (parts.hostname or ""):
        return "LINK-MALFORMED"
    if parts.netloc == urlsplit(settings.SITE_URL).netloc:
        return "" if _is_here(parts.path or "/") else "LINK-BROKEN"
    return "LINK-DEAD" if answers and not answers(address) else ""


def _is_here(path: str) -> bool:
    """Does the public find something at this address of the site?"""
    if path.startswith("/desk/"):
        return False
    try:
        match = resolve(unquote(path))
    except Resolver404:
        return False
    if match.url_name == "item":
        return public_items().filter(pk__in=match.kwargs.values()).exists()
    return True
