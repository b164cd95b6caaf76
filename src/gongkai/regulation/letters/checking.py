"""Checking an edited letter: what the law wants of it is still there, word for word where the office may not edit."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from gongkai.regulation.finding import Finding
from gongkai.regulation.law import Law, resolve
from gongkai.regulation.letters.citing import basis_of, cited_in, deciding_elsewhere, place_of
from gongkai.regulation.letters.facts import CaseFacts
from gongkai.regulation.letters.kinds import Kind, kind_of
from gongkai.regulation.letters.words import CATALOGUE
from gongkai.regulation.letters.writing import Letter, Part, write_letter

_GAP = re.compile("【待填[：:][^】]*】")
_BY_PART: Mapping[str, str] = {"number": "LET-NUMBER", "signature": "LET-AGENCY", "date": "LET-DATE"}
"""The finding of a locked part that is gone or changed, where it has one of its own."""


def check_letter(parts: Sequence[Part], kind: str, case: CaseFacts, law: Law, on: date) -> tuple[Finding, ...]:
    """What is wrong with a letter after editing; nothing when it may be sent.

    It is held against the letter that the same facts give on the same day: every locked part word for word, every other
    part filled, nothing twice or out of order. A reply cites the articles of its outcome and none that decide another.
    Whether a part is locked is the data's word, not that of `parts`.
    Errors: those of `write_letter`.
    Source: ogi-2019 art. 36; reconsideration-2023 art. 20, 23-4; reconsideration-1999 art. 9; litigation-2014 art. 46.
    """
    expected = write_letter(kind, case, law, on)
    asked = kind_of(kind)
    return (
        *expected.findings,
        *_structure(parts, expected),
        *_words(parts, expected),
        *_articles(parts, expected, asked, case),
    )


def _structure(parts: Sequence[Part], expected: Letter) -> Iterator[Finding]:
    """Parts that are there twice, that no such letter has, or that stand in another order."""
    keys = [part.key for part in parts]
    order = [part.key for part in expected.parts]
    for key in dict.fromkeys(keys):
        if keys.count(key) > 1:
            yield CATALOGUE.finding("LET-PART-TWICE", where=(key,))
        if key not in order:
            yield CATALOGUE.finding("LET-PART-UNKNOWN", where=(key,))
    known = list(dict.fromkeys(key for key in keys if key in order))
    if known != [key for key in order if key in known]:
        yield CATALOGUE.finding("LET-ORDER", where=tuple(known))


def _words(parts: Sequence[Part], expected: Letter) -> Iterator[Finding]:
    found = {part.key: part.text for part in parts}
    for part in expected.parts:
        text = found.get(part.key)
        if part.key == "remedies":
            yield from _remedies(text, part.text, expected.musts)
        elif part.locked:
            yield from _locked(part, text)
        elif text is None or not _holds_something(text, part.text):
            yield CATALOGUE.finding("LET-PART-MISSING" if text is None else "LET-PART-EMPTY", where=(part.key,))
    for key, text in found.items():
        if gaps := _GAP.findall(text):
            yield CATALOGUE.finding("LET-GAP", where=(key,), quotes=tuple(gaps))


def _locked(part: Part, text: str | None) -> Iterator[Finding]:
    if text is not None and _same(text, part.text):
        return
    if part.key in _BY_PART:
        yield CATALOGUE.finding(_BY_PART[part.key], where=(part.key,), expected=part.text, found=text or "（无）")
    elif text is None:
        yield CATALOGUE.finding("LET-PART-MISSING", where=(part.key,))
    else:
        yield CATALOGUE.finding("LET-LOCKED-CHANGED", where=(part.key,), expected=part.text)


def _remedies(text: str | None, expected: str, musts: tuple[str, ...]) -> Iterator[Finding]:
    if text is None or not text.strip():
        yield CATALOGUE.finding("LET-REMEDY-MISSING", where=("remedies",), expected=expected)
    elif not _same(text, expected):
        lacking = [must for must in musts if must not in text]
        if lacking:
            yield CATALOGUE.finding("LET-REMEDY-WRONG", where=("remedies",), quotes=tuple(lacking), expected=expected)
        else:
            yield CATALOGUE.finding("LET-LOCKED-CHANGED", where=("remedies",), expected=expected)


def _articles(parts: Sequence[Part], expected: Letter, kind: Kind, case: CaseFacts) -> Iterator[Finding]:
    """Whether the letter cites what it rests on; and for a reply, nothing that decides another outcome.

    What stands in a locked part as it was drafted may name any article: the applicant may have asked about one.
    """
    texts = [part.text for part in parts]
    cited = [(place, words) for text in texts for place, words in cited_in(text)]
    basis = basis_of(kind, case.facts, expected.on)
    for source in basis:
        instrument, article = resolve(source)
        place = place_of(source)
        named = (
            any(place == other for other, _ in cited)
            if place
            else any(instrument.number in text and article.label in text for text in texts)
        )
        if not named:
            yield CATALOGUE.finding("LET-ARTICLE-MISSING", article=f"《{instrument.title}》{article.label}")
    if not kind.outcome:
        return
    own = [place for place in map(place_of, (*basis, *kind.also)) if place]
    foreign = deciding_elsewhere(kind.key)
    drafted = {part.text for part in expected.parts if part.locked}
    edited = (part.text for part in parts if part.text not in drafted)
    for place, words in dict(found for text in edited for found in cited_in(text)).items():
        if not any(place.agrees_with(mine) for mine in own) and any(place.agrees_with(other) for other in foreign):
            yield CATALOGUE.finding("LET-ARTICLE-FOREIGN", quotes=(words,), outcome=kind.name)


def _same(text: str, expected: str) -> bool:
    """Word for word; the space that an editor leaves at the ends of lines is no word."""
    return _lines(text) == _lines(expected)


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.strip().splitlines()]


def _holds_something(text: str, expected: str) -> bool:
    """Whether an editable part says more than the words that introduce it (理由如下：)."""
    introduction = expected.partition("：")[0]
    rest = text.strip().removeprefix(introduction).strip("：:。 \n")
    return bool(rest)
