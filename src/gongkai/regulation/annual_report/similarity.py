"""Passages copied from last year's report or from a sibling's: a copy-paste report is an offence (条例第四十七条).

Sentences are compared as sets of overlapping eight-character pieces, with years, numbers, punctuation and titles of
documents left out and the standard sentences of the form ignored. Only this report is indexed; the others are read one
after another, so time grows with their text and memory stays that of one report.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from decimal import Decimal

from gongkai.regulation.annual_report.report import Narrative, Passage, Report
from gongkai.regulation.annual_report.wording import fold, sentences, squeeze
from gongkai.regulation.finding import Finding

PIECE = 8  # characters; shorter runs are the common stock of official language
SHORTEST = 20  # characters a sentence must have, numbers and punctuation not counted, to be called copied
COPIED = 0.8  # share of a sentence's pieces that must stand in the other report
MOSTLY = Decimal("0.6")  # share of the compared words above which the report as a whole is a copy
SHOWN = 60  # characters of a copied passage that a message repeats; the whole of it is among the quotes
LEAST_COMPARED = 200  # characters; below that a whole report is too short to be called a copy

_IGNORED = re.compile(r"《[^》]*》|〔[^〕]*〕|[0-9０-９〇零一二三四五六七八九十百千万亿两]+|[^一-鿿]+")
_STANDARD = re.compile(
    r"^(?:我[局办委厅镇乡县区市])?(?:本报告|报告)(?:由|中|是|根据|依据|按照)|统计期限|如对本报告|本列数据的勾稽关系|无其他需要报告的事项|没有其他需要报告"
    r"|^其他需要报告的事项|收取信息处理费|信息处理费|中华人民共和国政府信息公开条例.{0,20}规定"
)
_COMMON = re.compile(
    "以习近平新时代中国特色社会主义思想为指导|(?:全面|深入|认真)?(?:学习)?贯彻(?:落实)?党的.{0,4}大(?:和.{0,12}全会)?精神|"
    "中华人民共和国政府信息公开条例|以公开为常态不公开为例外|国务院办公厅政府信息与政务公开办公室"
)


@dataclass(slots=True)
class _Sentence:
    """A sentence of this report: its passage, its size, its pieces, and which others hold it."""

    passage: int
    text: str
    size: int
    pieces: frozenset[str]
    held_by: list[int] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Place:
    passage: Passage
    section: str


def similar_passages(report: Report, others: Sequence[tuple[str, Report]]) -> list[Finding]:
    """What this report shares with others, each given with the name to call it by.

    COPY-REPORT (error) for every other that holds most of the narrative, COPY-PASSAGE (warning) for every passage with
    copied sentences, naming the other that holds most of it, its place there, and how many others hold it too.
    `shared_fraction` among the values is the share of the compared words that is copied, from 0 to 1.
    """
    if not others:
        return []
    places = list(_places(report.narrative))
    own = list(_sentences(places))
    copied_by_other: dict[int, int] = {}
    for index, (_, other) in enumerate(others):
        pieces = _all_pieces(other.narrative)
        for sentence in own:
            if len(sentence.pieces & pieces) >= COPIED * len(sentence.pieces):
                sentence.held_by.append(index)
                copied_by_other[index] = copied_by_other.get(index, 0) + sentence.size
    compared = sum(sentence.size for sentence in own)
    return [
        *_whole_reports(compared, copied_by_other, others),
        *(_passage_finding(place, group, others) for place, group in _copied_passages(places, own)),
    ]


def _places(narrative: Narrative) -> Iterator[_Place]:
    for section, passages in narrative.sections.items():
        for passage in passages:
            if not passage.level:
                yield _Place(passage, section)


def _sentences(places: Sequence[_Place]) -> Iterator[_Sentence]:
    for index, place in enumerate(places):
        for sentence in sentences(squeeze(place.passage.text)):
            words = _comparable(sentence)
            if len(words) >= SHORTEST:
                yield _Sentence(index, sentence, len(words), frozenset(_pieces(words)))


def _comparable(sentence: str) -> str:
    """The words of a sentence that can be copied: no numbers, marks or titles, nothing the form itself says."""
    folded = fold(sentence)
    if _STANDARD.search(folded):
        return ""
    return _COMMON.sub("", _IGNORED.sub("", folded))


def _pieces(words: str) -> list[str]:
    return [words[start : start + PIECE] for start in range(len(words) - PIECE + 1)]


def _all_pieces(narrative: Narrative) -> set[str]:
    return {piece for place in _places(narrative) for piece in _pieces_of(place)}


def _pieces_of(place: _Place) -> Iterator[str]:
    for sentence in sentences(squeeze(place.passage.text)):
        yield from _pieces(_comparable(sentence))


def _whole_reports(
    compared: int, copied_by_other: dict[int, int], others: Sequence[tuple[str, Report]]
) -> Iterator[Finding]:
    for index, size in sorted(copied_by_other.items(), key=lambda item: -item[1]):
        fraction = Decimal(size) / Decimal(compared)
        if compared >= LEAST_COMPARED and fraction >= MOSTLY:
            name = others[index][0]
            shared = f"{fraction:.2f}"
            values = {"other": name, "shared_fraction": shared, "percent": f"{fraction:.0%}"}
            yield Finding("COPY-REPORT", "error", left=Decimal(shared), right=MOSTLY, values=values)


def _copied_passages(places: Sequence[_Place], own: Sequence[_Sentence]) -> Iterator[tuple[_Place, list[_Sentence]]]:
    groups: dict[int, list[_Sentence]] = {}
    for sentence in own:
        groups.setdefault(sentence.passage, []).append(sentence)
    for index, group in groups.items():
        if any(sentence.held_by for sentence in group):
            yield places[index], group


def _passage_finding(place: _Place, group: list[_Sentence], others: Sequence[tuple[str, Report]]) -> Finding:
    shared: dict[int, int] = {}
    for sentence in group:
        for other in sentence.held_by:
            shared[other] = shared.get(other, 0) + sentence.size
    source = max(shared, key=lambda other: (shared[other], -other))
    copied = [sentence for sentence in group if source in sentence.held_by]
    name, report = others[source]
    there = _where_it_stands(copied, report.narrative)
    fraction = shared[source] / sum(sentence.size for sentence in group)
    text = "".join(sentence.text for sentence in copied)
    return Finding(
        "COPY-PASSAGE",
        "warning",
        values={
            "other": name,
            "copied": text if len(text) <= SHOWN else f"{text[:SHOWN]}…",
            "section": place.section,
            "place": place.passage.where,
            "other_place": there.where if there else "",
            "shared_fraction": f"{fraction:.2f}",
            "percent": f"{fraction:.0%}",
            "others": str(len(shared)),
            "characters": str(shared[source]),
        },
        where=tuple(where for where in (place.passage.where, there.where if there else "") if where),
        quotes=(text, there.text if there else ""),
    )


def _where_it_stands(copied: Sequence[_Sentence], narrative: Narrative) -> Passage | None:
    """The passage of the other report that holds most of what was copied."""
    wanted = frozenset(piece for sentence in copied for piece in sentence.pieces)
    best, found = 0, None
    for place in _places(narrative):
        shared = len(wanted & set(_pieces_of(place)))
        if shared > best:
            best, found = shared, place.passage
    return found
