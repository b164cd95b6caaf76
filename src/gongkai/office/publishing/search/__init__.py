"""Search over what is public (README.md): what goes in, what comes out."""

from gongkai.office.publishing.search.entry import validity_from
from gongkai.office.publishing.search.index import index_items, rebuild, remove_items
from gongkai.office.publishing.search.query import Found, FoundItem, Order, Query, find

__all__ = [
    "Found",
    "FoundItem",
    "Order",
    "Query",
    "find",
    "index_items",
    "rebuild",
    "remove_items",
    "validity_from",
]
