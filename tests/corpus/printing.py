"""From a truth to the printed report: title, preamble, six sections, tables."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from tests.corpus import prose
from tests.corpus.grids import (
    STATUTORY,
    Style,
    applications_grid,
    article_grids,
    remedies_grids,
    stacked,
    title_row,
    widened,
)
from tests.corpus.layout import Block, Line, Printed
from tests.corpus.truth import Truth


def printed(report: Truth, style: Style = STATUTORY, seed: str = "") -> Printed:
    """The report as its agency would publish it, in a style."""
    return Printed(
        tuple(_blocks(report, style, Random(seed))),
        dict(report.cells),
        frozenset({report.agency}),
        frozenset({report.year}),
    )


def _blocks(report: Truth, style: Style, rng: Random) -> Iterable[Block]:
    yield prose.title(report)
    yield prose.preamble(report)
    yield heading("overview")
    yield from prose.overview(report, rng)
    if style.one_table:
        yield from _one_table(report, style)
    else:
        yield heading("proactive")
        yield from article_grids(report, style)
        yield heading("applications")
        yield applications_grid(report, style)
        yield heading("remedies")
        yield from remedies_grids(report, style)
    yield heading("problems")
    yield from prose.problems()
    yield heading("other_matters")
    yield prose.other_matters(report)


def heading(section: str) -> Line:
    return Line(prose.SECTION_TITLES[section], "heading")


def _one_table(report: Truth, style: Style) -> Iterable[Block]:
    """The three tabular sections as one table, their titles inside it as rows."""
    grids = [
        (article_grids(report, replace(style, joined=True))[0], "proactive"),
        (applications_grid(report, style), "applications"),
        *((grid, "remedies") for grid in remedies_grids(report, style)),
    ]
    yield heading("proactive")
    width = max(grid.column_count for grid, _ in grids)
    parts = []
    for grid, section in grids:
        if section != "proactive" and parts:
            parts.append(title_row(prose.SECTION_TITLES[section], width))
        parts.append(widened(grid, width))
    yield stacked("all", parts)
