"""What belongs to the page and not to the text: page numbers and running titles.

Only the first and last lines of a page outside its ruled tables are looked at, so a dash in a cell is never a page number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from gongkai.documents.readers.pdf.lines import Line, segments

MARGIN = 0.11  # of the page height, at the top and at the bottom
_EDGE_LINES = 2
_MOST_PIECES = 3  # "-  3  -"; a line of more is a row of a table, even when it is all dashes and single figures

_DASH = r"[-\-－—–―─·•~～|]*"
_PAGE_NUMBER = re.compile(
    rf"{_DASH}(?:第?(?P<a>\d{{1,4}})页?{_DASH}[,，/／]?(?:共?\d{{1,4}}页?)?|[Pp]age(?P<b>\d+)(?:of\d+)?|[ivxIVX]{{1,6}}){_DASH}"
)
_DECORATED = re.compile(r"第.*页|[/／]|[-－—–―─·•].*[-－—–―─·•]|[Pp]age")


def body_lines(pages: Sequence[tuple[float, Sequence[Line]]]) -> list[list[Line]]:
    """The lines of each page without page numbers and running titles; each page is (height, lines from top to bottom)."""
    edges = [_edges(height, lines) for height, lines in pages]
    repeated = _repeated(edges, len(pages))
    offsets = Counter(
        number - page for page, lines in enumerate(edges, 1) for line in lines if (number := _number(line)) is not None
    )
    usual = {offset for offset, count in offsets.items() if count > 1 or len(pages) == 1}
    return [
        [line for line in lines if not (line in edges[page - 1] and _is_furniture(line, page, repeated, usual))]
        for page, (_, lines) in enumerate(pages, 1)
    ]


def _edges(height: float, lines: Sequence[Line]) -> list[Line]:
    """The outermost lines in the margins of a page, as far as a gap sets them apart from the text."""
    gaps = sorted(below.baseline - above.baseline for above, below in pairwise(lines)) or [0.0]
    leading = gaps[len(gaps) // 4]  # not the median: a page may have few lines of text beside its furniture
    top = _set_apart(lines[: _EDGE_LINES + 1], leading)
    bottom = _set_apart(lines[: -_EDGE_LINES - 2 : -1], leading)
    return [
        *(line for line in top if line.box[3] < MARGIN * height),
        *(line for line in bottom if line.box[1] > (1 - MARGIN) * height),
    ]


def _set_apart(outermost: Sequence[Line], leading: float) -> Sequence[Line]:
    """The lines up to the last gap that is wider than the text's own; all but the innermost when there is no text below."""
    for count in range(len(outermost) - 1, 0, -1):
        inner, outer = outermost[count], outermost[count - 1]
        gap = abs(inner.baseline - outer.baseline)
        if gap > 1.2 * leading or abs(inner.size - outer.size) > 0.1 * inner.size:
            return outermost[:count]
    return outermost[:_EDGE_LINES] if len(outermost) <= _EDGE_LINES else ()


def _is_furniture(line: Line, page: int, repeated: set[tuple[str, int]], usual: set[int]) -> bool:
    if len(segments(line)) > _MOST_PIECES:
        return False
    if _key(line) in repeated:
        return True
    text = _squeezed(line)
    if _PAGE_NUMBER.fullmatch(text) is None:
        return False
    number = _number(line)
    return bool(_DECORATED.search(text)) or number is None or number - page in usual


def _number(line: Line) -> int | None:
    match = _PAGE_NUMBER.fullmatch(_squeezed(line))
    digits = match and (match["a"] or match["b"])
    return int(digits) if digits else None


def _repeated(edges: Sequence[Sequence[Line]], page_count: int) -> set[tuple[str, int]]:
    """Lines that say the same, numbers apart, at the same height on at least two pages and a third of all pages."""
    counts = Counter(key for lines in edges for key in {_key(line) for line in lines})
    return {key for key, count in counts.items() if count >= max(2, page_count / 3)}


def _key(line: Line) -> tuple[str, int]:
    return re.sub(r"\d+", "0", _squeezed(line)), round(line.baseline / 6)


def _squeezed(line: Line) -> str:
    return re.sub(r"\s", "", line.text)
