"""`gongkai report aggregate`: a folder of reports as one table, with totals, missing ones and outliers."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.cli.console import Console, Language, Stop
from gongkai.cli.output import written_whole
from gongkai.cli.progress import progress
from gongkai.cli.report.commands import TABLES
from gongkai.cli.report.document_view import document_lines
from gongkai.cli.report.folders import report_files
from gongkai.cli.report.judging import CLEAN, FAULTY, REFUSED
from gongkai.cli.report.loading import Source, crashed, load
from gongkai.cli.report.read import as_text
from gongkai.cli.report.sayings import finding_lines
from gongkai.cli.workers import available_processors, in_processes
from gongkai.documents.model import Refusal
from gongkai.regulation.finding import SEVERITIES

if TYPE_CHECKING:
    from gongkai.regulation.annual_report.aggregate import Aggregate
    from gongkai.regulation.annual_report.report import Report

Loaded = tuple[str, "Report | Refusal"]


def run(options: argparse.Namespace, console: Console) -> int:
    from gongkai.regulation.annual_report import aggregate

    _check_ending(options.output)
    expected = _expected(options.expected)
    files = report_files([options.folder])
    refused: dict[str, Refusal] = {}
    reports = _readable(progress(_loaded(files, options.jobs), len(files), console), refused)
    collection = aggregate(reports, expected=expected)
    if not collection.entries:
        raise Stop(
            f"{options.folder} 里的 {len(files)} 个文件都不能读取。逐个看原因：gongkai report check {options.folder}",
            f"None of the {len(files)} files in {options.folder} could be read. "
            f"For the reasons: gongkai report check {options.folder}",
        )
    _write(collection, options.output, tuple(files))
    show = _show_json if options.format == "json" else _show
    show(collection, refused, console)
    if options.format != "json":
        console.note(console.say(f"已写入 {options.output}", f"Wrote {options.output}"))
    return _status(collection, refused)


def _loaded(files: list[str], jobs: int | None) -> Iterator[Loaded]:
    jobs = min(jobs or available_processors(), len(files))
    return in_processes(_load, files, jobs, _lost) if jobs > 1 else map(_load, files)


def _load(file: str) -> Loaded:
    return file, load(Source(file, Path(file)))


def _lost(file: str) -> Loaded:
    return file, crashed(file)


def _readable(loaded: Iterator[Loaded], refused: dict[str, Refusal]) -> Iterator[tuple[str, Report]]:
    """The reports as they come; what could not be read is put aside with its reason."""
    for file, report in loaded:
        if isinstance(report, Refusal):
            refused[file] = report
        else:
            yield file, report


def _status(collection: Aggregate, refused: dict[str, Refusal]) -> int:
    if refused:
        return REFUSED
    has_errors = any(entry.errors for entry in collection.entries)
    return FAULTY if has_errors or any(finding.severity == "error" for finding in collection.findings) else CLEAN


def _show(collection: Aggregate, refused: dict[str, Refusal], console: Console) -> None:
    from gongkai.regulation.annual_report.summary import aggregate_document

    for line in document_lines(aggregate_document(collection, console.language), console):
        console.print(line)
    if refused:
        console.print()
        count = len(refused)
        console.print(console.paint(console.say(f"不能读取（{count}）", f"Refused ({count})"), "bold"))
    for file, refusal in refused.items():
        console.print(f"⊘ {file}  {refusal.code}  {refusal.in_language(console.language)}")
    console.print()
    for finding in _findings(collection, console.language):
        for line in finding_lines(finding, console, indent=2):
            console.print(line)


def _show_json(collection: Aggregate, refused: dict[str, Refusal], console: Console) -> None:
    from gongkai.regulation.annual_report.summary import aggregate_json

    unread = [
        {"file": file, "code": refusal.code, "message": refusal.in_language(console.language)}
        for file, refusal in refused.items()
    ]
    findings = _findings(collection, console.language)
    console.print(as_text({**aggregate_json(collection), "refused_files": unread, "findings": findings}))


def _findings(collection: Aggregate, language: Language) -> list[dict[str, Any]]:
    from gongkai.regulation.annual_report.interchange import finding_to_json

    gravest_first = sorted(collection.findings, key=lambda finding: SEVERITIES.index(finding.severity))
    return [finding_to_json(finding, language) for finding in gravest_first]


def _write(collection: Aggregate, output: str, sources: tuple[str, ...]) -> None:
    from gongkai.documents.writers.dataset import DatasetRefused, write_dataset
    from gongkai.regulation.annual_report.dataset import dataset_columns, dataset_rows

    with written_whole(output, sources=sources) as path:
        try:
            write_dataset(dataset_rows(collection), dataset_columns(collection), path)
        except DatasetRefused as refused:
            raise Stop(refused.message, refused.message_en) from refused


def _check_ending(output: str) -> None:
    """Whether the output's name tells a format. Errors: Stop, before any file is read."""
    if Path(output).suffix.lower().lstrip(".") not in TABLES:
        endings = [f".{table}" for table in TABLES]
        raise Stop(
            f"输出“{output}”的扩展名不认识。总表可以写成：{'、'.join(endings)}。",
            f"The output '{output}' has an unknown ending. The table can be one of: {', '.join(endings)}.",
        )


def _expected(path: Path | None) -> tuple[str, ...]:
    """The agencies on a list, one a line; empty lines and lines that begin with # are passed over. Errors: Stop."""
    if path is None:
        return ()
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise Stop(
            f"应报机关名单 {path} 读不出来。它要是 UTF-8 文本，每行一个机关名称。",
            f"The list of agencies {path} can't be read. It must be UTF-8 text with one name a line.",
        ) from error
    return tuple(line.strip() for line in lines if line.strip() and not line.startswith("#"))
