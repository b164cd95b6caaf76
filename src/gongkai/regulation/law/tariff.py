"""A progressive tariff: what each unit costs, by the bracket it falls in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count
from typing import Any


@dataclass(frozen=True, slots=True)
class Bracket:
    """From the `first` unit on, each costs `yuan_each` (whole yuan)."""

    first: int
    yuan_each: int


@dataclass(frozen=True, slots=True)
class Tariff:
    """Ascending brackets. With `then_every` the last one is that many units wide and is followed by others of the same
    width, each `then_yuan_more` dearer than the one before; without it the last bracket is open.
    """

    brackets: tuple[Bracket, ...]
    then_every: int | None = None
    then_yuan_more: int = 0

    def __iter__(self) -> Iterator[Bracket]:
        """The brackets in order; without end when the tariff goes on rising."""
        yield from self.brackets
        if self.then_every is not None:
            last = self.brackets[-1]
            for step in count(1):
                yield Bracket(last.first + step * self.then_every, last.yuan_each + step * self.then_yuan_more)


def tariff(entry: Mapping[str, Any]) -> Tariff:
    """The tariff of a TOML entry.

    >>> [bracket.first for bracket in tariff({"brackets": [{"first": 1, "yuan_each": 0}, {"first": 31, "yuan_each": 10}]})]
    [1, 31]
    """
    brackets = tuple(Bracket(**bracket) for bracket in entry["brackets"])
    return Tariff(brackets, entry.get("then_every"), entry.get("then_yuan_more", 0))
