"""What changed between two contents, side by side: metadata field by field, the text line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal

from gongkai.office.publishing.body import text_of
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.labels import shown_values

_ALIKE = 0.4
"""Lines less alike than this are one line gone and another come: marking single characters would only confuse."""
_LONGEST_LINE = 2_000
"""Characters of a line that is compared character by character; the time grows with the square."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some characters of a line, and whether they are on both sides."""

    text: str
    is_common: bool


@dataclass(frozen=True, slots=True)
class Line:
    """A line on both sides; an empty side has no pieces."""

    kind: Literal["same", "changed", "removed", "added"]
    before: tuple[Piece, ...] = ()
    after: tuple[Piece, ...] = ()


@dataclass(frozen=True, slots=True)
class Changed:
    """A field whose value differs."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Differences:
    """Everything that differs. `lines` are those of the text, with a few unchanged ones around each change."""

    fields: tuple[Changed, ...]
    lines: tuple[Line, ...]

    def __bool__(self) -> bool:
        return bool(self.fields or self.lines)


def differences(before: Content, after: Content, *, around: int = 2) -> Differences:
    """What the second content says differently from the first."""
    old, new = shown_values(before), shown_values(after)
    fields = tuple(Changed(label, old[label], new[label]) for label in new if old[label] != new[label])
    lines = list(_lines(text_of(before.body).split("\n"), text_of(after.body).split("\n")))
    return Differences(fields, tuple(_near_changes(lines, around)))


def _lines(before: Sequence[str], after: Sequence[str]) -> Iterator[Line]:
    for kind, i1, i2, j1, j2 in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if kind == "equal":
            yield from (Line("same", _common(line), _common(line)) for line in before[i1:i2])
            continue
        gone, come = list(before[i1:i2]), list(after[j1:j2])
        while gone and come:
            yield from _pair(gone.pop(0), come.pop(0))
        yield from (Line("removed", before=(Piece(line, False),)) for line in gone)
        yield from (Line("added", after=(Piece(line, False),)) for line in come)


def _pair(old: str, new: str) -> Iterator[Line]:
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    if max(len(old), len(new)) > _LONGEST_LINE or matcher.ratio() < _ALIKE:
        yield Line("removed", before=(Piece(old, False),))
        yield Line("added", after=(Piece(new, False),))
        return
    left: list[Piece] = []
    right: list[Piece] = []
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if i1 < i2:
            left.append(Piece(old[i1:i2], kind == "equal"))
        if j1 < j2:
            right.append(Piece(new[j1:j2], kind == "equal"))
    yield Line("changed", tuple(left), tuple(right))


def _common(line: str) -> tuple[Piece, ...]:
    return (Piece(line, True),) if line else ()


def _near_changes(lines: list[Line], around: int) -> Iterator[Line]:
    kept = {
        near
        for number, line in enumerate(lines)
        if line.kind != "same"
        for near in range(max(0, number - around), min(len(lines), number + around + 1))
    }
    return (line for number, line in enumerate(lines) if number in kept)
