"""Writing a letter: the parts of its kind, filled in by the facts, and what is still missing or can't be right."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from gongkai.regulation.disclosure.document_number import read_document_number
from gongkai.regulation.finding import Finding
from gongkai.regulation.law import Law, LawMissing, law_on
from gongkai.regulation.letters.facts import CaseFacts, Fact, FactValue, known_facts
from gongkai.regulation.letters.filling import Words, fee_of, in_chinese
from gongkai.regulation.letters.kinds import FIRST_DAY, Kind, Pattern, kind_of
from gongkai.regulation.letters.remedies import remedies_notice
from gongkai.regulation.letters.tables import table
from gongkai.regulation.letters.words import CATALOGUE

FRAME = frozenset({"title", "number", "addressee", "attachments", "signature", "seal", "date"})
"""Parts that are no sentences."""

_ENDINGS = "。！？：…"


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a letter. Lines are paragraphs. A `locked` part is statutory: the office may not edit it."""

    key: str
    text: str
    locked: bool


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter as far as its facts go: what is not known yet stands in it as a gap, and among the findings.

    `musts` are the phrases by which its remedies notice tells what the law asks for; empty where it needs none.
    """

    kind: str
    on: date
    number: str
    parts: tuple[Part, ...]
    musts: tuple[str, ...]
    findings: tuple[Finding, ...]

    @property
    def is_complete(self) -> bool:
        """Whether nothing is missing or wrong."""
        return not any(finding.severity == "error" for finding in self.findings)


def write_letter(kind: str, case: CaseFacts, law: Law, on: date) -> Letter:
    """The letter of a kind, dated and signed on a day; `law` is that of the day of receipt, which governs the case.

    Errors: KeyError for a kind there is none of; LawMissing for a day on which the law knew no such letter; ValueError or
    TypeError for facts that are none (see `CaseFacts`).
    Source: ogi-2019 art. 30, 32, 33, 34, 35, 36, 37, 38, 39; fee-measure-2020 art. 4, 5, 6.
    """
    asked = kind_of(kind)
    if law.day < FIRST_DAY or on < asked.since:
        raise LawMissing(f"no {asked.name} before {max(FIRST_DAY, asked.since)}: received {law.day}, written {on}")
    words = Words(asked, case, law, on)
    musts: tuple[str, ...] = ()
    parts = []
    for pattern in asked.patterns_for(case.facts):
        if pattern.key == "remedies":
            notice = remedies_notice(words)
            words["remedies"], musts = notice.text, notice.musts
        parts.append(Part(pattern.key, _filled(pattern, words), pattern.locked))
    _ask_for_choices(asked, words)
    findings = [CATALOGUE.finding("LET-FACT-MISSING", where=(key,), fact=label) for key, label in words.missing.items()]
    findings += _doubts(case, law, on)
    return Letter(kind, on, case.number, tuple(parts), musts, tuple(findings))


def letter_number(kind: str, code: str, year: int, serial: int) -> str:
    """The number of a letter: the agency's code, the series of the kind, the year and the serial number in it.

    Source: document-format-2012#document-number; the series is practice.
    >>> letter_number("extension_notice", "青自然资", 2024, 7)
    '青自然资公开延〔2024〕7号'
    """
    form: str = table("shared")["numbering"]["format"]
    return form.format(code=code, series=kind_of(kind).series, year=year, serial=serial)


def questions(kind: str, facts: Mapping[str, FactValue]) -> tuple[tuple[Fact, bool], ...]:
    """The facts a letter of this kind asks for, with whether it can't do without them, given those that are known already.

    Errors: KeyError for a kind there is none of.
    >>> [fact.key for fact, needed in questions("reply_not_exist", {}) if needed]
    ['received_on', 'addressee_kind', 'application_number', 'requested', 'search_record']
    """
    asked: dict[str, bool] = {}
    for pattern in kind_of(kind).patterns:
        needed = pattern.is_there(facts)
        keys = [*pattern.when, *(_facts_in(pattern) if needed else ()), *pattern.if_given]
        for key in keys:
            optional = key in pattern.if_given
            asked[key] = asked.get(key, False) or not optional
    if kind_of(kind).remedies != "none":
        asked["delivery"] = False
    return tuple((known_facts()[key], needed) for key, needed in asked.items())


def _facts_in(pattern: Pattern) -> Iterator[str]:
    for name in pattern.blanks:
        key = "addressee_kind" if name == "you" else name
        if key in known_facts():
            yield key


def _filled(pattern: Pattern, words: Words) -> str:
    text = pattern.text.format_map(words)
    if pattern.key in FRAME:
        return text
    ended = text if text[-1:] in _ENDINGS else f"{text}。"
    return re.sub("[；，]。", "。", re.sub("([。！？…])。", r"\1", ended))


def _ask_for_choices(kind: Kind, words: Words) -> None:
    """A choice that decides which parts there are is missing even though no part that is there names it."""
    for pattern in kind.patterns:
        for key in pattern.when:
            if not words.case.facts.get(key):
                words.gap(key, known_facts()[key].label)


def _doubts(case: CaseFacts, law: Law, on: date) -> Iterator[Finding]:
    """What can't be right about the facts, whatever the kind of letter."""
    if case.number and (found := read_document_number(case.number, on).findings):
        yield CATALOGUE.finding("LET-NUMBER-FORM", quotes=(case.number,), year=on.year, problem=found[0].code)
    for key, value in case.facts.items():
        fact = known_facts()[key]
        if isinstance(value, date) and ((fact.past and value > on) or (fact.future and value < on)):
            code = "LET-DAY-LATER" if fact.past else "LET-DAY-GONE"
            yield CATALOGUE.finding(code, where=(key,), fact=fact.label, day=in_chinese(value), on=in_chinese(on))
    limit, days = law.parameter("extension_limit", int).value, case.facts.get("extension_days")
    if isinstance(days, int) and days > limit:
        yield CATALOGUE.finding("LET-EXTENSION-TOO-LONG", where=("extension_days",), days=days, limit=limit)
    fee = fee_of(case.facts, law_on(on)) if case.facts.get("fee_method") else None
    if fee is not None and fee.yuan == 0:
        yield CATALOGUE.finding("LET-FEE-NONE", where=("fee_method",))
