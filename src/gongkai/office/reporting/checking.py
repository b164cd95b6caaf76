"""A report against every rule there is, and what people have said of the findings."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from gongkai.office.reporting import drafting
from gongkai.office.reporting.compiled import (
    PLACEHOLDER,
    facts_of,
    filled,
    label_of,
    narrative_of,
    own_share,
    report_of,
    values_of,
)
from gongkai.office.reporting.contributing import plain
from gongkai.office.reporting.models import FindingVerdict, NarrativePart, ReceivedReport, ReportYear, SettledReport
from gongkai.office.reporting.queries.contributions import never_asked, unanswered
from gongkai.office.reporting.queries.differences import differences
from gongkai.office.reporting.queries.figures import figures_of, locked, standing
from gongkai.office.reporting.queries.received import effective
from gongkai.office.reporting.queries.years import Standing, board, previous_of, subordinate_years
from gongkai.regulation.annual_report import Narrative, Passage, Report, advice, check, claims, message
from gongkai.regulation.annual_report.cell_names import cell_names
from gongkai.regulation.finding import SEVERITIES, Finding
from gongkai.regulation.messages import Catalogue

_CATALOGUE = Catalogue.of("gongkai.office.reporting")
_NAMED = 3
"""So many cells are named in a sentence; how many there are is told."""
_SIBLINGS = 200
"""With so many agencies of the same level a text is compared; a city's hundreds are more than a reader could check."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A finding in words, and what was said of it last. `is_open`: somebody still has to do something about it."""

    finding: Finding
    message: str
    advice: str
    evidence: str
    verdict: FindingVerdict | None

    @property
    def is_open(self) -> bool:
        """An error stays open until it is corrected or shown to be none; a warning until it is explained."""
        if self.finding.severity == "info":
            return False
        if self.verdict is None:
            return True
        return self.finding.severity == "error" and self.verdict.judgement == FindingVerdict.Judgement.EXPLAINED


def findings_of(report_year: ReportYear) -> list[Judged]:
    """Everything that can be said against a report as it stands, errors first, with the verdicts that still hold."""
    verdicts = {each.evidence: each for each in report_year.verdicts.select_related("by").order_by("pk")}
    return [_judged(each, verdicts) for each in _findings(report_year)]


def evidence_of(finding: Finding) -> str:
    """The hash of what a finding rests on: its cells, numbers and words, but not the place where they stand."""
    rests_on = [
        finding.code,
        finding.verdict,
        list(finding.cells),
        str(finding.left),
        str(finding.right),
        list(finding.quotes),
        sorted(finding.values.items()),
        list(finding.missing),
    ]
    return hashlib.sha256(json.dumps(rests_on, ensure_ascii=False).encode()).hexdigest()


def said(finding: Finding) -> tuple[str, str]:
    """What a finding says and advises, from the law core's words or this room's."""
    if finding.code not in _CATALOGUE.entries:
        return message(finding), advice(finding)
    numbers = {"left": plain(finding.left), "right": plain(finding.right)}
    return _CATALOGUE.message(finding, **numbers), _CATALOGUE.advice(finding)


def title_of(finding: Finding) -> str:
    """The short name of what was found, where this room words it."""
    return _CATALOGUE.entries[finding.code]["title"] if finding.code in _CATALOGUE.entries else ""


def _judged(finding: Finding, verdicts: dict[str, FindingVerdict]) -> Judged:
    evidence = evidence_of(finding)
    return Judged(finding, *said(finding), evidence, verdicts.get(evidence))


def _findings(report_year: ReportYear) -> list[Finding]:
    report = report_of(report_year)
    found = [
        *check(
            report,
            _previous(report_year),
            _parts(report_year),
            facts_of(figures_of(standing(report_year))),
            _siblings(report_year),
        ),
        *_of_the_words(report_year),
        *_of_promises(report_year),
        *_of_the_lock(report_year),
        *_of_contributions(report_year),
    ]
    return sorted(found, key=lambda finding: SEVERITIES.index(finding.severity))


def _previous(report_year: ReportYear) -> Report | None:
    """Last year's report: made here, or received from elsewhere and accepted."""
    before = previous_of(report_year)
    if before is not None and standing(before) is not None:
        return _in_own_words(before)
    settled = SettledReport.objects.filter(organ=report_year.organ_id, year=report_year.year - 1)
    settled = settled.filter(received__isnull=False).select_related("received")
    return next((effective(each.received) for each in settled if each.received is not None), None)


