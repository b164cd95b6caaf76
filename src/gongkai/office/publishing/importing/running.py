"""How any import runs, whatever its rows become: tried without writing, begun once, carried on where it stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Protocol, TypeVar

from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing.importing.reading import Row, read_rows
from gongkai.office.publishing.importing.rows import RowError
from gongkai.office.publishing.models import ImportRun

BATCH = 4000
"""Rows of one transaction: an import of an existing site holds others up for as long as that takes, a second or two."""
ERRORS_KEPT = 1000
"""Errors that are listed one by one; beyond that only their number is given."""
_LONGEST_NAME = 200
"""Signs of a file's name that are kept; browsers send up to 255."""

Progress = Callable[[int], None]
Understood = TypeVar("Understood")


class Intake(Protocol[Understood]):
    """What becomes of rows: understood, nothing because it is there already (None), or errors; and how they are written."""

    def verdicts(self, rows: list[Row]) -> Iterator[Understood | list[RowError] | None]:
        """One verdict a row; writes nothing."""

    def write(self, run: ImportRun, ready: Sequence[Understood], *, rows_done: int, at: datetime) -> None:
        """Write a batch and note in the run how far it has come, in one transaction; may `refuse` a row at the last moment."""


@dataclass(slots=True)
class Trial:
    """What an import would do: rows read, how many could come in, are there already, or are wrong, and why."""

    rows: int = 0
    ready: int = 0
    already_there: int = 0
    refused: int = 0
    errors: list[RowError] = field(default_factory=list)

    @property
    def rows_of_errors(self) -> list[tuple[int, str, str]]:
        """The errors as a table shows them: row, heading, reason."""
        return [(each.row, each.heading, each.message) for each in self.errors]


def try_out(path: Path, intake: Intake[Understood], progress: Progress = lambda rows: None) -> Trial:
    """Read a whole file and say what would happen, without writing anything. Errors: CannotImport."""
    trial = Trial()
    for rows in _batches(read_rows(path)):
        for verdict in intake.verdicts(rows):
            trial.rows += 1
            if verdict is None:
                trial.already_there += 1
            elif isinstance(verdict, list):
                trial.refused += 1
                trial.errors.extend(verdict[: max(0, ERRORS_KEPT - len(trial.errors))])
            else:
                trial.ready += 1
        progress(trial.rows)
    return trial


def begin(path: Path, source: str, *, into: str, by: User, at: datetime, name: str = "") -> ImportRun:
    """Begin an import, or find the one of this file that was begun before and stopped. The caller has asked who may.

    `name` is the file's, where it lies under another.

    Errors: Refused when the file has been imported already, or nobody says where it comes from.
    """
    if not source.strip():
        raise Refused("请写明信息来自哪个网站，以后同一来源的信息不会重复导入。")
    run, is_new = ImportRun.objects.get_or_create(
        into=into,
        source=source.strip(),
        file_sha256=hash_of(path),
        defaults={"file_name": (name or path.name)[:_LONGEST_NAME], "started_by": by, "started_at": at},
    )
    if not is_new and run.finished_at:
        when = timezone.localtime(run.finished_at)
        raise Refused(f"这个文件已于 {when:%Y年%m月%d日 %H:%M} 导入完毕，共 {run.imported} 条，不再重复导入。")
    return run


def carry_on(
    run: ImportRun,
    path: Path,
    intake: Intake[Understood],
    *,
    at: datetime,
    progress: Progress = lambda rows: None,
) -> ImportRun:
    """Bring in the rows that are not dealt with yet. Ended half-way, it is called again and goes on.

    Rows with errors are left out and listed in the run. Each batch is one transaction.
    Errors: CannotImport; Refused when the file is not the one that was begun.
    """
    if hash_of(path) != run.file_sha256:
        raise Refused("文件与开始导入时的不一样，不能接着导入。请用原来的文件，或者作为新文件重新导入。")
    for rows in _batches(islice(read_rows(path), run.rows_done, None)):
        ready: list[Understood] = []
        for verdict in intake.verdicts(rows):
            if verdict is None:
                run.already_there += 1
            elif isinstance(verdict, list):
                refuse(run, verdict)
            else:
                ready.append(verdict)
        intake.write(run, ready, rows_done=run.rows_done + len(rows), at=at)
        progress(run.rows_done)
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])
    return run


def refuse(run: ImportRun, errors: list[RowError]) -> None:
    """Note in the run that a row is left out, and why."""
    run.refused += 1
    kept = errors[: max(0, ERRORS_KEPT - len(run.errors))]
    run.errors.extend([each.row, each.heading, each.message] for each in kept)


def hash_of(path: Path) -> str:
    """The SHA-256 of a file, by which it is known again."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while some := list(islice(waiting, BATCH)):
        yield some
