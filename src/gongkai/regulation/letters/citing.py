"""Articles in a letter: how the basis is written, and which articles a text cites."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import groupby

from gongkai.regulation.law import law_on, resolve
from gongkai.regulation.letters.facts import FactValue
from gongkai.regulation.letters.kinds import Kind, chosen, kinds

REGULATION = "ogi-2019"

_NUMERAL = r"[一二三四五六七八九十百零〇\d]+"
_ITEM = rf"第?[（(]?{_NUMERAL}[）)]?"
_CITATION = re.compile(
    rf"《(?P<title>[^》]*)》|(?P<short>条例)?(?:第|(?<=[、和及与]))(?P<article>{_NUMERAL})条"
    rf"(?:第(?P<paragraph>{_NUMERAL})款)?(?:(?P<items>{_ITEM}(?:[、和及至]?{_ITEM})*)项)?"
)
_DIGITS = {**{digit: value for value, digit in enumerate("零一二三四五六七八九")}, "〇": 0}


@dataclass(frozen=True, slots=True)
class Cited:
    """A place in the disclosure regulation: article, and the paragraph (款) and item (项) if they are named."""

    article: int
    paragraph: int | None = None
    item: int | None = None

    def agrees_with(self, other: Cited) -> bool:
        """Whether both may mean the same place: where both name a paragraph or an item, it is the same one."""
        pairs = (self.paragraph, other.paragraph), (self.item, other.item)
        return self.article == other.article and all(None in pair or pair[0] == pair[1] for pair in pairs)


def basis_of(kind: Kind, facts: Mapping[str, FactValue], on: date) -> tuple[str, ...]:
    """The sources a letter of this kind rests on with these facts, each once; `@key` is what sets a parameter on that day."""
    sources = list(kind.basis)
    for fact, by in kind.basis_by.items():
        for choice in chosen(facts.get(fact)):
            sources += by.get(choice, ())
    return tuple(dict.fromkeys(_dated(source, on) for source in sources))


def written(sources: Sequence[str]) -> str:
    """Sources as a letter cites them: the title once, its articles after it.

    >>> written(["ogi-2019#36-3", "ogi-2019#14"])
    '《中华人民共和国政府信息公开条例》第三十六条第（三）项、第十四条'
    >>> written(["fee-measure-2020#6"])
    '《政府信息公开信息处理费管理办法》（国办函〔2020〕109号）第六条'
    """
    parts = []
    for _, group in groupby(map(resolve, sources), key=lambda found: found[0].key):
        found = list(group)
        instrument = found[0][0]
        # Laws and regulations are known by their titles; a notice is found by its number.
        number = f"（{instrument.number}）" if "函" in instrument.number else ""
        title = instrument.title.replace("《", "〈").replace("》", "〉")
        parts.append(f"《{title}》{number}{'、'.join(article.label for _, article in found)}")
    return "，".join(parts)


def cited_in(text: str) -> Iterator[tuple[Cited, str]]:
    """The places of the disclosure regulation that a text cites, each with the words that do.

    An article belongs to the title named last before it in the text, and to the regulation where none is named.
    >>> [place for place, _ in cited_in("依据《条例》第三十六条第（三）项；《保守国家秘密法》第十条")]
    [Cited(article=36, paragraph=None, item=3)]
    """
    in_regulation = True
    for found in _CITATION.finditer(text):
        if found["title"] is not None:
            in_regulation = found["title"] == "条例" or found["title"].endswith("政府信息公开条例")
        elif in_regulation or found["short"]:
            for place in _places(found):
                yield place, found[0]


def place_of(source: str) -> Cited | None:
    """The place a source names, None when it is not in the disclosure regulation.

    >>> place_of("ogi-2019#16-2")
    Cited(article=16, paragraph=2, item=None)
    """
    instrument, article = resolve(source)
    return next((place for place, _ in cited_in(article.label)), None) if instrument.key == REGULATION else None


@cache
def deciding_elsewhere(reply: str) -> frozenset[Cited]:
    """The places that decide other outcomes than the one a reply (a key of `kinds`) is for."""
    others = (other for other in kinds().values() if other.outcome and other.key != reply)
    return frozenset(place for other in others for place in map(place_of, _every_basis(other)) if place)


def _every_basis(kind: Kind) -> Iterator[str]:
    yield from (source for source in kind.basis if not source.startswith("@"))
    for by in kind.basis_by.values():
        for sources in by.values():
            yield from sources


def _dated(source: str, on: date) -> str:
    return law_on(on).parameter(source[1:]).source if source.startswith("@") else source


def _places(found: re.Match[str]) -> Iterator[Cited]:
    """The place of a citation; one for each item where it names several (第（三）、（四）项)."""
    paragraph = _number(found["paragraph"]) if found["paragraph"] else None
    for item in re.findall(_NUMERAL, found["items"] or "") or [None]:
        yield Cited(_number(found["article"]), paragraph, _number(item) if item else None)


def _number(numeral: str) -> int:
    """A numeral of an article, up to ninety-nine in Chinese.

    >>> _number("三十六"), _number("十"), _number("14")
    (36, 10, 14)
    """
    if numeral.isdecimal():
        return int(numeral)
    tens, ten, ones = numeral.partition("十")
    if not ten:
        return int("".join(str(_DIGITS.get(digit, 0)) for digit in numeral))
    return 10 * _DIGITS.get(tens, 1) + _DIGITS.get(ones, 0)
