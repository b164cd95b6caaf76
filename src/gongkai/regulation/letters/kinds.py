"""The kinds of letter as data: which parts each has, what it rests on, and whether it tells the remedies.

Source: ogi-2019 art. 30 to 39; fee-measure-2020 art. 4 to 6; practice for what the law asks for without giving it a form.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from string import Formatter
from types import MappingProxyType
from typing import Any, Literal, get_args

from gongkai.regulation.application import outcomes
from gongkai.regulation.letters.facts import FactValue
from gongkai.regulation.letters.tables import table

Recipient = Literal["applicant", "third_party", "agency"]
Remedies = Literal["none", "choice", "refusal"]

FIRST_DAY = date(2019, 5, 15)
"""The regulation these letters are worded for came into force. Source: ogi-2019."""

_REPLY = "reply_"


@dataclass(frozen=True, slots=True)
class Pattern:
    """One part of a letter before it is filled in. A `locked` part is statutory: the office may not edit it.

    `when` are the choices among the facts for which the part is there, `if_given` the facts without which it stays away.
    """

    key: str
    text: str
    locked: bool
    when: Mapping[str, tuple[str, ...]]
    if_given: tuple[str, ...]

    def is_there(self, facts: Mapping[str, FactValue]) -> bool:
        """Whether a letter with these facts has the part."""
        return holds(self.when, facts) and all(facts.get(fact) for fact in self.if_given)

    @property
    def blanks(self) -> tuple[str, ...]:
        """The words in braces, each once, in the order of the text."""
        named = (name.partition("[")[0] for _, name, _, _ in Formatter().parse(self.text) if name)
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of letter.

    `series` stands in its number, `paper` is what it calls itself (答复书, 告知书, …), `outcome` is the key of the outcome a
    reply is for. `basis` are the articles it rests on; `basis_by` those that a choice among the facts adds; `also` those the
    office may cite besides. `remedies`: `refusal` is the notice for a refusal to disclose, `choice` that for anything else.
    """

    key: str
    name: str
    name_en: str
    series: str
    paper: str
    recipient: Recipient
    since: date
    outcome: str | None
    basis: tuple[str, ...]
    basis_by: Mapping[str, Mapping[str, tuple[str, ...]]]
    also: tuple[str, ...]
    remedies: Remedies
    remedies_when: Mapping[str, tuple[str, ...]]
    patterns: tuple[Pattern, ...]

    def patterns_for(self, facts: Mapping[str, FactValue]) -> Iterator[Pattern]:
        """The parts of the letter with these facts, in order."""
        for pattern in self.patterns:
            if pattern.is_there(facts) and (pattern.key != "remedies" or holds(self.remedies_when, facts)):
                yield pattern


def holds(when: Mapping[str, tuple[str, ...]], facts: Mapping[str, FactValue]) -> bool:
    """Whether the facts make the choices that a condition asks for."""
    return all(set(chosen(facts.get(fact))) & set(wanted) for fact, wanted in when.items())


def chosen(value: FactValue | None) -> tuple[str, ...]:
    """The choices a fact makes: one, several, or none when it isn't known."""
    if isinstance(value, tuple):
        return value
    return (value,) if isinstance(value, str) else ()


@cache
def kinds() -> Mapping[str, Kind]:
    """Every kind of letter by key; a reply's key is `reply_` and the outcome.

    >>> len(kinds()) - len(outcomes())
    12
    """
    shared = table("shared")
    found = {key: _kind(key, entry, shared, None) for key, entry in table("procedural").items()}
    for outcome, entry in table("replies").items():
        since = outcomes()[outcome].since
        name = entry.get("name", shared["replies"]["name"])
        reply = {
            **shared["replies"],
            "to": "applicant",
            "since": since,
            "paper": name[-3:],
            **entry,
            "body": [{"use": shared["replies"]["opening"]}, *entry["body"]],
            "also": [*shared["replies"]["also"], *entry.get("also", ())],
        }
        found[_REPLY + outcome] = _kind(_REPLY + outcome, reply, shared, outcome)
    return MappingProxyType(found)


def kind_of(key: str) -> Kind:
    """The kind of that key. Errors: KeyError when there is none.

    >>> kind_of("extension_notice").name
    '政府信息公开申请延期答复告知书'
    """
    return kinds()[key]


def reply_kind(outcome: str) -> str:
    """The key of the reply for an outcome. Errors: KeyError when there is no such outcome.

    >>> reply_kind("partial")
    'reply_partial'
    """
    return kinds()[_REPLY + outcome].key


def _kind(key: str, entry: Mapping[str, Any], shared: Mapping[str, Any], outcome: str | None) -> Kind:
    remedies = entry["remedies"]
    if remedies not in get_args(Remedies) or entry["to"] not in get_args(Recipient):
        raise ValueError(f"letter {key!r}: unknown remedies {remedies!r} or recipient {entry['to']!r}")
    frame, parts = shared["frame"], shared["parts"]
    names = [*({"use": name} for name in frame["before"]), *entry["body"]]
    names += [] if remedies == "none" else [{"use": "remedies"}]
    names += [{"use": name} for name in frame["after"]]
    return Kind(
        key=key,
        name=entry["name"],
        name_en=entry["name_en"],
        series=entry["series"],
        paper=entry["paper"],
        recipient=entry["to"],
        since=entry.get("since", FIRST_DAY),
        outcome=outcome,
        basis=tuple(entry["basis"]),
        basis_by=MappingProxyType({fact: _lists(by) for fact, by in entry.get("basis_by", {}).items()}),
        also=tuple(entry.get("also", ())),
        remedies=remedies,
        remedies_when=_lists(entry.get("remedies_when", {})),
        patterns=tuple(_pattern(part, parts) for part in names),
    )


def _pattern(part: Mapping[str, Any], parts: Mapping[str, Any]) -> Pattern:
    """A part of the kind's own, or one that all letters share (`use`) under the kind's own condition."""
    full = {"key": part["use"], **parts[part["use"]], **part} if "use" in part else part
    return Pattern(
        full["key"], full["text"], full["locked"], _lists(full.get("when", {})), tuple(full.get("if_given", ()))
    )


def _lists(table: Mapping[str, Any]) -> Mapping[str, tuple[str, ...]]:
    return MappingProxyType({key: tuple(values) for key, values in table.items()})
