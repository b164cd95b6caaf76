"""Where in a text the words of a query stand, for showing it. Escaping is the screen's."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from gongkai.office.publishing.search.splitter import LONGEST_QUERY, Folded, fold, fold_in_place

LONGEST_TEXT = 300_000
"""Characters that are looked through for a passage; what is found only beyond them is shown without one."""
_BEFORE = 28
_PASSAGE = 96
_MOST_PIECES = 6
"""After so many pieces no further passage is added."""
_PIECE = 2000


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text; `is_match` when it is what was looked for."""

    text: str
    is_match: bool = False


@dataclass(frozen=True, slots=True)
class Span:
    """From where to where, in the text."""

    start: int
    end: int


def marked(text: str, wanted: Sequence[str]) -> tuple[Piece, ...]:
    """A whole text with the words marked.

    >>> marked("关于防　汛的通知", ["防汛"])
    (Piece(text='关于', is_match=False), Piece(text='防　汛', is_match=True), Piece(text='的通知', is_match=False))
    """
    return tuple(_pieces(text, spans(text, wanted), 0, len(text)))


def passages(text: str, wanted: Sequence[str]) -> tuple[Piece, ...]:
    """The passages of a long text that show the most of the words, with … where something is left out; or nothing."""
    shown: list[Piece] = []
    missing = list(wanted)
    while missing and len(shown) < _MOST_PIECES:
        best, found = _best(text, missing)
        if not found:
            break
        here = spans(best, wanted)
        shown += _window(best, here, min(span.start for span in spans(best, found)))
        missing = [word for word in missing if word not in found]
    return tuple(shown)


def beginning(text: str) -> tuple[Piece, ...]:
    """The first words of a text, when nothing in it was looked for."""
    line = " ".join(text.split())
    return (Piece(line[:_PASSAGE] + ("…" if len(line) > _PASSAGE else "")),) if line else ()


def spans(text: str, wanted: Sequence[str]) -> list[Span]:
    """Where the words stand, in order; what touches or overlaps is one."""
    folded = fold_in_place(text)
    found = sorted((span for word in wanted for span in _occurrences(folded, word)), key=lambda span: span.start)
    joined: list[Span] = []
    for span in found:
        if joined and span.start <= joined[-1].end:
            joined[-1] = Span(joined[-1].start, max(joined[-1].end, span.end))
        else:
            joined.append(span)
    return joined


def _occurrences(folded: Folded, word: str) -> Iterator[Span]:
    at = folded.text.find(word)
    while at >= 0:
        yield Span(folded.starts[at], folded.ends[at + len(word) - 1])
        at = folded.text.find(word, at + len(word))


def _stretches(text: str) -> Iterator[str]:
    """The paragraphs of a text; a very long one in overlapping stretches."""
    for line in text[:LONGEST_TEXT].split("\n"):
        for start in range(0, max(1, len(line)), _PIECE):
            yield line[start : start + _PIECE + LONGEST_QUERY].strip()


def _best(text: str, wanted: Sequence[str]) -> tuple[str, list[str]]:
    """The stretch with the most of the words, the first of them, and which those are."""
    best, most = "", list[str]()
    for stretch in _stretches(text):
        folded = fold(stretch)
        found = [word for word in wanted if word in folded]
        if len(found) > len(most):
            best, most = stretch, found
        if len(most) == len(wanted):
            break
    return best, most


def _window(text: str, found: list[Span], first: int) -> Iterator[Piece]:
    start = max(0, first - _BEFORE)
    end = min(len(text), start + _PASSAGE)
    if start:
        yield Piece("…")
    yield from _pieces(text, found, start, end)
    if end < len(text):
        yield Piece("…")


def _pieces(text: str, found: list[Span], start: int, end: int) -> Iterator[Piece]:
    at = start
    for span in found:
        if span.end <= start or span.start >= end:
            continue
        if span.start > at:
            yield Piece(text[at : span.start])
        yield Piece(text[max(at, span.start) : min(span.end, end)], is_match=True)
        at = min(span.end, end)
    if at < end:
        yield Piece(text[at:end])
