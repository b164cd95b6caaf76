"""The process in which files of strangers are read: one after another from standard input, an answer in JSON for each.

It loads the readers and the law and nothing else: no settings, no database, no key. What it answers is plain JSON, so that
whoever asked believes nothing but numbers and texts. A request is two messages: what is asked, as JSON, and the file.
"""

from __future__ import annotations

import json
import os
import re
import resource
import signal
import sys
from typing import TYPE_CHECKING, Any

from gongkai.documents.model import Refusal
from gongkai.documents.readers.pdf.worker import receive, send

if TYPE_CHECKING:
    from gongkai.regulation.annual_report.report import Report

_NUL = re.compile(rb"((?<!\\)(?:\\\\)*)\\u0000")
"""A NUL in a text of JSON, which PostgreSQL keeps nowhere."""
IN_BACKGROUND = "background"
"""The argument of a process that gives way to all others."""
_GIVING_WAY = 15
"""Of the 19 steps of priority: thousands of files are read in what the site leaves over."""
MEMORY = 1 << 30
"""Bytes of data: far above what the readers' own limits allow, far below what would hurt the machine."""


def serve() -> None:
    """Answer until the other side closes its end."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that asked
    if IN_BACKGROUND in sys.argv[1:]:
        os.nice(_GIVING_WAY)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_DATA, (MEMORY, MEMORY))
    while (asked := receive(sys.stdin.buffer)) is not None:
        data = receive(sys.stdin.buffer)
        if data is None:
            return
        told = json.dumps(answer(json.loads(asked), data), ensure_ascii=False).encode("utf-8", "replace")
        send(sys.stdout.buffer, _NUL.sub(rb"\1", told))


def answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    """What a file says: `contract` as `gongkai report read --format json` prints it, `source` as the reader saw it,
    `noticed` the findings that rest on the file itself and not on the report in it.

    `asked` has the file's `name`, and may have `agency`, `year` and `previous`, the contract object of the year before.
    """
    try:
        return _answer(asked, data)
    except Exception as error:
        # A defect of ours, on one file among thousands: said, and the next file is read.
        return _refused(_fault(error))


def _answer(asked: dict[str, Any], data: bytes) -> dict[str, Any]:
    from gongkai.documents.readers import read_bytes
    from gongkai.office.reporting.received.source import source_of
    from gongkai.regulation.annual_report import check, finding_to_json, from_json, read, to_json

    own, source = _own_json(data), None
    if own is not None:
        report: Report | Refusal = from_json(own)
    else:
        document = read_bytes(data, asked.get("name", ""))
        if isinstance(document, Refusal):
            return _refused(document)
        source = source_of(document)
        report = read(document, agency=asked.get("agency"), year=asked.get("year"))
    if isinstance(report, Refusal):
        return _refused(report)
    previous = asked.get("previous")
    findings = check(report, previous=from_json(previous) if previous else None)
    noticed = [finding_to_json(finding) for finding in report.observations]
    return {"contract": to_json(report, findings), "source": source, "noticed": noticed}


def _refused(refusal: Refusal) -> dict[str, Any]:
    from gongkai.regulation.annual_report import refusal_to_json

    return {"contract": refusal_to_json(refusal), "source": None, "noticed": []}


def _own_json(data: bytes) -> dict[str, Any] | None:
    """The object in a file that `report read` or a published report's JSON is; None for all others."""
    if not data[:64].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"{"):
        return None
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and "schema" in found and "cells" in found else None


def _fault(error: Exception) -> Refusal:
    what = type(error).__name__
    return Refusal(
        "FAULT",
        f"读取时程序出错（{what}）。这是本程序的缺陷，请换一种格式再试，并告诉系统管理员。",
        f"The program failed while reading ({what}). Try another format and tell the administrator.",
    )


if __name__ == "__main__":
    serve()
