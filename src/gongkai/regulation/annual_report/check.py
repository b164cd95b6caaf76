"""The one checker: typed, compiled, uploaded and crawled reports meet the same rules and get the same findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from gongkai.regulation.annual_report.claims import Claim, claims
from gongkai.regulation.annual_report.hierarchy import check_parts
from gongkai.regulation.annual_report.narrative_check import narrative_findings
from gongkai.regulation.annual_report.relations import relation_findings
from gongkai.regulation.annual_report.report import Number, Report
from gongkai.regulation.annual_report.similarity import similar_passages
from gongkai.regulation.annual_report.structure_check import lacks_rule_making_power, structure_findings
from gongkai.regulation.finding import SEVERITIES, Finding

_FEES = "ledger.processing_fees.collected_wan"


def check(
    report: Report,
    previous: Report | None = None,
    parts: Sequence[tuple[str, Report]] = (),
    facts: Mapping[str, Number] | None = None,
    siblings: Sequence[tuple[str, Report]] = (),
) -> list[Finding]:
    """Everything that can be said against a report, errors first.

    `previous` is the same agency's report of the year before (cross-year relations), `parts` are the named reports that a
    consolidated one adds up (X-HIERARCHY), `facts` are ledger figures by address, for who has the ledger; `siblings` are
    named reports of other agencies whose words this one may have copied (as it may have from `previous`).
    Source: 国办公开办函〔2019〕60号, 〔2021〕30号; the authority of each relation stands in the form file.
    """
    claimed = claims(report)
    known = {**_claimed_facts(claimed), **(facts or {})}
    adjacent = previous is None or None in (previous.year, report.year) or previous.year == (report.year or 0) - 1
    findings = [
        *report.observations,
        *structure_findings(report),
        *relation_findings(report, previous if adjacent else None, known, lacks_rule_making_power(report.agency)),
        *narrative_findings(report, claimed, facts),
        *similar_passages(report, _others(previous, siblings)),
    ]
    if not adjacent and previous is not None:
        years = {"previous": str(previous.year), "current": str(report.year)}
        findings.append(Finding("YEARS-NOT-ADJACENT", "info", "not_assessable", values=years))
    if parts:
        findings += check_parts(report, parts)
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def _others(previous: Report | None, siblings: Sequence[tuple[str, Report]]) -> list[tuple[str, Report]]:
    own = [] if previous is None else [(f"{previous.year}年报告" if previous.year else "上一年报告", previous)]
    return [*own, *siblings]


def _claimed_facts(claimed: Sequence[Claim]) -> dict[str, Number]:
    """Ledger figures that the report's own words give: the information-processing fee collected this year."""
    fees = [c for c in claimed if c.figure == "processing_fees" and not c.period and not c.approximate]
    return {_FEES: Decimal(fees[0].value) / 10000} if fees else {}
