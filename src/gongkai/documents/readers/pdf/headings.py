"""The header of a table without drawn lines: the names of its columns, and the groups they stand under."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations, pairwise

from gongkai.documents.readers.pdf.stacking import SLACK, Stack

Band = tuple[float, float]


@dataclass(frozen=True, slots=True)
class HeadCell:
    """A header cell over the columns of numbers, which are counted from 0."""

    stack: Stack
    row: int
    column: int
    row_span: int
    column_span: int


@dataclass(frozen=True, slots=True)
class Heading:
    """Header cells, and the column that each band of numbers is."""

    cells: tuple[HeadCell, ...]
    columns: tuple[int, ...]
    rows: int

    @property
    def column_count(self) -> int:
        return max(cell.column + cell.column_span for cell in self.cells)


def heading(cells: Sequence[Stack], bands: Sequence[Band]) -> Heading | None:
    """The header over the bands that the numbers stand in; None when it isn't certain which name is whose."""
    groups = [cell for cell in cells if any(_is_above(cell, other) for other in cells)]
    leaves = sorted((cell for cell in cells if cell not in groups), key=lambda cell: cell.left)
    if not leaves or any(left.right > right.left + SLACK for left, right in pairwise(leaves)):
        return None
    columns = _columns(leaves, bands)
    if columns is None:
        return None
    spans = _spans(groups, leaves) or []
    if not spans and len({leaf.text for leaf in leaves}) < len(leaves):
        return None  # names that come twice mean nothing without their groups; others do, and uncertain groups are left out
    return _arranged(leaves, spans, columns)


def _is_above(cell: Stack, other: Stack) -> bool:
    return cell.bottom < other.top and cell.overlaps(other)


def _columns(leaves: Sequence[Stack], bands: Sequence[Band]) -> tuple[int, ...] | None:
    """Which leaf each band stands under. With as many names as bands they go in order, if no band is under another's name;
    a column without numbers shows as a name that no band stands under, and then every band must stand under one."""
    under = [[n for n, leaf in enumerate(leaves) if leaf.left < right and left < leaf.right] for left, right in bands]
    if len(leaves) == len(bands):
        return tuple(range(len(bands))) if all(names in ([], [n]) for n, names in enumerate(under)) else None
    if len(leaves) < len(bands) or any(len(names) != 1 for names in under):
        return None
    places = tuple(names[0] for names in under)
    return places if len(set(places)) == len(places) else None


@dataclass(frozen=True, slots=True)
class _Span:
    group: Stack
    first: int
    end: int

    def holds(self, other: _Span) -> bool:
        return self.first <= other.first and other.end <= self.end and self.group.bottom < other.group.top


def _spans(groups: Sequence[Stack], leaves: Sequence[Stack]) -> list[_Span] | None:
    """The columns of each group, None when they aren't certain. A group is set flush with its first column or in the middle
    of all its columns."""
    for spans in (_centred(groups, leaves), _flush(groups, leaves)):
        several = spans and all(span.end - span.first > 1 for span in spans)
        if several and all(_fit(one, other) for one, other in combinations(spans or (), 2)):
            return spans
    return None


def _fit(one: _Span, other: _Span) -> bool:
    """Whether two groups have no column in common, or one stands under the other."""
    return one.end <= other.first or other.end <= one.first or one.holds(other) or other.holds(one)


def _flush(groups: Sequence[Stack], leaves: Sequence[Stack]) -> list[_Span] | None:
    """Groups set flush with their first columns: each goes on to the next beside it, or to a name as high as itself."""
    starts = [
        next((n for n, leaf in enumerate(leaves) if abs(leaf.left - group.left) < 2 * SLACK), None) for group in groups
    ]
    lowest = _lowest(leaves)
    spans = []
    for group, start in zip(groups, starts, strict=True):
        if start is None:
            return None
        beside = (
            s
            for other, s in zip(groups, starts, strict=True)
            if s is not None and s > start and other.top <= group.bottom
        )
        end = min(beside, default=len(leaves))
        if not any(
            s in range(start, end) and other.top > group.bottom for other, s in zip(groups, starts, strict=True)
        ):
            end = next((n for n in range(start, end) if not lowest[n]), end)
        if end == start:
            return None
        spans.append(_Span(group, start, end))
    return spans


def _centred(groups: Sequence[Stack], leaves: Sequence[Stack]) -> list[_Span] | None:
    """Groups set over the middle of their columns: the lowest take all names of the last row between them, and the others
    as much around those as has them in its middle."""
    inner = [group for group in groups if not any(_is_above(group, other) for other in groups)]
    # One that is wide apart from the groups below it stands above none of them.
    for chosen in (inner, *([other for other in inner if other is not group] for group in inner)):
        spans = _tiled(chosen, leaves)
        if spans is not None:
            break
    else:
        return None
    for group in sorted((g for g in groups if all(span.group is not g for span in spans)), key=lambda g: -g.bottom):
        around = [
            span
            for first in range(len(leaves))
            for end in range(len(leaves), first, -1)
            if _has_in_middle(leaves[first:end], group)
            and all(_fit(span := _Span(group, first, end), other) for other in spans)
        ]
        if not around:
            return None
        spans.append(max(around, key=lambda span: span.end - span.first))
    return spans


def _tiled(groups: Sequence[Stack], leaves: Sequence[Stack]) -> list[_Span] | None:
    lowest = [n for n, low in enumerate(_lowest(leaves)) if low]
    if not groups or lowest != list(range(lowest[0], lowest[-1] + 1)):
        return None
    spans, start = [], lowest[0]
    for group in sorted(groups, key=lambda group: group.left):
        end = next((n for n in range(start + 1, lowest[-1] + 2) if _has_in_middle(leaves[start:n], group)), None)
        if end is None:
            return None
        spans.append(_Span(group, start, end))
        start = end
    return spans if start == lowest[-1] + 1 else None


def _has_in_middle(leaves: Sequence[Stack], group: Stack) -> bool:
    return abs((leaves[0].middle + leaves[-1].middle) / 2 - group.middle) < 0.5 * group.size


def _lowest(leaves: Sequence[Stack]) -> list[bool]:
    """Which names stand in the last row of the header; one that is as high as the header has several rows stands higher."""
    centre, top = max(leaf.centre for leaf in leaves), max(leaf.top for leaf in leaves)
    return [centre - leaf.centre < 0.3 * leaf.size or top - leaf.top < 0.3 * leaf.size for leaf in leaves]


def _arranged(leaves: Sequence[Stack], spans: Sequence[_Span], columns: tuple[int, ...]) -> Heading:
    depths = {id(span): sum(other.holds(span) for other in spans) for span in spans}
    rows = max(depths.values(), default=-1) + 2
    lowest = _lowest(leaves)
    cells = []
    for span in spans:
        row = depths[id(span)]
        below = min((depths[id(other)] for other in spans if span.holds(other)), default=rows - 1)
        cells.append(HeadCell(span.group, row, span.first, below - row, span.end - span.first))
    for n, leaf in enumerate(leaves):
        over = [span for span in spans if span.first <= n < span.end]
        row = rows - 1 if lowest[n] else max((depths[id(span)] + 1 for span in over), default=0)
        cells.append(HeadCell(leaf, row, n, rows - row, 1))
    return Heading(tuple(cells), columns, rows)
