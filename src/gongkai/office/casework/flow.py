"""The way of an application as a drawing: one for wide screens and paper, one for phones, from the same steps.

SVG in the page itself, coloured by the page's style sheet, so that it follows contrast and print; no script, no style
attribute. Whoever can't see it reads the same steps as a list beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape

from gongkai.office.casework.guide import Step

_GAP = 14
_PAD = 14
_BETWEEN = 6
_NO_LINE_START = "，。、；：！？）》”’"


@dataclass(frozen=True, slots=True)
class _Sizes:
    """Of one drawing, in its own units (pixels of a screen it just fits)."""

    width: int
    box: int
    name: int
    text: int
    figure: int

    @property
    def line(self) -> int:
        return round(self.text * 1.5)


_WIDE = _Sizes(width=1120, box=204, name=19, text=15, figure=34)
_NARROW = _Sizes(width=343, box=343, name=19, text=16, figure=34)
_INDENT = 34


def wide(steps: Sequence[Step]) -> str:
    """The steps side by side, what may come in between below them."""
    sizes = _WIDE
    gap = (sizes.width - sizes.box * len(steps)) // (len(steps) - 1)
    top = max(_height(step, sizes.box, sizes) for step in steps)
    parts, bottom = [], top
    for place, step in enumerate(steps):
        left = place * (sizes.box + gap)
        parts.append(_box(step, left, 0, sizes.box, top, sizes))
        if place:
            parts.append(_arrow([(left - gap + 2, 36), (left - 3, 36)]))
        below = top + 28
        for aside in step.asides:
            height = _height(aside, sizes.box, sizes)
            parts.append(
                _line(
                    [
                        (left + sizes.box // 2, below - 28 if aside is step.asides[0] else below - _GAP),
                        (left + sizes.box // 2, below),
                    ]
                )
            )
            parts.append(_box(aside, left, below, sizes.box, height, sizes))
            bottom = max(bottom, below + height)
            below += height + _GAP
    return _drawing("flow-wide", sizes.width, bottom, steps, parts)


def narrow(steps: Sequence[Step]) -> str:
    """The steps one below the other, what may come in between indented beneath its step."""
    sizes = _NARROW
    parts, top = [], 0
    for place, step in enumerate(steps):
        if place:
            parts.append(_arrow([(16, top - 26), (16, top - 3)]))
        height = _height(step, sizes.box, sizes)
        parts.append(_box(step, 0, top, sizes.box, height, sizes))
        from_, top = top + height, top + height
        for aside in step.asides:
            top += _GAP
            height = _height(aside, sizes.box - _INDENT, sizes)
            parts.append(_line([(16, from_), (16, top + 24), (_INDENT, top + 24)]))
            parts.append(_box(aside, _INDENT, top, sizes.box - _INDENT, height, sizes))
            from_, top = top + 24, top + height
        if step.asides and step is not steps[-1]:
            parts.append(_line([(16, from_), (16, top + 4)]))
        top += 28
    return _drawing("flow-narrow", sizes.width, top - 28, steps, parts)


def _drawing(key: str, width: int, height: int, steps: Sequence[Step], parts: Iterable[str]) -> str:
    described = "；".join(f"{step.number}. {step.name}" for step in steps)
    return (
        f'<svg class="flow {key}" viewBox="-1 -1 {width + 2} {height + 2}" role="img" aria-labelledby="{key}-title {key}-desc">'
        f'<title id="{key}-title">依申请公开流程图</title>'
        f'<desc id="{key}-desc">{escape(described)}。每一步的期限和依据见图后的文字说明。</desc>'
        f"{''.join(parts)}</svg>"
    )


def _box(step: Step, left: int, top: int, width: int, height: int, sizes: _Sizes) -> str:
    kind = "step" if step.number else "aside"
    parts = [f'<rect class="flow-{kind}" x="{left}" y="{top}" width="{width}" height="{height}" rx="4"/>']
    x, y = left + _PAD, top + _PAD + sizes.name
    name_at = x
    if step.number:
        parts.append(f'<circle class="flow-number" cx="{x + 13}" cy="{y - 6}" r="13"/>')
        parts.append(
            f'<text class="flow-count" x="{x + 13}" y="{y}" font-size="{sizes.text}" text-anchor="middle">{step.number}</text>'
        )
        name_at += 36
    size = sizes.name if step.number else sizes.name - 2
    parts.append(f'<text class="flow-name" x="{name_at}" y="{y}" font-size="{size}">{escape(step.name)}</text>')
    if step.figure is not None:
        y += sizes.figure + 12
        parts.append(
            f'<text class="flow-figure" x="{x}" y="{y}" font-size="{sizes.figure}">{step.figure}'
            f'<tspan class="flow-unit" dx="4" font-size="{sizes.text}">{escape(step.unit)}</tspan></text>'
        )
    y += 8 - _BETWEEN
    for paragraph in _wrapped(step.lines, width, sizes):
        y += _BETWEEN
        for line in paragraph:
            y += sizes.line
            parts.append(f'<text class="flow-text" x="{x}" y="{y}" font-size="{sizes.text}">{escape(line)}</text>')
    return "".join(parts)


def _height(step: Step, width: int, sizes: _Sizes) -> int:
    figure = sizes.figure + 12 if step.figure is not None else 0
    paragraphs = _wrapped(step.lines, width, sizes)
    text = sum(len(paragraph) for paragraph in paragraphs) * sizes.line + (len(paragraphs) - 1) * _BETWEEN
    return _PAD + sizes.name + figure + 8 + text + _PAD


def _wrapped(lines: Sequence[str], width: int, sizes: _Sizes) -> list[list[str]]:
    """Each line as lines that fit between the borders of a box: SVG does not break them itself."""
    room = (width - 2 * _PAD) / sizes.text
    return [_broken(line, room) for line in lines]


def _broken(line: str, room: float) -> list[str]:
    """A line cut into pieces no wider than `room` full-width characters; no piece begins with closing punctuation.

    >>> _broken("收到补正后，期限重新计算", 5)
    ['收到补正', '后，期限重', '新计算']
    """
    pieces, current, used = [], "", 0.0
    for character in line:
        # Punctuation at the end of a full line hangs into the margin.
        advance = 0.55 if character.isascii() else 1.0
        if used + advance > room and current:
            if character in _NO_LINE_START:
                pieces.append(current[:-1])
                current, used = current[-1], 1.0
            else:
                pieces.append(current)
                current, used = "", 0.0
            current = current.lstrip()
        current += character
        used += advance
    return [*pieces, current] if current else pieces


def _line(points: Sequence[tuple[int, int]]) -> str:
    return f'<polyline class="flow-branch" points="{" ".join(f"{x},{y}" for x, y in points)}"/>'


def _arrow(points: Sequence[tuple[int, int]]) -> str:
    """A line with a head at its end, drawn along the last stretch."""
    (x0, _), (x1, y1) = points[-2:]
    across = x1 != x0
    head = [(x1 - 8, y1 - 6), (x1, y1), (x1 - 8, y1 + 6)] if across else [(x1 - 6, y1 - 8), (x1, y1), (x1 + 6, y1 - 8)]
    line = " ".join(f"{x},{y}" for x, y in points)
    return (
        f'<polyline class="flow-way" points="{line}"/>'
        f'<polyline class="flow-way" points="{" ".join(f"{x},{y}" for x, y in head)}"/>'
    )
