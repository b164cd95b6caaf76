"""A report as the law core knows it, from its figures and its words: what publication, checks and screens start from."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from typing import Any

from gongkai.office.reporting import sources
from gongkai.office.reporting.contributing import plain, whole
from gongkai.office.reporting.models import Compilation, FrozenFigure, NarrativePart, ReportYear
from gongkai.office.reporting.queries.figures import figures_of, standing
from gongkai.regulation.annual_report import Narrative, Passage, Report, from_json, to_json
from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.annual_report.compiling import compile_report, input_cells
from gongkai.regulation.annual_report.figures import catalogue
from gongkai.regulation.annual_report.forms import EDITIONS, form
from gongkai.regulation.tally import Number

PLACEHOLDER = re.compile(r"\{([a-z0-9_.]+)\}")
_IN_BRACES = re.compile(r"\{([^{}]*)\}")
PREAMBLE = "preamble"
"""The section key of the paragraphs before section one."""
_YUAN_IN_WAN = 10_000


@dataclass(frozen=True, slots=True)
class Values:
    """The numbers that a report's words may hold: every cell, every figure counted, and what follows from them."""

    report: Report
    figures: Mapping[str, FrozenFigure]

    def number(self, key: str) -> Number | None:
        """The value of a placeholder; None for what nobody counts."""
        if key == "year":
            return self.report.year
        if key == "completion_rate":
            return self._completion_rate()
        if (cell := self.report.value(key)) is not None:
            return cell
        if key in self.figures:
            return whole(self.figures[key].value)
        return self._sum_of_cells(key)

    def printed(self, key: str) -> str | None:
        """The value as it stands in a sentence: plain digits, as the statute prints numbers."""
        value = self.number(key)
        return None if value is None else plain(value)

    def _sum_of_cells(self, key: str) -> Number | None:
        figure = catalogue().get(key)
        sums = figure.cells(self.report.table_editions) if figure else ()
        values = [self.report.value(address) for address in sums[0]] if sums else []
        if not values or None in values:
            return None
        total = sum(value for value in values if value is not None)
        return total * _YUAN_IN_WAN if sums[0][0].endswith("_wan") else total

    def _completion_rate(self) -> Number | None:
        """办结率: results among what was received and carried over, in percent; None when there was nothing to do."""
        received, carried, done = (
            self.report.value(f"applications.{row}.total") for row in ("new_received", "carried_over", "results_total")
        )
        due = (received or 0) + (carried or 0)
        return whole(round(Decimal(100) * Decimal(done or 0) / Decimal(due), 1)) if due else None


def report_of(report_year: ReportYear, compilation: Compilation | None = None) -> Report:
    """The report of a year: the locked figures if there are any, else those counted last; the final words if it has them.

    The same report, whenever it is asked: nothing is counted here. Before the first counting all cells are 0.
    """
    counting = compilation or standing(report_year)
    tables = tables_of(report_year, figures_of(counting))
    if counting is not None and counting.narrative is not None:
        narrative = narrative_from_json(counting.narrative)
    else:
        narrative = live_narrative(report_year, values_of(report_year, counting))
    return Report(tables.year, tables.agency, tables.table_editions, tables.cells, narrative)


def own_share(report_year: ReportYear) -> Report:
    """The tables of a government alone, without the agencies below it, by the ledger as it stands."""
    counting = standing(report_year)
    last = counting.counted_through if counting else date(report_year.year, 12, 31)
    found = sources.tallies([report_year.organ_id], date(report_year.year, 1, 1), last, report_year.edition)
    inputs = set(input_cells(report_year.edition))
    counts = {tally.measure.key: tally.value for _, tally in found if tally.measure.key in inputs}
    return compile_report(counts, edition=report_year.edition, year=report_year.year, agency=report_year.organ.name)


def values_of(report_year: ReportYear, compilation: Compilation | None = None) -> Values:
    """The numbers of a report by which its words are filled."""
    figures = figures_of(compilation or standing(report_year))
    return Values(tables_of(report_year, figures), figures)


