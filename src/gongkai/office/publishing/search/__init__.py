"""Search over what is public (README.md): what goes in, what comes out."""

from gongkai.office.publishing.search.beside import Beside, following_beside
from gongkai.office.publishing.search.entry import validity_from
from gongkai.office.publishing.search.following import Standing, announce, catch_up, look, rebuild
from gongkai.office.publishing.search.query import Found, FoundItem, Order, Query, find
from gongkai.office.publishing.search.splitter import BREAK, LONGEST_QUERY, Words, fold_document, words

__all__ = [
    "BREAK",
    "LONGEST_QUERY",
    "Beside",
    "Found",
    "FoundItem",
    "Order",
    "Query",
    "Standing",
    "Words",
    "announce",
    "catch_up",
    "find",
    "fold_document",
    "following_beside",
    "look",
    "rebuild",
    "validity_from",
    "words",
]
