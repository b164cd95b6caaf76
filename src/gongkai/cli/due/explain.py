"""`gongkai due`: read the events, ask the law, say where the application stands and how the due date comes about."""

from __future__ import annotations

import argparse
import json
import sys
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from gongkai.cli.console import Console, Language, Stop
from gongkai.cli.due.events_file import EventsFile, read_events
from gongkai.regulation.application import Standing, advice, message, standing, why_step
from gongkai.regulation.law import LawMissing
from gongkai.regulation.workdays import CalendarMissing, provisional_workdays

_CHINA = timedelta(hours=8)
_LARGEST = 1_000_000
"""Bytes; a file of events has a few hundred."""


def run(options: argparse.Namespace, console: Console) -> int:
    source = read_events(_text(options.file))
    for place, key in source.unused:
        console.note(
            console.say(
                f"{place.in_chinese()}：{key} 在这里没有意义，没有用它。",
                f"{place.in_english()}: {key} means nothing here and was not used.",
            )
        )
    explained = explain(source, options.on or _today())
    if options.format == "json":
        console.print(json.dumps(as_json(explained, console.language), ensure_ascii=False, indent=2))
    else:
        from gongkai.cli.due.view import show

        show(explained, console)
    return 0


def explain(source: EventsFile, on: date) -> Standing:
    """Where the application stands on a day. Errors: Stop, when law or calendar do not reach that far."""
    first = source.events[0].on
    if on < first:
        raise Stop(
            f"{on} 还没有这件申请：它在 {first} 提交。请用 --on 指定以后的日期。",
            f"On {on} there was no application yet: it was submitted on {first}. Give a later day with --on.",
        )
    try:
        return standing(source.events, provisional_workdays(), on)
    except CalendarMissing as missing:
        known = provisional_workdays()
        raise Stop(
            f"没有 {missing.year} 年的放假安排，不能推算。可以推算 {known.first_year} 年至 {known.last_year} 年"
            f"（{known.known_until} 以后是暂定）。",
            f"No notice on days off for {missing.year} is loaded. Dates from {known.first_year} to {known.last_year} can be "
            f"counted (provisionally after {known.known_until}).",
        ) from missing
    except LawMissing as missing:
        raise Stop(
            f"{first} 还没有施行政府信息公开条例（2008-05-01 起施行），没有答复期限可算。",
            f"On {first} there was no disclosure regulation (in force from 2008-05-01), so there is no period to count.",
        ) from missing


def as_json(explained: Standing, language: Language) -> dict[str, Any]:
    """The JSON object of `gongkai due`, as documented in docs/command-line.md."""
    return {
        "schema": 1,
        "on": explained.on.isoformat(),
        "channel": explained.channel,
        "state": explained.state,
        "receipt_on": _iso(explained.receipt_on),
        "due_on": _iso(explained.due_on),
        "expected_due_on": _iso(explained.expected_due_on),
        "waiting_until": _iso(explained.waiting_until),
        "provisional": explained.provisional,
        "days_left": explained.days_left,
        "closed_on": _iso(explained.closed_on),
        "outcome": explained.outcome,
        "derivation": [
            {
                "on": step.on.isoformat(),
                "counted": step.number is not None,
                "day": step.number,
                "why": why_step(step, language),
            }
            for step in explained.derivation()
        ],
        "lawful_next": list(explained.lawful_next),
        "findings": [
            {
                "code": finding.code,
                "severity": finding.severity,
                "verdict": finding.verdict,
                "where": list(finding.where),
                "message": message(finding, language),
                "advice": advice(finding, language),
            }
            for finding in explained.findings
        ],
    }


def _text(file: str) -> str:
    try:
        with sys.stdin.buffer if file == "-" else Path(file).open("rb") as stream:
            content = stream.read(_LARGEST + 1)
    except FileNotFoundError:
        raise Stop(f"没有文件 {file}。", f"There is no file {file}.") from None
    except IsADirectoryError:
        raise Stop(f"{file} 是文件夹。请写明事件文件。", f"{file} is a folder. Name a file of events.") from None
    if len(content) > _LARGEST:
        raise Stop(f"{file} 太大，不会是事件文件。", f"{file} is too large for a file of events.")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise Stop(
            f"{file} 不是 UTF-8 编码的文字。请另存为 UTF-8。", f"{file} is not UTF-8. Save it as UTF-8."
        ) from None


def _today() -> date:
    """Today in China, wherever the machine stands."""
    return (datetime.now(UTC) + _CHINA).date()


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