def facts_of(figures: Mapping[str, FrozenFigure]) -> dict[str, Number]:
    """What the ledger says beyond the tables, by the addresses under which the checker asks for it."""
    facts: dict[str, Number] = {
        f"ledger.figures.{key}": whole(figure.value) for key, figure in figures.items() if key in catalogue()
    }
    if "processing_fees" in figures:
        facts["ledger.processing_fees.collected_wan"] = whole(figures["processing_fees"].value / _YUAN_IN_WAN)
    return facts


def tables_of(report_year: ReportYear, figures: Mapping[str, FrozenFigure]) -> Report:
    """The tables of a report from its figures, without words."""
    edition = report_year.edition
    counts = {key: whole(figures[key].value) for key in input_cells(edition) if key in figures}
    return compile_report(counts, edition=edition, year=report_year.year, agency=report_year.organ.name)


def live_narrative(report_year: ReportYear, values: Values) -> Narrative:
    """The words with the numbers of the moment in them."""
    return narrative_of(report_year.narrative_parts.all(), report_year.edition, lambda text: filled(text, values))


def narrative_of(parts: Iterable[NarrativePart], edition: str, fill: Callable[[str], str]) -> Narrative:
    """Paragraphs in the order of the form: by section, in section one by topic, then as they were put."""
    listed = list(parts)
    sections: dict[str, tuple[Passage, ...]] = {}
    for section in form(edition).sections:
        if section.topics:
            passages = tuple(_with_topics(listed, section.key, section.topics, fill))
        else:
            passages = tuple(_passages(listed, section.key, "", fill))
        sections[section.key] = passages
    return Narrative(preamble=tuple(_passages(listed, PREAMBLE, "", fill)), sections=sections)


def _with_topics(
    parts: list[NarrativePart], section: str, topics: Iterable[Any], fill: Callable[[str], str]
) -> Iterator[Passage]:
    yield from _passages(parts, section, "", fill)
    for number, topic in enumerate(topics):
        passages = list(_passages(parts, section, topic.key, fill))
        if passages:
            yield Passage(f"（{'一二三四五六七八九'[number]}）{topic.label}", topic.key, level=3)
            yield from passages


def _passages(parts: list[NarrativePart], section: str, topic: str, fill: Callable[[str], str]) -> Iterator[Passage]:
    for part in parts:
        if part.section == section and part.topic == topic:
            yield Passage(fill(part.text), part.topic, part.level)


def filled(text: str, values: Values) -> str:
    """A paragraph with its numbers. A number nobody counts is shown as missing, in brackets, and never as 0."""
    return PLACEHOLDER.sub(lambda found: values.printed(found[1]) or f"〔缺数据：{label_of(found[1])}〕", text)


def label_of(key: str) -> str:
    """What people call a placeholder; a cell that several editions have by the name that the newest of them gives it."""
    for edition in reversed(EDITIONS):
        if key in cell_names(edition):
            return cell_names(edition)[key].label
    return {"year": "年度", "completion_rate": "办结率（%）"}.get(key) or (
        catalogue()[key].label if key in catalogue() else key
    )


def in_words(text: str) -> str:
    """A paragraph as people edit it: each figure by its Chinese name, {主动公开政府信息}."""
    return PLACEHOLDER.sub(lambda found: f"{{{label_of(found[1])}}}", text)


def in_keys(text: str, edition: str) -> str:
    """What people wrote, as it is kept. A name that is none stays as it was written, for the action to refuse."""
    keys = keys_by_label(edition)
    return _IN_BRACES.sub(lambda found: f"{{{keys.get(found[1].strip(), found[1])}}}", text)


@cache
def keys_by_label(edition: str) -> Mapping[str, str]:
    """The figures a text may hold, by their names; of two with one name the figure, not the cell."""
    known = [*cell_names(edition), *catalogue(), "completion_rate", "year"]
    return {label_of(key): key for key in known}


def narrative_to_json(report: Report) -> dict[str, Any]:
    """The words of a report as they are kept: the shape of the JSON contract."""
    entry: dict[str, Any] = to_json(report, [])["narrative"]
    return {name: entry[name] for name in ("title", "preamble", "sections")}


def narrative_from_json(entry: Mapping[str, Any]) -> Narrative:
    """Kept words again."""
    empty: dict[str, Any] = {"schema": 1, "year": None, "agency": None, "table_editions": {}, "cells": {}}
    return from_json({**empty, "narrative": entry}).narrative
