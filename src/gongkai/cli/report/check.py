"""`gongkai report check`: what is wrong with many reports, one line a file and its findings beneath."""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.cli.console import Console, Language, Stop
from gongkai.cli.progress import progress
from gongkai.cli.report.folders import report_files
from gongkai.cli.report.judging import CLEAN, FAULTY, REFUSED, Judged, judge, previous_report
from gongkai.cli.report.loading import crashed, opened
from gongkai.cli.report.sayings import finding_lines, identity, severities
from gongkai.cli.workers import available_processors, in_processes
from gongkai.documents.model import Refusal

if TYPE_CHECKING:
    from gongkai.regulation.annual_report.report import Report

Entry = dict[str, Any]


def run(options: argparse.Namespace, console: Console) -> int:
    files = report_files(options.files)
    if options.previous and len(files) > 1:
        raise Stop(
            "--previous 是一份报告的上年报告，只能与一个文件一起用。",
            "--previous is the year before of one report; use it with one file.",
        )
    entries = progress(_entries(files, options, console.language), len(files), console)
    return _print_json(entries, console) if options.format == "json" else _print_lines(entries, console)


def _entries(files: list[str], options: argparse.Namespace, language: Language) -> Iterator[Entry]:
    jobs = min(options.jobs or available_processors(), len(files))
    look = partial(_looked_at, agency=options.agency, year=options.year, siblings=options.siblings, language=language)
    if jobs > 1:
        return in_processes(look, files, jobs, partial(_lost, language=language))
    return map(partial(look, previous=previous_report(options.previous)), files)


def _looked_at(
    file: str,
    *,
    agency: str | None,
    year: int | None,
    siblings: Path | None,
    language: Language,
    previous: Report | None = None,
) -> Entry:
    with opened(file, agency, year) as source:
        return _entry(file, judge(source, previous, siblings), language)


def _entry(file: str, judged: Judged | Refusal, language: Language) -> Entry:
    """What `report read` says of a file, without its cells and its narrative."""
    from gongkai.regulation.annual_report.interchange import SCHEMA, finding_to_json

    entry: Entry = {"file": file, "schema": SCHEMA, "year": None, "agency": None, "edition": None}
    if isinstance(judged, Refusal):
        refused = {"code": judged.code, "message": judged.in_language(language)}
        return {**entry, "findings": [], "refused": refused}
    report = judged.report
    findings = [finding_to_json(finding, language) for finding in judged.findings]
    identified = {"year": report.year, "agency": report.agency, "edition": report.edition}
    return {**entry, **identified, "findings": findings, "refused": None}


def _lost(file: str, *, language: Language) -> Entry:
    return _entry(file, crashed(file), language)


def _status(entry: Entry) -> int:
    if entry["refused"]:
        return REFUSED
    return FAULTY if any(finding["severity"] == "error" for finding in entry["findings"]) else CLEAN


def _print_json(entries: Iterator[Entry], console: Console) -> int:
    """A JSON array with one entry a line, so that it can be read as a whole or as it comes."""
    worst, opening = CLEAN, "["
    for entry in entries:
        worst = max(worst, _status(entry))
        console.print(opening + json.dumps(entry, ensure_ascii=False))
        opening = ","
    console.print("]")
    return worst


def _print_lines(entries: Iterator[Entry], console: Console) -> int:
    worst, statuses, counts = CLEAN, Counter[int](), Counter[str]()
    for entry in entries:
        status = _status(entry)
        worst = max(worst, status)
        statuses[status] += 1
        counts.update(finding["severity"] for finding in entry["findings"])
        _print_entry(entry, status, console)
    if statuses.total() > 1:
        console.print()
        console.print(_summary(statuses, counts, console))
    return worst


def _print_entry(entry: Entry, status: int, console: Console) -> None:
    mark, colour = {CLEAN: ("✓", "green"), FAULTY: ("✗", "red"), REFUSED: ("⊘", "red")}[status]
    line = f"{console.paint(mark, colour)} {entry['file']}"
    if entry["refused"]:
        console.print(f"{line}  {console.say('不能读取', 'refused')}")
        console.print(f"    {entry['refused']['code']}  {entry['refused']['message']}")
        return
    counted = severities(Counter(finding["severity"] for finding in entry["findings"]), console)
    console.print(f"{line}  {identity(entry, console)}  {counted}")
    for finding in entry["findings"]:
        for text in finding_lines(finding, console, indent=4):
            console.print(text)


def _summary(statuses: Counter[int], counts: Counter[str], console: Console) -> str:
    total, found = statuses.total(), severities(counts, console)
    return console.say(
        f"共 {total} 份：{statuses[CLEAN]} 份没有错误，{statuses[FAULTY]} 份有错误，"
        f"{statuses[REFUSED]} 份不能读取。{found}",
        f"{total} files: {statuses[CLEAN]} without errors, {statuses[FAULTY]} with errors, "
        f"{statuses[REFUSED]} refused. {found}",
    )
