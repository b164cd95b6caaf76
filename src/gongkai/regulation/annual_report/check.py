"""The one checker: typed, compiled, uploaded and crawled reports meet the same rules and get the same findings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal

from gongkai.regulation.annual_report.claims import Claim, claims
from gongkai.regulation.annual_report.hierarchy import check_parts
from gongkai.regulation.annual_report.narrative_check import narrative_findings
from gongkai.regulation.annual_report.relations import relation_findings
from gongkai.regulation.annual_report.report import Number, Report
from gongkai.regulation.annual_report.structure_check import lacks_rule_making_power, structure_findings
from gongkai.regulation.finding import SEVERITIES, Finding

_FEES = "ledger.processing_fees.collected_wan"


def check(
    report: Report,
    previous: Report | None = None,
    parts: Sequence[tuple[str, Report]] = (),
    facts: Mapping[str, Number] | None = None,
) -> list[Finding]:
    """Everything that can be said against a report, errors first.

    `previous` is the same agency's report of the year before (cross-year relations), `parts` are the named reports that a
    consolidated one adds up (X-HIERARCHY), `facts` are ledger figures by address, for who has the ledger.
    Source: 国办公开办函〔2019〕60号, 〔2021〕30号; the authority of each relation stands in the form file.
    """
    claimed = claims(report)
    known = {**_claimed_facts(claimed), **(facts or {})}
    adjacent = previous is None or None in (previous.year, report.year) or previous.year == (report.year or 0) - 1
    findings = [
        *report.observations,
        *structure_findings(report),
        *relation_findings(report, previous if adjacent else None, known, lacks_rule_making_power(report.agency)),
        *narrative_findings(report, claimed),
    ]
    if not adjacent and previous is not None:
        years = {"previous": str(previous.year), "current": str(report.year)}
        findings.append(Finding("YEARS-NOT-ADJACENT", "info", "not_assessable", values=years))
    if parts:
        findings += check_parts(report, parts)
    return sorted(findings, key=lambda finding: SEVERITIES.index(finding.severity))


def _claimed_facts(claimed: Sequence[Claim]) -> dict[str, Number]:
    """Ledger figures that the report's own words give: the information-processing fee collected."""
    fees = [claim for claim in claimed if claim.figure == "processing_fees"]
    if not fees or not isinstance(fees[0].value, int | Decimal):
        return {}
    return {_FEES: Decimal(fees[0].value) / 10000 if fees[0].unit == "元" else Decimal(fees[0].value)}
