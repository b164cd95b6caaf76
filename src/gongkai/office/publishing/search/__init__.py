"""Search over what is public (README.md): what goes in, what comes out."""

from gongkai.office.publishing.search.entry import validity_from
from gongkai.office.publishing.search.index import Entering, entering_many, index_items, rebuild, remove_items
from gongkai.office.publishing.search.query import Found, FoundItem, Order, Query, find

__all__ = [
    "Entering",
    "Found",
    "FoundItem",
    "Order",
    "Query",
    "entering_many",
    "find",
    "index_items",
    "rebuild",
    "remove_items",
    "validity_from",
]
