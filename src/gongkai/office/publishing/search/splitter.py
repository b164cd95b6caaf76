"""The one way search sees a text: folded to the characters that count, and split into pairs of them.

Everything that is compared is folded by `fold`: a word is found in a text exactly when the folded word is part of the
folded text. Every engine must give that answer (tests/office/publishing/search/ compare it with a plain scan); the
pairs of `pairs` are how it gets there without scanning. Two characters are the least that can be looked for.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from gongkai.office.publishing.search.traditional import SIMPLIFIED
from gongkai.regulation.disclosure.document_number import document_numbers_in

BREAK = "\n"
"""What stands in a folded text where a sentence, a paragraph or a field ends: words do not run on across it."""
LONGEST_QUERY = 120
"""Characters of a query that are looked at; more is not a search but a text."""
MOST_WORDS = 8

_SENTENCE_ENDS = "。！？；!?;\n\r\v\f\u0085\u2028\u2029"
_CLOSING_BRACKETS = "〕])】﹞〗}>》"
_KEPT = {character: character for character in ". "}
_CONTEXT = 12
"""Characters before and after a document number in unusual spelling that are indexed with its usual spelling."""

# A single break stays what it is, and most joints are one: left alone.
_JOINT = re.compile(r"\n[\n 〕.]+|[ 〕.][\n 〕.]*")
_BRACKETS = re.escape(f"{_CLOSING_BRACKETS}］）＞》】")
# Every match begins with one of few characters, said first: the machine then looks for those alone, three times as fast.
_UNUSUAL = re.compile(rf"[\d{_BRACKETS}](?:(?<=\d)\s*年\s*[{_BRACKETS}]|(?<=[{_BRACKETS}])\s*[第0０])")
_DIGITS = frozenset("0123456789")
_ASCII = frozenset("0123456789abcdefghijklmnopqrstuvwxyz")


class _Characters(dict[int, str]):
    """What becomes of a character; worked out when it is first met. Each for itself, so that a part folds like the whole."""

    def __missing__(self, code: int) -> str:
        # Taken apart rather than put together: a letter and its accent are the same whether they are one character or two.
        plain = unicodedata.normalize("NFKD", chr(code)).casefold()
        self[code] = made = "".join(_folded(each) for each in unicodedata.normalize("NFKD", plain))
        return made


def _folded(character: str) -> str:
    if character in _SENTENCE_ENDS:
        return BREAK
    if character in _CLOSING_BRACKETS:
        return "〕"
    if character.isspace():
        return " "
    if character.isalnum():
        return SIMPLIFIED.get(character, character)
    return _KEPT.get(character, "")


_CHARACTERS = _Characters()
_HAN = "".join(each for each in map(chr, range(0x4E00, 0x9FA6)) if each not in SIMPLIFIED)
_OTHERS = re.compile(f"([^0-9a-z{_HAN}]+)")
"""Runs of characters that are not simply themselves: nine of ten are, and need not be looked up."""


@lru_cache(maxsize=4096)
def _made_of(others: str) -> str:
    """What becomes of a run of other characters."""
    return others.translate(_CHARACTERS)


def _translated(text: str) -> str:
    parts = _OTHERS.split(text)
    parts[1::2] = map(_made_of, parts[1::2])
    return "".join(parts)


def fold(text: str) -> str:
    """A text as search compares it: no case, width, accents or traditional forms, no punctuation within a sentence.

    Letters, digits and Han characters stay. Space stays only between two Latin words, a point only inside a number or
    an address, a closing bracket only between two digits (so that 〔2020〕18号 is not 〔20201〕8号). The end of a sentence is `BREAK`.
    >>> fold("《青溪县　政府信息公开　办法》（２０２４年版）")
    '青溪县政府信息公开办法2024年版'
    >>> fold("青政办【2020】8 号") == fold("青政办〔2020〕8号") == "青政办2020〕8号"
    True
    """
    return _JOINT.sub(_joint, _translated(text)).strip(BREAK)


def _joint(found: re.Match[str]) -> str:
    run, text = found.group(), found.string
    if BREAK in run:
        return BREAK
    before = text[found.start() - 1] if found.start() else ""
    after = text[found.end()] if found.end() < len(text) else ""
    if "〕" in run:
        return "〕" if before in _DIGITS and after in _DIGITS else ""
    if before in _ASCII and after in _ASCII:
        return " " if " " in run else "." if run == "." else ""
    return ""


def fold_document(text: str) -> str:
    """A text of a document, folded; its document numbers in unusual spelling (第08号) can be found in the usual one too.

    >>> fold_document("见青政办〔2020〕第08号")
    '见青政办2020第08号\\n见青政办2020〕8号'
    """
    folded = fold(text)
    usual = []
    for number in document_numbers_in(text) if _UNUSUAL.search(text) else ():
        if number.is_marked and fold(text[number.start : number.end]) != fold(number.text):
            start, end = max(0, number.start - _CONTEXT), number.end + _CONTEXT
            usual.append(fold(text[start : number.start] + number.text + text[number.end : end]))
    return BREAK.join([folded, *dict.fromkeys(usual)])


@dataclass(frozen=True, slots=True)
class Words:
    """What a query asks for: every one of `wanted` (folded, two characters or more); `too_short` could not be looked for.

    `is_cut` says that the query was longer than is looked at.
    """

    wanted: tuple[str, ...] = ()
    too_short: tuple[str, ...] = ()
    is_cut: bool = False


def words(query: str) -> Words:
    """The words of a query: what stands between spaces. Single characters that are all there is belong together.

    >>> words("青政办[2020]8  防汛 的")
    Words(wanted=('青政办2020〕8号', '防汛'), too_short=('的',), is_cut=False)
    >>> words("公 开").wanted
    ('公开',)
    """
    asked = [word for word in (fold(each) for each in _with_usual_numbers(query[:LONGEST_QUERY]).split()) if word]
    short = [word for word in asked if len(word) == 1]
    if len(asked) > 1 and len(short) == len(asked):
        asked, short = ["".join(asked)], []
    long = list(dict.fromkeys(word for word in asked if len(word) > 1))
    # What is part of another word is found with it.
    wanted = [word for word in long if not any(word in other for other in long if other != word)]
    return Words(
        tuple(wanted[:MOST_WORDS]),
        tuple(dict.fromkeys(short)),
        len(query.strip()) > LONGEST_QUERY or len(wanted) > MOST_WORDS,
    )


def _with_usual_numbers(query: str) -> str:
    """The query with its document numbers in the usual spelling; where 号 is missing at the end of a word, with it."""
    made, last = [], 0
    for number in document_numbers_in(query):
        if number.is_marked or not query[number.end :].lstrip() or query[number.end].isspace():
            made += [query[last : number.start], number.text]
            last = number.end
    return "".join([*made, query[last:]])


def pairs(folded: str) -> Iterator[str]:
    """Each two neighbouring characters of a folded text.

    >>> list(pairs("公开a1"))
    ['公开', '开a', 'a1']
    """
    return map(str.__add__, folded, folded[1:])


@dataclass(frozen=True, slots=True)
class Folded:
    """A folded text that knows where each of its characters comes from: `starts` and `ends` in the text itself."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]


def fold_in_place(text: str) -> Folded:
    """As `fold`, keeping for each character where it stood; for showing what was found. Breaks at the ends stay."""
    made = [_CHARACTERS[ord(character)] for character in text]
    places = [(at, at + 1) for at, characters in enumerate(made) for _ in characters]
    normal, kept, kept_places, last = "".join(made), [], [], 0
    for found in _JOINT.finditer(normal):
        kept.append(normal[last : found.start()])
        kept_places += places[last : found.start()]
        if joint := _joint(found):
            kept.append(joint)
            kept_places.append(places[found.start()])
        last = found.end()
    kept.append(normal[last:])
    kept_places += places[last:]
    return Folded("".join(kept), tuple(start for start, _ in kept_places), tuple(end for _, end in kept_places))
