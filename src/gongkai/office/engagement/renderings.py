"""Which stored pages show something of this room's entries."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from gongkai.office.renderings import keys

ITEMS = ("item", "policy_item", "draft_item", "result_item")


def listed(noun: str) -> str:
    """The public list of a ledger, and the pages of its entries."""
    return keys.listed("engagement", noun)


def shown_by(noun: str) -> Callable[[Iterable[Any]], set[str]]:
    """What to touch when entries of a ledger change: its list, and the pages of the items they are linked to."""

    def touched(entries: Iterable[Any]) -> set[str]:
        items = {getattr(entry, f"{name}_id", None) for entry in entries for name in ITEMS}
        return {listed(noun)} | {keys.item(pk) for pk in items if pk}

    return touched


def of_selections(entries: Iterable[Any]) -> set[str]:
    """A selection shows on the list of interpretations and on the page of the one selected."""
    return shown_by("interpretation")([entry.interpretation for entry in entries]) if entries else set()


def of_opinions(entries: Iterable[Any]) -> set[str]:
    """Opinions are counted on the page of their consultation."""
    return {listed("consultation")}
