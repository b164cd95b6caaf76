"""What 青溪县 made public: 5,687 items in 2020, and the normative documents of the years before."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from functools import cache
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from gongkai.office.project.demonstration.wording import Kind, Words, body, data, kinds
from gongkai.regulation.workdays import workdays

YEAR = 2020
SEED = 20200101
OLDER_NORMATIVE = 306
"""With the eight of 2020 they are the 314 that the county has before the public."""
_TERMS_SINCE = YEAR - 4
_TRIES = 40
_BEIJING = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True)
class DemonstrationItem:
    """An item as it is to be imported: agency, column and topics by their codes, the rest as content."""

    organ: str
    column: str
    topics: tuple[str, ...]
    published_at: datetime
    fields: dict[str, Any] = field(default_factory=dict)


def items() -> list[DemonstrationItem]:
    """Everything, in the order of publication; the same on every call."""
    chance = random.Random(SEED)
    titles: set[str] = set()
    normative = next(kind for kind in kinds() if kind.key == "normative")
    wanted = [(kind, YEAR) for kind in kinds() for _ in range(kind.count)]
    wanted += [(normative, chance.randint(2012, YEAR - 1)) for _ in range(OLDER_NORMATIVE)]
    made = [_item(kind, year, chance, titles) for kind, year in wanted]
    return list(_numbered(sorted(made, key=lambda each: each.published_at)))


def _numbered(in_time: list[DemonstrationItem]) -> Iterator[DemonstrationItem]:
    """Document numbers run by agency and year, in the order of time."""
    last: dict[tuple[str, int], int] = {}
    for each in in_time:
        if code := each.fields.pop("issuer_code"):
            year = each.published_at.year
            serial = last[code, year] = last.get((code, year), 0) + 1
            each.fields["document_number"] = f"{code}〔{year}〕{serial}号"
        yield each


def _item(kind: Kind, year: int, chance: random.Random, titles: set[str]) -> DemonstrationItem:
    organ = _organs()[chance.choice(list(_organs()) if kind.organs == ("*",) else kind.organs)]
    published = _moment(year, chance, kind.until_month)
    day = published.date()
    title, words = _title(kind, organ, day, chance, titles)
    formed = _earlier(day, chance.randint(0, 12))
    written = {
        "title": title,
        "body": body(kind, words, chance),
        "summary": words.fill(kind.paragraphs[0 if len(kind.paragraphs[0]) > 20 else 1])[:100],
        "keywords": (words.fill("{subject}"), kind.genre),
        "art20_category": kind.art20,
        "grassroots_field": chance.choice(kind.fields) if kind.fields else "",
        "genre_category": kind.genre,
        "issuing_agency": organ["name"],
        "formed_date": formed,
        "written_date": formed,
        "is_normative_document": kind.key == "normative",
        "issuer_code": organ["issuer_code"] if kind.numbered else "",
    }
    if kind.key == "normative":
        written["effective_date"] = day
        # A term of five years is stated since a few years; what is older holds on until it is cleaned up.
        written["expiry_date"] = date(year + 5, day.month, 28) if year >= _TERMS_SINCE else None
    return DemonstrationItem(organ["code"], kind.column, kind.topics, published, written)


def _title(kind: Kind, organ: dict[str, Any], day: date, chance: random.Random, titles: set[str]) -> tuple[str, Words]:
    """A title that no other item has, and the words it is made of."""
    known = {
        "organ": organ["name"],
        "short": organ["short_name"],
        "year": str(day.year),
        "month": str(day.month),
        "day": str(day.day),
    }
    if organ.get("kind") == "township":
        known["town"] = organ["short_name"]
    for _ in range(_TRIES):
        words = Words(chance, known, organ["code"])
        title = words.fill(chance.choice(kind.titles))
        if title not in titles:
            break
    else:
        same = title
        title = next(f"{same}（{number}）" for number in count(2) if f"{same}（{number}）" not in titles)
    titles.add(title)
    return title, words


@cache
def _organs() -> dict[str, dict[str, Any]]:
    listed = data("organs.toml")
    return {each["code"]: each for each in (listed["county"], *listed["organ"])}


@cache
def _working_days(year: int) -> tuple[date, ...]:
    days = (date(year, 1, 1) + timedelta(days=offset) for offset in range(366))
    return tuple(day for day in days if day.year == year and ((year < 2019 and day.weekday() < 5) or _is_worked(day)))


def _is_worked(day: date) -> bool:
    return day.year >= 2019 and workdays().is_working_day(day)


def _moment(year: int, chance: random.Random, until_month: int) -> datetime:
    """Some time in the office hours of a working day, in Beijing."""
    day = chance.choice([day for day in _working_days(year) if day.month <= until_month])
    return datetime.combine(day, time(chance.randint(8, 17), chance.randint(0, 59), chance.randint(0, 59)), _BEIJING)


def _earlier(day: date, working_days: int) -> date:
    known = _working_days(day.year)
    return known[max(0, known.index(day) - working_days)]
