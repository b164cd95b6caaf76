"""What the index knows of an item, the same for every engine; and how an item becomes it."""

from __future__ import annotations

import html
import re
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Q
from django.utils import timezone

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import PUBLIC, Column, Item, ItemAttachment
from gongkai.office.publishing.search.splitter import BREAK, fold, fold_document

_STEP = 5
"""Characters of one step of a path (`0001.`)."""
_COLUMNS = (
    "pk", "title", "body", "document_number", "index_number", "issuing_agency", "summary", "keywords", "art20_category",
    "grassroots_field", "is_normative_document", "published_at", "organ", "organ__name", "organ__path", "column",
    "column__path",
)  # fmt: skip
_BREAKING = re.compile(
    r"</?(?:p|div|h[1-6]|li|ul|ol|dl|dt|dd|table|thead|tbody|tfoot|tr|td|th|caption|blockquote|pre|hr|section|article"
    r"|header|footer|figure|figcaption)\b[^>]*>",
    re.IGNORECASE,
)
_LINE = re.compile(r"<br\b[^>]*>", re.IGNORECASE)
_PICTURE = re.compile(r"<img\b[^>]*?\balt=\"([^\"]*)\"[^>]*>", re.IGNORECASE)
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Entry:
    """An item in the index: its texts folded, what it can be filtered by, and when it went public."""

    item: int
    published_at: datetime
    organ: int
    column: int
    category: str
    field: str
    year: int
    validity: str
    tags: tuple[str, ...]
    title: str
    number: str
    label: str
    body: str

    @property
    def head(self) -> str:
        """Everything but the body and the attachments."""
        return BREAK.join((self.title, self.number, self.label))

    @property
    def whole(self) -> str:
        """Everything that can be found."""
        return BREAK.join((self.title, self.number, self.label, self.body))


def entries(items: Collection[int]) -> list[Entry]:
    """The entries of those of some items that are public now, with what stands around them: files, topics, places in the trees.

    `items`: ids, at least one and none twice. An import of a million items notices what it costs to make an object of each
    row, or to ask for each id by itself.
    """
    rows = list(Item.objects.filter(PUBLIC, _among("pk", items)).values_list(*_COLUMNS, named=True))
    if not rows:
        return []
    surroundings = _Surroundings.of(items, rows)
    return [_entry(row, surroundings) for row in rows]


def _among(field: str, items: Collection[int]) -> Q:
    """Ids that follow one another, as those of an import do, are asked for by their ends."""
    first, last = min(items), max(items)
    if last - first + 1 == len(items):
        return Q(**{f"{field}__gte": first, f"{field}__lte": last})
    return Q(**{f"{field}__in": items})


@dataclass(frozen=True, slots=True)
class _Surroundings:
    """What the entries of some items need: by item its files, topics and validity; by path the ids on the way there."""

    files: Mapping[int, list[str]]
    topics: Mapping[int, list[str]]
    validity: Mapping[int, str]
    organs: Mapping[str, int]
    columns: Mapping[str, int]

    @classmethod
    def of(cls, items: Collection[int], rows: Sequence[Any]) -> _Surroundings:
        files, topics = defaultdict(list), defaultdict(list)
        attachments = ItemAttachment.objects.filter(_among("item", items)).order_by("item", "position")
        for item, name, text in attachments.values_list("item", "name", "file__text"):
            files[item].append(f"{name}\n{text}")
        placed = Item.topics.through.objects.filter(_among("item", items))
        for item, path in placed.values_list("item", "column__path"):
            topics[item].append(path)
        return cls(
            files,
            topics,
            _validity([row.pk for row in rows if row.is_normative_document]),
            _places(Organ, {row.organ__path for row in rows}),
            _places(Column, {row.column__path for row in rows}.union(*topics.values())),
        )


def _entry(row: Any, around: _Surroundings) -> Entry:
    validity = around.validity.get(row.pk, "")
    year = timezone.localtime(row.published_at).year
    paths = [row.column__path, *around.topics.get(row.pk, ())]
    standing_in = {around.columns[place] for path in paths for place in _steps(path)}
    tags = [f"organ{row.organ}", f"year{year}"]
    tags += [f"under{around.organs[place]}" for place in _steps(row.organ__path)]
    tags += [f"column{column}" for column in sorted(standing_in)]
    tags += [f"{name}{code(value)}" for name, value in _kinds(row, validity) if value]
    return Entry(
        item=row.pk,
        published_at=row.published_at,
        organ=row.organ,
        column=row.column,
        category=row.art20_category,
        field=row.grassroots_field,
        year=year,
        validity=validity,
        tags=tuple(tags),
        title=fold_document(row.title),
        number=fold_document(f"{row.document_number}\n{row.index_number or ''}"),
        label=fold("\n".join([row.organ__name, row.issuing_agency, row.summary, *map(str, row.keywords)])),
        body=fold_document("\n".join([plain_text(row.body), *around.files.get(row.pk, ())])),
    )


def _kinds(row: Any, validity: str) -> tuple[tuple[str, str], ...]:
    return ("category", row.art20_category), ("field", row.grassroots_field), ("validity", validity)


def code(value: str) -> str:
    """A key of the law's data, in letters and digits only, for use within a tag.

    >>> code("in_force")
    'inx5fforce'
    """
    if value.isalnum() and value.isascii():
        return value
    return "".join(each if each.isalnum() and each.isascii() else f"x{ord(each):x}" for each in value)


def plain_text(body: str) -> str:
    """The text of clean HTML as search sees it: a line for each block and cell, nothing where a tag stood within a word.

    Unlike `body.text_of` it reads on across <br>, which in a title line parts no words; and it is ten times as fast, which
    an import of a million items notices.
    >>> plain_text("<p>公<b>开</b>&amp;<br>公平</p><p>二</p>").split("\\n")
    ['', '公开& 公平', '', '二', '']
    """
    return html.unescape(_TAG.sub("", _PICTURE.sub(r"\n\1\n", _LINE.sub(" ", _BREAKING.sub("\n", body)))))


def _steps(path: str) -> Iterable[str]:
    """A path and the paths above it, from the root."""
    return (path[:end] for end in range(_STEP, len(path) + 1, _STEP))


def _places(model: type[Organ] | type[Column], paths: Collection[str]) -> dict[str, int]:
    """The ids of the places on the way to some paths."""
    wanted = {place for path in paths for place in _steps(path)}
    return dict(model._default_manager.filter(path__in=wanted).values_list("path", "pk"))


ValiditySource = Callable[[Collection[int]], Mapping[int, str]]
_sources: list[ValiditySource] = []


def validity_from(source: ValiditySource) -> None:
    """Say who knows the validity of normative documents; the normative room does when it starts.

    The source gets ids of items and gives a validity for each it knows: in_force, lapsed, repealed, …
    """
    _sources.append(source)


def _validity(items: Collection[int]) -> dict[int, str]:
    return {item: state for source in _sources if items for item, state in source(items).items()}
