"""What comes out: a query, and what was found for it."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import Enum

from django.db.models import prefetch_related_objects

from gongkai.office.publishing.models import PUBLIC, Item
from gongkai.office.publishing.search import following
from gongkai.office.publishing.search.entry import code, plain_text
from gongkai.office.publishing.search.following import Standing
from gongkai.office.publishing.search.fulltext import file
from gongkai.office.publishing.search.fulltext.tables import Match, Part, Tables
from gongkai.office.publishing.search.highlight import Piece, beginning, marked, passages
from gongkai.office.publishing.search.splitter import Words, words
from gongkai.regulation.disclosure.normative.validity import LABELS

REACH = 1000
"""How far results are counted, and can be leafed through; beyond it the query has to be narrowed."""
PAGE_SIZE = 20
LAST_PAGE = REACH // PAGE_SIZE
_IN_ORDER = Standing()


class Order(Enum):
    """By date: the newest first. By relevance: where the words stand, then the newest."""

    RELEVANCE = "relevance"
    DATE = "date"


@dataclass(frozen=True, slots=True)
class Query:
    """What is looked for. `under` is an agency with everything below it, `organ` one alone; the others are ids and keys."""

    text: str = ""
    organ: int | None = None
    under: int | None = None
    column: int | None = None
    category: str = ""
    field: str = ""
    year: int | None = None
    validity: str = ""
    order: Order = Order.RELEVANCE
    page: int = 1

    @property
    def tags(self) -> tuple[str, ...]:
        """What an entry must be tagged with."""
        numbers = {"organ": self.organ, "under": self.under, "column": self.column, "year": self.year}
        keys = {"category": self.category, "field": self.field, "validity": self.validity}
        return (
            *(f"{name}{number}" for name, number in numbers.items() if number is not None),
            *(f"{name}{code(key)}" for name, key in keys.items() if key),
        )


@dataclass(frozen=True, slots=True)
class FoundItem:
    """An item with its title and a passage, both in pieces; `file` names the attachment that the passage is from.

    `validity` is that of a normative document, empty for anything else.
    """

    item: Item
    title: tuple[Piece, ...]
    passage: tuple[Piece, ...]
    file: str = ""
    validity: str = ""

    @property
    def validity_label(self) -> str:
        """The validity in words."""
        return next((label for state, label in LABELS.items() if state == self.validity), "")

    @property
    def is_in_force(self) -> bool:
        """Whether the document holds, amended or not."""
        return self.validity in ("in_force", "amended")


@dataclass(frozen=True, slots=True)
class Found:
    """A page of results, and how many there are.

    `total` and the counts go up to `REACH`; when `is_capped`, there are more, and each count is of the newest `REACH` results:
    at least so many. `counts` has for organ, column, category, field, year and validity how often each value occurs.
    `standing` says whether the index lacks something that is public.
    """

    words: Words
    items: tuple[FoundItem, ...]
    total: int
    is_capped: bool
    has_more: bool
    counts: dict[str, Counter[str | int]]
    standing: Standing


def find(query: Query) -> Found:
    """Look for a query.

    Every word has to occur, each anywhere in what is public of an item. By relevance, those come first whose title or
    number is the query, then those with all words in the title or a number, then in keywords, summary or agency, then
    the rest; within each the newest first. With neither words nor filters nothing is looked for.
    """
    asked = words(query.text)
    if not asked.wanted and (asked.too_short or not query.tags):
        return _nothing(asked)
    standing = following.before_search()
    try:
        return _found(query, asked, standing)
    except (sqlite3.Error, OSError) as error:
        standing = following.after_failure(error)
    try:
        return _found(query, asked, standing)
    except (sqlite3.Error, OSError):
        return _nothing(asked, standing)


def _nothing(asked: Words, standing: Standing = _IN_ORDER) -> Found:
    return Found(asked, (), 0, False, False, {}, standing)


def _found(query: Query, asked: Words, standing: Standing) -> Found:
    """What the index has. Errors: sqlite3.Error, OSError when it can't be read."""
    index = file.current()
    if index is None:
        return _nothing(asked, standing)
    start = (min(max(query.page, 1), LAST_PAGE) - 1) * PAGE_SIZE
    with index.reading() as searching:
        newest = searching.find(asked.wanted, query.tags, Part.ANYWHERE, REACH + 1)
        is_capped = len(newest) > REACH
        newest = ranked = newest[:REACH]
        if query.order is Order.RELEVANCE and asked.wanted:
            ranked = _ranked(searching, asked, query.tags, newest, start + PAGE_SIZE)
    return Found(
        words=asked,
        items=tuple(_show(ranked[start : start + PAGE_SIZE], asked)),
        total=len(newest),
        is_capped=is_capped,
        has_more=start + PAGE_SIZE < len(newest),
        counts=_counts(newest),
        standing=standing,
    )


def _ranked(searching: Tables, asked: Words, tags: Sequence[str], newest: list[Match], enough: int) -> list[Match]:
    """The first `enough` items by relevance."""
    ranked: dict[int, Match] = {}
    for part in (Part.WHOLE_NAME, Part.TITLE, Part.HEAD):
        if len(ranked) >= enough:
            break
        for match in searching.find(asked.wanted, tags, part, enough):
            ranked.setdefault(match.item, match)
    for match in newest:
        ranked.setdefault(match.item, match)
    return list(ranked.values())[:enough]


def _counts(matches: list[Match]) -> dict[str, Counter[str | int]]:
    counts: dict[str, Counter[str | int]] = {}
    for name in ("organ", "column", "category", "field", "year", "validity"):
        counted = Counter(getattr(match, name) for match in matches)
        counted.pop("", None)
        counts[name] = counted
    return counts


def _show(matches: Sequence[Match], asked: Words) -> Iterator[FoundItem]:
    ids = [match.item for match in matches]
    items = Item.objects.filter(PUBLIC, pk__in=ids).select_related("organ").in_bulk()
    of_bodies = {pk: passages(plain_text(item.body), asked.wanted) for pk, item in items.items()}
    # Attachments are long: they are read only where the body has no passage.
    prefetch_related_objects([items[pk] for pk, passage in of_bodies.items() if not passage], "attachments__file")
    for match in (match for match in matches if match.item in items):
        item, passage, file = items[match.item], of_bodies[match.item], ""
        if not passage:
            for attachment in item.attachments.all():
                if passage := passages(f"{attachment.name}\n{attachment.file.text}", asked.wanted):
                    file = attachment.name
                    break
        shown = passage or beginning(item.summary or plain_text(item.body))
        yield FoundItem(item, marked(item.title, asked.wanted), shown, file, match.validity)
