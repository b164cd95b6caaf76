"""Which files a person means by a folder."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator
from pathlib import Path

from gongkai.cli.console import Stop

REPORT_SUFFIXES = frozenset(
    f".{ending}"
    for ending in (
        *("csv", "doc", "docx", "htm", "html", "json", "markdown", "md", "odt"),
        *("pdf", "rtf", "tsv", "txt", "wps", "xhtml", "xls", "xlsx"),
    )
)
"""Endings under which reports are published; a file named on the command line is read whatever its ending."""


def report_files(named: Iterable[str]) -> list[str]:
    """The files named, and for a folder all reports below it in the order of their names.

    Hidden files and the lock files of office programs (`~$…`) are passed over. Errors: Stop for a folder without any.
    """
    found: list[str] = []
    for name in named:
        if not Path(name).is_dir():
            found.append(name)
            continue
        inside = list(_below(name))
        if not inside:
            endings = " ".join(sorted(REPORT_SUFFIXES))
            raise Stop(
                f"文件夹 {name} 里没有报告文件（认得的扩展名：{endings}）。",
                f"The folder {name} holds no report files (known endings: {endings}).",
            )
        found.extend(inside)
    return found


def _below(folder: str) -> Iterator[str]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(files):
            if Path(name).suffix.lower() in REPORT_SUFFIXES and not name.startswith((".", "~$")):
                yield os.path.join(parent, name)
