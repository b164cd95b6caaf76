"""The statutory annual report: read, check, compare, add up, compose. See README.md in this room."""

from gongkai.regulation.annual_report.aggregate import aggregate
from gongkai.regulation.annual_report.check import check
from gongkai.regulation.annual_report.claims import Claim, claims
from gongkai.regulation.annual_report.compare import compare
from gongkai.regulation.annual_report.compose import compose
from gongkai.regulation.annual_report.interchange import finding_to_json, from_json, refusal_to_json, to_json
from gongkai.regulation.annual_report.messages import advice, message
from gongkai.regulation.annual_report.reading import read
from gongkai.regulation.annual_report.report import Cell, Narrative, Passage, Report

__all__ = [
    "Cell",
    "Claim",
    "Narrative",
    "Passage",
    "Report",
    "advice",
    "aggregate",
    "check",
    "claims",
    "compare",
    "compose",
    "finding_to_json",
    "from_json",
    "message",
    "read",
    "refusal_to_json",
    "to_json",
]
