"""The search page's address read into a query, and what was found made into filters with addresses of their own."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from django.http import QueryDict

from gongkai.office.organs.models import Organ
from gongkai.office.publishing.models import Column
from gongkai.office.publishing.search.query import LAST_PAGE, PAGE_SIZE, Found, Order, Query
from gongkai.regulation.disclosure.catalogue import categories, fields
from gongkai.regulation.disclosure.normative.validity import LABELS as STATE_LABELS

_STATES: Mapping[str, str] = {str(state): label for state, label in STATE_LABELS.items()}
_SHOWN = 8
"""Values of a filter that are offered; the most frequent ones."""
GROUPS = {
    "organ": "发布机构",
    "category": "法定主动公开类别",
    "year": "发布年份",
    "validity": "文件有效性",
    "field": "试点领域",
    "column": "栏目",
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What the address asks for: the query, and its filters by the value in the address and the words for it."""

    query: Query
    chosen: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a filter; the address is that of the page with the value chosen, or given up when it `is_chosen`."""

    label: str
    count: int
    address: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """A filter with its values."""

    name: str
    label: str
    options: tuple[Option, ...]


def read(values: QueryDict) -> Asked:
    """The query of an address. What it does not know (an agency that is gone, a year that is none) is not asked for."""
    organ_code, column_code = values.get("organ", "")[:40], values.get("column", "")[:60]
    organ = Organ.objects.filter(code=organ_code).first() if organ_code else None
    column = Column.objects.filter(code=column_code).first() if column_code else None
    category, field = categories().get(values.get("category", "")), fields().get(values.get("field", ""))
    validity = values.get("validity", "") if values.get("validity", "") in _STATES else ""
    year = _number(values.get("year", ""), 1949, 2999)
    text = values.get("q", "").strip().replace("\0", "")
    asks_for_date = values.get("order") == "date" or not text
    chosen: dict[str, tuple[str, str]] = {}
    if organ:
        chosen["organ"] = organ.code, organ.name
    if category:
        chosen["category"] = category.key, category.label
    if year:
        chosen["year"] = str(year), f"{year} 年"
    if validity:
        chosen["validity"] = validity, _STATES[validity]
    if field:
        chosen["field"] = field.key, field.label
    if column:
        chosen["column"] = column.code, column.name
    query = Query(
        text=text,
        under=organ.pk if organ else None,
        column=column.pk if column else None,
        category=category.key if category else "",
        field=field.key if field else "",
        year=year,
        validity=validity,
        order=Order.DATE if asks_for_date else Order.RELEVANCE,
        page=_number(values.get("page", ""), 1, LAST_PAGE) or 1,
    )
    return Asked(query, chosen)


def address(asked: Asked, **changes: str | None) -> str:
    """The address of the page with something changed: a filter, the order, the page. A change begins at page one."""
    values = {"q": asked.query.text} | {name: value for name, (value, _) in asked.chosen.items()}
    if asked.query.text and asked.query.order is Order.DATE:
        values["order"] = "date"
    return f"?{urlencode({name: value for name, value in (values | changes).items() if value})}"


def groups(asked: Asked, found: Found) -> list[Group]:
    """The filters that have something to offer, in their order."""
    made = []
    for name, label in GROUPS.items():
        if name in asked.chosen:
            given_up = address(asked, **{name: None})
            made.append(Group(name, label, (Option(asked.chosen[name][1], found.total, given_up, is_chosen=True),)))
        elif len(values := _values(name, found)) > 1:
            options = (Option(words, count, address(asked, **{name: value})) for value, words, count in values[:_SHOWN])
            made.append(Group(name, label, tuple(options)))
    return made


def pages(asked: Asked, found: Found) -> list[tuple[int | None, str]]:
    """The numbers of the pages to offer with their addresses: both ends and those around; None for what is left out."""
    last, now = -(-found.total // PAGE_SIZE), asked.query.page
    shown = sorted({1, last} | {number for number in range(now - 2, now + 3) if 1 <= number <= last})
    made: list[tuple[int | None, str]] = []
    for number in shown:
        if made and number - (made[-1][0] or 0) > 1:
            made.append((None, ""))
        made.append((number, address(asked, page=str(number) if number > 1 else None)))
    return made


def _values(name: str, found: Found) -> list[tuple[str, str, int]]:
    """The values of a filter as they stand in an address, their words and how often each occurs."""
    counted = found.counts.get(name)
    if not counted:
        return []
    if name in ("organ", "column"):
        model = Organ if name == "organ" else Column
        places = model._default_manager.in_bulk([key for key, _ in counted.most_common(_SHOWN)])
        return [(places[key].code, places[key].name, count) for key, count in counted.most_common() if key in places]
    if name == "year":
        return [(str(year), f"{year} 年", counted[year]) for year in sorted(counted, key=int, reverse=True)]
    words: Mapping[str, Callable[[str], str | None]] = {
        "category": lambda key: categories()[key].label if key in categories() else None,
        "field": lambda key: fields()[key].label if key in fields() else None,
        "validity": lambda key: _STATES.get(key),
    }
    known = ((str(key), words[name](str(key)), count) for key, count in counted.most_common())
    return [(key, label, count) for key, label, count in known if label]


def _number(text: str, least: int, most: int) -> int | None:
    if not (text.isascii() and text.isdigit() and len(text) <= 4):
        return None
    return int(text) if least <= int(text) <= most else None
