"""From a file to a report, or to the reason why not; never a traceback."""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gongkai.cli.output import STANDARD_STREAM
from gongkai.documents.model import Refusal

if TYPE_CHECKING:
    from gongkai.regulation.annual_report.report import Report

_JSON_LIMIT = 64 * 1024 * 1024
"""Bytes. A report as JSON is some 50 kB; what is a thousand times larger is no report."""


@dataclass(frozen=True, slots=True)
class Source:
    """One file to read, with what the person says about it; `file` is printed, `path` is opened."""

    file: str
    path: Path
    agency: str | None = None
    year: int | None = None


@contextmanager
def opened(file: str, agency: str | None = None, year: int | None = None) -> Iterator[Source]:
    """The source a person named; `-` is standard input, kept in a temporary file while the block runs."""
    if file != STANDARD_STREAM:
        yield Source(file, Path(file), agency, year)
        return
    with tempfile.TemporaryDirectory(prefix="gongkai-") as folder:
        path = Path(folder) / "stdin"
        with path.open("wb") as copy:
            shutil.copyfileobj(sys.stdin.buffer, copy)
        yield Source(file, path, agency, year)


def load(source: Source) -> Report | Refusal:
    """The report in a file: any published format, or the JSON this tool writes."""
    try:
        if source.path.is_dir():
            return _folder(source.file)
        data = _as_json(source.path)
        return _from_paper(source) if data is None else _from_json(data)
    except Exception as error:
        # One file's misfortune must not end a run over thousands; the reader's own tests are stricter.
        return fault(error)


def crashed(_source: object) -> Refusal:
    """For a file that took the process reading it down."""
    return Refusal(
        "CRASHED",
        "读取这个文件的进程意外终止，文件可能已损坏。请另存或重新下载后再试。",
        "The process reading this file died; the file may be damaged. Save or download it again.",
    )


def _from_paper(source: Source) -> Report | Refusal:
    from gongkai.documents.readers import read as read_document
    from gongkai.regulation.annual_report import read as read_report

    document = read_document(source.path)
    if isinstance(document, Refusal):
        return document
    return read_report(document, agency=source.agency, year=source.year)


def _from_json(data: dict[str, Any]) -> Report | Refusal:
    from gongkai.regulation.annual_report import from_json

    try:
        return from_json(data)
    except (ValueError, TypeError, KeyError, AttributeError):
        return Refusal(
            "JSON-FOREIGN",
            "这个 JSON 里没有可用的报告：它记的是一次拒读，或者已被改坏。请重新读取原件。",
            "This JSON holds no usable report: it records a refusal, or was damaged. Read the original again.",
        )


def _as_json(path: Path) -> dict[str, Any] | None:
    """The object in a file that this tool wrote; None for all others, which are the readers' business.

    Known by its content, because a saved page can be JSON too, and a report can have lost its ending.
    """
    try:
        with path.open("rb") as stream:
            start = stream.read(64).removeprefix(b"\xef\xbb\xbf").lstrip()
        if not start.startswith(b"{") or path.stat().st_size > _JSON_LIMIT:
            return None
        data = json.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return None
    return data if isinstance(data, dict) and "schema" in data and "cells" in data else None


def _folder(file: str) -> Refusal:
    return Refusal(
        "FOLDER",
        f"这是文件夹。要核对其中所有报告：gongkai report check {file}",
        f"This is a folder. To check all reports in it: gongkai report check {file}",
    )


def fault(error: Exception) -> Refusal:
    """For a defect of this program, with the place where it showed."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{Path(frame.filename).name}:{frame.lineno}"
    what = f"{type(error).__name__} ({place})"
    return Refusal(
        "FAULT",
        f"读取时程序出错：{what}。这是本程序的缺陷，请连同文件一起报告给开发者。",
        f"The program failed while reading: {what}. This is a bug; please report it together with the file.",
    )
