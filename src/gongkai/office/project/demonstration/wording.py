"""Sentences of the demonstration: patterns with braces, filled from lists of invented words by a seeded generator."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from typing import Any

from gongkai.office.project.demonstration.tables import table


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of information: how much of it the year has, who publishes it, where it stands, how it is worded."""

    key: str
    count: int
    column: str
    art20: str
    organs: tuple[str, ...]
    genre: str
    titles: tuple[str, ...]
    paragraphs: tuple[str, ...]
    topics: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    numbered: bool = False
    table: str = ""
    until_month: int = 12


@cache
def kinds() -> tuple[Kind, ...]:
    """Every kind, in the order of the file."""
    return tuple(_kind(entry) for entry in data("kinds.toml")["kind"])


def _kind(entry: dict[str, Any]) -> Kind:
    frozen: dict[str, Any] = {name: tuple(value) if isinstance(value, list) else value for name, value in entry.items()}
    return Kind(**frozen)


@cache
def data(name: str) -> dict[str, Any]:
    """A data file of this folder."""
    return tomllib.loads(files(__package__).joinpath(name).read_text("utf-8"))


class Words:
    """One filling for a whole text: the same village in the title and in every sentence."""

    def __init__(self, chance: random.Random, known: Mapping[str, str], organ: str) -> None:
        slots = data("slots.toml")
        towns = chance.sample(slots["town"], 2)
        lists = {name: values for name, values in slots.items() if name != "subjects_of"}
        lists["subject"] = slots["subjects_of"].get(organ, slots["subject"])
        self._words = {name: chance.choice(values) for name, values in lists.items()} | {
            "town": towns[0],
            "town2": towns[1],
            "towns": str(len(slots["town"])),
            "n": str(chance.randint(6, 60)),
            "m": str(chance.randint(5, 20)),
            "few": str(chance.randint(2, 5)),
            "days": str(chance.choice((24, 30, 31))),
            "good": str(chance.randint(26, 30)),
            "people": str(chance.randint(80, 2400)),
            "area": str(chance.randint(20, 900)),
            "amount": f"{chance.randint(800, 90000) / 10:.1f}",
            "small": f"{chance.randint(40, 8000) / 10:.1f}",
            "money": str(chance.randint(5, 60) * 100),
            "percent": f"{chance.randint(900, 999) / 10:.1f}",
            "rate": f"{chance.randint(20, 90) / 10:.1f}",
            "rate2": f"{chance.randint(20, 90) / 10:.1f}",
            "rate3": f"{chance.randint(20, 90) / 10:.1f}",
            "serial": str(chance.randint(1, 48)),
            **known,
        }

    def fill(self, pattern: str) -> str:
        """The pattern with its braces filled. Errors: KeyError for a word that is not in the lists."""
        return pattern.format_map(self._words)


def body(kind: Kind, words: Words, chance: random.Random) -> str:
    """The text of an item as clean HTML."""
    lines = [f"<p>{escape(words.fill(pattern))}</p>" for pattern in kind.paragraphs]
    if kind.table:
        lines.insert(2, table(kind.table, chance))
    return "\n".join(lines)
