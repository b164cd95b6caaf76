"""The report of any agency and year, straight from the ledger: for the command line, whether a year was opened or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from gongkai.office.organs.models import Organ
from gongkai.office.reporting.actions.opening import FIRST_YEAR, edition_of
from gongkai.office.reporting.compiled import Values, facts_of, filled, narrative_of, report_of, tables_of
from gongkai.office.reporting.counting import count
from gongkai.office.reporting.drafting import drafted
from gongkai.office.reporting.models import FrozenFigure, NarrativePart, ReportYear
from gongkai.office.reporting.queries.figures import figures_of, locked, standing
from gongkai.office.reporting.queries.years import previous_of
from gongkai.regulation.annual_report import Report, check
from gongkai.regulation.finding import Finding


class NoForm(Exception):
    """The year has no statutory form."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A report with what the checker says of it; `is_locked` when its figures are frozen and not counted just now."""

    report: Report
    findings: tuple[Finding, ...]
    is_locked: bool


def from_ledger(organ: Organ, year: int, *, today: date) -> Compiled:
    """The report as it stands: the locked figures where there are any, else a counting up to today, kept nowhere.

    Its words are the office's own, or sentences from the figures where it has written none yet.
    Errors: NoForm for a year before 2019.
    """
    if year < FIRST_YEAR:
        raise NoForm(year)
    opened = ReportYear.objects.filter(organ=organ, year=year).select_related("organ").first()
    frozen = locked(opened) if opened else None
    if opened is not None and frozen is not None:
        figures, report = figures_of(frozen), report_of(opened)
    else:
        owed = opened or ReportYear(
            organ=organ, year=year, edition=edition_of(year), is_consolidated=organ.kind == Organ.Kind.GOVERNMENT
        )
        figures = {each.key: each for each in count(owed, min(today, date(year, 12, 31)))}
        report = _with_words(owed, figures)
    before = previous_of(opened) if opened else None
    previous = report_of(before) if before is not None and standing(before) is not None else None
    return Compiled(report, tuple(check(report, previous, facts=facts_of(figures))), frozen is not None)


def _with_words(owed: ReportYear, figures: dict[str, FrozenFigure]) -> Report:
    values = Values(tables_of(owed, figures), figures)
    parts = list(owed.narrative_parts.all()) if owed.pk else []
    if not parts:
        parts = [
            NarrativePart(section=each.section, topic=each.topic, level=each.level, text=each.text)
            for each in drafted(owed, values)
        ]
    return replace(values.report, narrative=narrative_of(parts, owed.edition, lambda text: filled(text, values)))
