"""Which of our agencies a printed name means: said, never decided; a person confirms it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from gongkai.office.organs.models import Organ
from gongkai.regulation.annual_report.aggregate import folded

_CLOSE = 0.75
_MOST = 5


@dataclass(frozen=True, slots=True)
class Match:
    """An agency that a name may mean. `is_exact`: name or short name are the same but for spaces and width."""

    organ: Organ
    is_exact: bool


def matches(name: str, organs: Sequence[Organ]) -> list[Match]:
    """The agencies that a name may mean, the likeliest first; an exact one alone, if there is just one."""
    key = folded(name)
    if not key:
        return []
    exact = [organ for organ in organs if key in {folded(organ.name), folded(organ.short_name)} - {""}]
    if len(exact) == 1:
        return [Match(exact[0], is_exact=True)]
    if exact:
        return [Match(organ, is_exact=False) for organ in exact[:_MOST]]
    near = sorted(
        ((_nearness(key, organ), organ.pk, organ) for organ in organs), reverse=True, key=lambda each: each[:2]
    )
    return [Match(organ, is_exact=False) for nearness, _, organ in near[:_MOST] if nearness >= _CLOSE]


def _nearness(key: str, organ: Organ) -> float:
    names = {folded(organ.name), folded(organ.short_name)} - {""}
    contained = any(len(name) >= 4 and (name in key or key in name) for name in names)
    alike = max((SequenceMatcher(None, key, name).ratio() for name in names), default=0.0)
    return max(alike, 0.9 if contained else 0.0)
