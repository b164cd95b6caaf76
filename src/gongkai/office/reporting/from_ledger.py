"""The report of any agency and year, straight from the ledger: for the command line, whether a year was opened or not."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime

from gongkai.office.organs.models import Organ
from gongkai.office.reporting.actions.opening import FIRST_YEAR, edition_of
from gongkai.office.reporting.compiled import Values, facts_of, filled, narrative_of, report_of, tables_of
from gongkai.office.reporting.counting import count
from gongkai.office.reporting.drafting import drafted
from gongkai.office.reporting.files import file_of
from gongkai.office.reporting.models import Compilation, FrozenFigure, NarrativePart, PublishedReport, ReportYear
from gongkai.office.reporting.pictures import earlier_of, pictures
from gongkai.office.reporting.publication import file_of as file_of_published
from gongkai.office.reporting.publication import genuine, page_of
from gongkai.office.reporting.queries.figures import figures_of, locked, standing
from gongkai.office.reporting.queries.years import previous_of
from gongkai.regulation.annual_report import Report, check
from gongkai.regulation.finding import Finding


class NoForm(Exception):
    """The year has no statutory form."""


@dataclass(frozen=True, slots=True)
class Compiled:
    """A report with what the checker says of it; `is_locked` when its figures are frozen and not counted just now.

    `published` is the public report that says exactly this, when there is one.
    """

    report: Report
    findings: tuple[Finding, ...]
    is_locked: bool
    published: PublishedReport | None = None


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
    published = _published(frozen) if frozen is not None else None
    return Compiled(report, tuple(check(report, previous, facts=facts_of(figures))), frozen is not None, published)


def _published(frozen: Compilation) -> PublishedReport | None:
    """The public report of this very counting; None before its publication, after a withdrawal, while it is corrected."""
    made = PublishedReport.objects.filter(compilation=frozen).select_related("item").first()
    return made if made is not None and genuine(made.item) == made else None


def file_of_compiled(compiled: Compiled, name: str, *, at: datetime) -> bytes:
    """A compiled report as a file. What the public has is written as the public has it: the same bytes, with the charts and
    the verification code. The JSON says what the checker finds, as the contract of the command line has it.

    Errors: KeyError for a format that is none; ValueError where a character can't be drawn.
    """
    if name == "json" or compiled.published is None:
        drawings = pictures(compiled.report, earlier_of(compiled.report))
        return file_of(compiled.report, compiled.findings, name, drawings)
    if name == "html":
        return page_of(compiled.published, at=at)
    return file_of_published(compiled.published, name, at=at)


def _with_words(owed: ReportYear, figures: dict[str, FrozenFigure]) -> Report:
    values = Values(tables_of(owed, figures), figures)
    parts = list(owed.narrative_parts.all()) if owed.pk else []
    if not parts:
        parts = [
            NarrativePart(section=each.section, topic=each.topic, level=each.level, text=each.text)
            for each in drafted(owed, values)
        ]
    return replace(values.report, narrative=narrative_of(parts, owed.edition, lambda text: filled(text, values)))
