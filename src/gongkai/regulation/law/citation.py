"""The instruments of law that rules rest on, and how to cite them.

A source is written `instrument#article` (`ogi-2019#49`). An instrument is cited by its number, never by an address:
copies on the web come and go, the number stays.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from typing import Any, Literal

Certainty = Literal["certain", "high", "medium"]


class LawMissing(LookupError):
    """The law asked for is not in the data: a broken promise of the caller or of the data, never a finding."""


@dataclass(frozen=True, slots=True)
class Article:
    """An article or another citable part of an instrument.

    `gist` is what it says in our own words; `certainty` is how well that is known: `certain` and `high` were read in
    copies that agree, `medium` is practice or recollection and may be corrected by a lawyer.
    """

    key: str
    label: str
    gist: str
    certainty: Certainty


@dataclass(frozen=True, slots=True)
class Instrument:
    """A law, regulation or official notice. `in_force_until` is its last day, None while it is in force."""

    key: str
    title: str
    number: str
    in_force_from: date
    in_force_until: date | None
    issued: date | None
    note: str
    articles: Mapping[str, Article]


@cache
def instruments() -> Mapping[str, Instrument]:
    """Every instrument by key.

    >>> instruments()["ogi-2019"].number
    '国务院令第711号'
    """
    folder = files(__package__).joinpath("instruments")
    entries = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")), key=lambda entry: entry.name
    )
    read = (_instrument(entry.name.removesuffix(".toml"), tomllib.loads(entry.read_text("utf-8"))) for entry in entries)
    return MappingProxyType({instrument.key: instrument for instrument in read})


def resolve(source: str) -> tuple[Instrument, Article]:
    """The instrument and the article a source names.

    Errors: LawMissing when there is no such instrument, or no such article in it.
    >>> resolve("ogi-2019#50")[1].label
    '第五十条'
    """
    instrument_key, _, article_key = source.partition("#")
    instrument = instruments().get(instrument_key)
    if instrument is None:
        raise LawMissing(f"no instrument {instrument_key!r} in law/instruments (source {source!r})")
    article = instrument.articles.get(article_key)
    if article is None:
        raise LawMissing(f"no article {article_key!r} in law/instruments/{instrument_key}.toml (source {source!r})")
    return instrument, article


def cite(source: str) -> str:
    """The Chinese citation of a source: title, number, article.

    Errors: LawMissing for a source that does not resolve.
    >>> cite("ogi-2019#49")
    '《中华人民共和国政府信息公开条例》（国务院令第711号）第四十九条'
    """
    instrument, article = resolve(source)
    # A title that itself holds a 《…》 takes single brackets inside the double ones (GB/T 15834).
    title = instrument.title.replace("《", "〈").replace("》", "〉")
    return f"《{title}》（{instrument.number}）{article.label}"


def _instrument(key: str, entry: Mapping[str, Any]) -> Instrument:
    articles = {name: Article(key=name, **article) for name, article in entry["articles"].items()}
    return Instrument(
        key=key,
        title=entry["title"],
        number=entry["number"],
        in_force_from=entry["in_force_from"],
        in_force_until=entry.get("in_force_until"),
        issued=entry.get("issued"),
        note=entry.get("note", ""),
        articles=MappingProxyType(articles),
    )