def _parts(report_year: ReportYear) -> Sequence[tuple[str, Report]]:
    """The reports a government's adds up, once all of them are in (before, nothing can be compared), and its own share,
    for which there is no report but the ledger.
    """
    if not report_year.is_consolidated:
        return ()
    rows = board(subordinate_years(report_year), on=report_year.hand_in_by)
    if not rows or not all(each.is_in for each in rows):
        return ()
    own = f"{report_year.organ.name}本级"
    return [
        (own, own_share(report_year)),
        *((each.report_year.organ.name, _of_part(each)) for each in rows),
    ]


def _of_part(standing: Standing) -> Report:
    """The report of an agency below: made here, or the file that it handed in instead."""
    if standing.is_done or standing.was_handed_over or standing.upload is None:
        return report_of(standing.report_year)
    return effective(ReceivedReport.objects.get(pk=standing.upload.pk))


def _siblings(report_year: ReportYear) -> list[tuple[str, Report]]:
    """The words of other agencies below the same parent, of the same year."""
    others = ReportYear.objects.filter(year=report_year.year, organ__parent=report_year.organ.parent_id)
    others = others.exclude(pk=report_year.pk).filter(narrative_parts__isnull=False).distinct()
    return [
        (each.organ.name, _in_own_words(each)) for each in others.select_related("organ").order_by("pk")[:_SIBLINGS]
    ]


def _in_own_words(report_year: ReportYear) -> Report:
    """A report with the words that somebody wrote. Sentences drafted from figures are worded alike everywhere: who says the
    same as another there has counted the same, and copied nothing.
    """
    report, values = report_of(report_year), values_of(report_year)
    written = report_year.narrative_parts.exclude(origin=NarrativePart.Origin.DRAFTED)
    return replace(report, narrative=narrative_of(written, report_year.edition, lambda text: filled(text, values)))


def _of_the_words(report_year: ReportYear) -> Iterator[Finding]:
    values = values_of(report_year)
    for part in report_year.narrative_parts.all():
        text = filled(part.text, values)
        for key in drafting.keys_in(part.text):
            if values.number(key) is None:
                yield _CATALOGUE.finding("RPT-NOT-COUNTED", quotes=(text,), figure=label_of(key))
        for claimed in typed_numbers(part, values.report):
            yield _CATALOGUE.finding("RPT-UNBOUND-NUMBER", quotes=(text,), claimed=claimed)
        if part.origin == NarrativePart.Origin.KEPT and part.confirmed_at is None:
            yield _CATALOGUE.finding("RPT-KEPT-UNREAD", quotes=(text,))


def typed_numbers(part: NarrativePart, report: Report) -> list[str]:
    """The counts in a paragraph that were typed by hand: those that are left when the bound ones are taken out."""
    unbound = PLACEHOLDER.sub("某", part.text)
    narrative = Narrative(sections={part.section: (Passage(unbound, part.topic, part.level),)})
    words = Report(report.year, report.agency, report.table_editions, report.cells, narrative)
    return [each.text for each in claims(words) if each.value or each.text[0].isdigit()]


def _of_promises(report_year: ReportYear) -> Iterator[Finding]:
    before = previous_of(report_year)
    if before is None:
        return
    answered = set(report_year.narrative_parts.filter(answers__isnull=False).values_list("answers", flat=True))
    values = values_of(before)
    for promise in drafting.promises(before):
        if promise.pk not in answered:
            yield _CATALOGUE.finding("RPT-PROMISE-OPEN", quotes=(filled(promise.text, values),))


def _of_the_lock(report_year: ReportYear) -> Iterator[Finding]:
    for each in differences(report_year):
        finding = _CATALOGUE.finding("RPT-DIFFERENCE", figure=each.label)
        cells = (each.key,) if each.key in cell_names(report_year.edition) else ()
        records = tuple(cause.record.title for cause in each.causes)
        yield Finding(
            finding.code, finding.severity, cells=cells, left=each.before, right=each.after, values=finding.values,
            quotes=records,
        )  # fmt: skip


def _of_contributions(report_year: ReportYear) -> Iterator[Finding]:
    if never := never_asked(report_year):
        named = "、".join(label_of(key) for key in never[:_NAMED]) + ("等" if len(never) > _NAMED else "")
        finding = _CATALOGUE.finding("RPT-NOT-ASKED", figures=named, count=str(len(never)))
        yield Finding(finding.code, finding.severity, cells=tuple(never), values=finding.values)
    if locked(report_year) is not None:
        return
    for each in unanswered(report_year):
        finding = _CATALOGUE.finding("RPT-UNANSWERED", organ=each.organ.name, figure=label_of(each.key))
        yield Finding(finding.code, finding.severity, cells=(each.key,), values=finding.values)


def open_findings(report_year: ReportYear) -> list[Judged]:
    """What stands between a report and its being handed in."""
    return [each for each in findings_of(report_year) if each.is_open]
