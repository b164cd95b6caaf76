"""A report as files: the statutory layout in each of its formats, with the same numbers in all of them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence

from gongkai.documents.writers import render
from gongkai.office.reporting.pictures import illustrated
from gongkai.regulation.annual_report import Report, to_json
from gongkai.regulation.finding import Finding

FORMATS = ("json", "html", "docx", "pdf", "xlsx", "csv")


def file_of(report: Report, findings: Iterable[Finding], name: str, drawings: Sequence[str] = ()) -> bytes:
    """A report in a format, with drawings behind its table of applications where the format has room for them.

    The same report gives the same bytes, except where a format keeps the time of writing.

    Errors: KeyError for a format that is none; ValueError where a character can't be drawn.
    """
    if name == "json":
        return (json.dumps(to_json(report, findings), ensure_ascii=False, indent=1) + "\n").encode()
    if name not in FORMATS:
        raise KeyError(name)
    return render(illustrated(report, drawings), name)
