"""Search over what is public (README.md): what goes in, what comes out."""

from gongkai.office.publishing.search.beside import Beside, following_beside
from gongkai.office.publishing.search.entry import validity_from
from gongkai.office.publishing.search.following import Standing, announce, catch_up, look, rebuild
from gongkai.office.publishing.search.query import Found, FoundItem, Order, Query, find

__all__ = [
    "Beside",
    "Found",
    "FoundItem",
    "Order",
    "Query",
    "Standing",
    "announce",
    "catch_up",
    "find",
    "following_beside",
    "look",
    "rebuild",
    "validity_from",
]
