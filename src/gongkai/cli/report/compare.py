"""`gongkai report compare`: last year's report beside this year's."""

from __future__ import annotations

import argparse
from pathlib import Path

from gongkai.cli.console import Console
from gongkai.cli.report.document_view import document_lines
from gongkai.cli.report.judging import CLEAN, FAULTY, REFUSED, refused_as_json
from gongkai.cli.report.loading import Source, load
from gongkai.cli.report.read import as_text
from gongkai.cli.report.sayings import finding_lines
from gongkai.documents.model import Refusal


def run(options: argparse.Namespace, console: Console) -> int:
    from gongkai.regulation.annual_report import compare
    from gongkai.regulation.annual_report.comparison_view import comparison_document, comparison_json
    from gongkai.regulation.annual_report.interchange import finding_to_json

    reports = []
    for file in (options.previous, options.current):
        report = load(Source(file, Path(file)))
        if isinstance(report, Refusal):
            return _refused(file, report, options.format, console)
        reports.append(report)
    comparison = compare(*reports)
    findings = [finding_to_json(finding, console.language) for finding in comparison.findings]
    if options.format == "json":
        console.print(as_text({**comparison_json(comparison), "findings": findings, "refused": None}))
    else:
        for line in document_lines(comparison_document(comparison, console.language), console):
            console.print(line)
        console.print()
        for finding in findings:
            for line in finding_lines(finding, console, indent=2, advice=True):
                console.print(line)
    return FAULTY if any(finding.severity == "error" for finding in comparison.findings) else CLEAN


def _refused(file: str, refusal: Refusal, format: str, console: Console) -> int:
    if format == "json":
        refused = refused_as_json(refusal, console.language)["refused"]
        console.print(as_text({"schema": 1, "file": file, "changes": [], "findings": [], "refused": refused}))
    else:
        console.complain(f"{file}: {refusal.in_language(console.language)}")
    return REFUSED
