"""A file's report and everything the checker says of it."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.cli.console import Stop
from gongkai.cli.report.folders import report_files
from gongkai.cli.report.loading import Source, fault, load
from gongkai.documents.model import Refusal

if TYPE_CHECKING:
    from gongkai.regulation.annual_report.report import Report
    from gongkai.regulation.finding import Finding

CLEAN, FAULTY, REFUSED = 0, 1, 2
"""Exit statuses: no error finding, at least one, nothing could be read."""


@dataclass(frozen=True, slots=True)
class Judged:
    """A report that could be read, with its findings, the gravest first."""

    source: Source
    report: Report
    findings: tuple[Finding, ...]

    @property
    def status(self) -> int:
        return FAULTY if any(finding.severity == "error" for finding in self.findings) else CLEAN

    def as_json(self, language: str) -> dict[str, Any]:
        """The object of the contract, as `report read --format json` prints it."""
        from gongkai.regulation.annual_report import to_json

        return to_json(self.report, list(self.findings), language)


def judge(source: Source, previous: Report | None = None, siblings: Path | None = None) -> Judged | Refusal:
    """Read a file and check what it says, across years too when last year's report is given.

    `siblings` is a folder of reports of other agencies whose words this one may have copied.
    """
    from gongkai.regulation.annual_report import check

    report = load(source)
    if isinstance(report, Refusal):
        return report
    try:
        others = [other for other in sibling_reports(siblings) if not _is_the_same(other[0], source)]
        findings = check(report, previous=previous, siblings=others)
    except Exception as error:
        return fault(error)
    return Judged(source, report, tuple(findings))


def previous_report(path: Path | None) -> Report | None:
    """Last year's report, which must be readable when it is named. Errors: Stop."""
    if path is None:
        return None
    report = load(Source(str(path), path))
    if isinstance(report, Refusal):
        raise Stop(f"上年报告 {path}：{report.message}", f"The report of the year before, {path}: {report.message_en}")
    return report


@cache
def sibling_reports(folder: Path | None) -> tuple[tuple[str, Report], ...]:
    """The readable reports of a folder by file name, read once in each process. Errors: Stop for a folder without any."""
    if folder is None:
        return ()
    loaded = ((file, load(Source(file, Path(file)))) for file in report_files([str(folder)]))
    return tuple((file, report) for file, report in loaded if not isinstance(report, Refusal))


def _is_the_same(file: str, source: Source) -> bool:
    try:
        return Path(file).samefile(source.path)
    except OSError:
        return False


def refused_as_json(refusal: Refusal, language: str) -> dict[str, Any]:
    """The object of the contract for a file that could not be read."""
    from gongkai.regulation.annual_report import refusal_to_json

    return refusal_to_json(refusal, language)
