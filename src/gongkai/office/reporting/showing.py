"""A report as the desk shows it: what is open beside its cells, its words with live numbers, the figures they may hold."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from gongkai.office.reporting.checking import Judged
from gongkai.office.reporting.compiled import PLACEHOLDER, Values, label_of
from gongkai.office.reporting.models import FrozenFigure, NarrativePart
from gongkai.office.reporting.sheets import marks_of
from gongkai.regulation.annual_report.figures import catalogue
from gongkai.regulation.annual_report.forms import form


@dataclass(frozen=True, slots=True)
class Piece:
    """A piece of a paragraph: words, or (with a key) a number that opens its records."""

    text: str
    key: str = ""
    is_missing: bool = False


def marks(judged: Iterable[Judged]) -> dict[str, str]:
    """The cells about which something is still open, each with the gravest severity."""
    found = (each.finding for each in judged if each.is_open)
    return marks_of({"severity": each.severity, "cells": each.cells, "missing": each.missing} for each in found)


def pieces(part: NarrativePart, values: Values) -> list[Piece]:
    """A paragraph with its numbers live: each of them opens what it counted."""
    found, end = [], 0
    for match in PLACEHOLDER.finditer(part.text):
        if match.start() > end:
            found.append(Piece(part.text[end : match.start()]))
        printed = values.printed(match[1])
        text = printed if printed is not None else f"缺数据：{label_of(match[1])}"
        is_plain = match[1] == "year"
        found.append(Piece(text, "" if is_plain else match[1], printed is None))
        end = match.end()
    if end < len(part.text):
        found.append(Piece(part.text[end:]))
    return found


def other_figures(figures: Mapping[str, FrozenFigure]) -> list[FrozenFigure]:
    """The figures that no table holds, in the order in which they were counted."""
    return [each for key, each in figures.items() if key in catalogue()]


def palette(values: Values) -> list[tuple[str, str, str]]:
    """The figures the words may hold: key, name and value. First what no table holds, then the cells that are not 0."""
    own = [(key, each.label, values.printed(key) or "") for key, each in values.figures.items() if key in catalogue()]
    sums = [
        (key, figure.label, printed)
        for key, figure in catalogue().items()
        if key not in values.figures and (printed := values.printed(key)) is not None
    ]
    rate = values.printed("completion_rate")
    rates = [("completion_rate", label_of("completion_rate"), rate)] if rate else []
    cells = [
        (address, label_of(address), values.printed(address) or "")
        for address in form(values.report.edition or "2021").addresses()
        if values.number(address)
    ]
    return [*own, *sums, *rates, *cells]
