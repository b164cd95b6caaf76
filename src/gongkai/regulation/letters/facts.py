"""What a letter is written from: the facts of the case, each known by a key, and the office that writes.

The keys stand in `facts.toml`; a form for a kind of letter asks for exactly the facts that `questions` names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from types import MappingProxyType
from typing import Literal

from gongkai.regulation.letters.tables import table

FactValue = str | int | date | tuple[str, ...]
FactKind = Literal["text", "date", "count", "choice", "several"]
AgencyKind = Literal["department", "government", "province", "ministry", "vertical"]
"""Which rule of reconsideration the agency falls under; `vertical` answers to its superior department alone (customs, taxes)."""

_TYPES: Mapping[FactKind, type] = MappingProxyType(
    {"text": str, "date": date, "count": int, "choice": str, "several": tuple}
)


@dataclass(frozen=True, slots=True)
class Fact:
    """A fact that letters ask for.

    `choices` are the keys one may choose, each with the words that stand for it. `past`: a day that may not lie after the
    letter's, `future`: one that has to. `least` is the smallest a count may be. `proves` is a step that an outcome requires
    on record, `states` what a reply must say.
    """

    key: str
    label: str
    kind: FactKind
    choices: Mapping[str, str]
    past: bool
    future: bool
    proves: str
    states: tuple[str, ...]
    least: int


@dataclass(frozen=True, slots=True)
class Office:
    """Who writes: the agency's full name, its code in document numbers (机关代字), and what a remedies notice has to name.

    `own_government` is the government of its level (本级人民政府), `superior` the department or government above it; which of
    them reconsiders is for the law to say. `court` has jurisdiction. `reconsideration_channel` is the online way to apply.
    """

    agency: str
    kind: AgencyKind
    code: str
    court: str
    own_government: str = ""
    superior: str = ""
    reconsideration_channel: str = ""
    contact_person: str = ""
    contact_phone: str = ""
    contact_address: str = ""


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What one letter is about: its number, whom it is addressed to, and the facts by their keys in `facts.toml`.

    Errors: ValueError for a fact or a choice there is none of; TypeError for a value of another kind.
    """

    office: Office
    number: str
    addressee: str
    facts: Mapping[str, FactValue] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for key, value in self.facts.items():
            _check(key, value)


@cache
def known_facts() -> Mapping[str, Fact]:
    """Every fact by key.

    >>> known_facts()["search_record"].label
    '检索情况'
    """
    return MappingProxyType(
        {
            key: Fact(
                key=key,
                label=entry["label"],
                kind=entry["kind"],
                choices=MappingProxyType(entry.get("choices", {})),
                past=entry.get("past", False),
                future=entry.get("future", False),
                proves=entry.get("proves", ""),
                states=tuple(entry.get("states", ())),
                least=entry.get("least", 0),
            )
            for key, entry in table("facts").items()
        }
    )


def _check(key: str, value: FactValue) -> None:
    fact = known_facts().get(key)
    if fact is None:
        raise ValueError(f"letters know no fact {key!r}; facts.toml lists those there are")
    if not isinstance(value, _TYPES[fact.kind]) or isinstance(value, bool):
        raise TypeError(f"the fact {key!r} is a {fact.kind}, not {value!r}")
    if isinstance(value, int) and value < fact.least:
        raise ValueError(f"the fact {key!r} is a count of at least {fact.least}, not {value}")
    if fact.choices:
        wrong = [choice for choice in (value if isinstance(value, tuple) else (value,)) if choice not in fact.choices]
        if wrong:
            raise ValueError(f"the fact {key!r} is one of {', '.join(fact.choices)}, not {wrong[0]!r}")
