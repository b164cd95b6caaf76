"""An import from beginning to end: tried without writing anything, begun, carried on where it stopped."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path

from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing import index_numbers, policy
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.importing.batches import content_of, write_batch
from gongkai.office.publishing.importing.reading import Row, read_rows
from gongkai.office.publishing.importing.rows import Incoming, Places, RowError, understand
from gongkai.office.publishing.models import ImportRun, Item, ItemOrigin
from gongkai.office.publishing.search import Entering, entering_many

BATCH = 4000
"""Rows of one transaction: an import of an existing site holds others up for as long as that takes, a second or two."""
ERRORS_KEPT = 1000
"""Errors that are listed one by one; beyond that only their number is given."""

Progress = Callable[[int], None]


@dataclass(slots=True)
class Trial:
    """What an import would do: rows read, how many could come in, are there already, or are wrong, and why."""

    rows: int = 0
    ready: int = 0
    already_there: int = 0
    refused: int = 0
    errors: list[RowError] = field(default_factory=list)


def try_out(path: Path, folder: Path | None, source: str, progress: Progress = lambda rows: None) -> Trial:
    """Read a whole file and say what would happen, without writing anything. Errors: CannotImport."""
    trial, judge = Trial(), _Judge(source, folder)
    for rows in _batches(read_rows(path)):
        for verdict in judge.verdicts(rows):
            trial.rows += 1
            if isinstance(verdict, Incoming):
                trial.ready += 1
            elif verdict is None:
                trial.already_there += 1
            else:
                trial.refused += 1
                trial.errors.extend(verdict[: max(0, ERRORS_KEPT - len(trial.errors))])
        progress(trial.rows)
    return trial


def begin(path: Path, source: str, *, by: User, at: datetime) -> ImportRun:
    """Begin an import, or find the one of this file that was begun before and stopped.

    Errors: Refused without the role, or when the file has been imported already.
    """
    policy.require_for_site(by, "import", on=timezone.localdate(at))
    if not source.strip():
        raise Refused("请写明信息来自哪个网站，以后同一来源的信息不会重复导入。")
    run, is_new = ImportRun.objects.get_or_create(
        source=source.strip(),
        file_sha256=_hash(path),
        defaults={"file_name": path.name, "started_by": by, "started_at": at},
    )
    if not is_new and run.finished_at:
        when = timezone.localtime(run.finished_at)
        raise Refused(f"这个文件已于 {when:%Y年%m月%d日 %H:%M} 导入完毕，共 {run.imported} 条，不再重复导入。")
    return run


def carry_on(
    run: ImportRun,
    path: Path,
    folder: Path | None,
    *,
    by: User,
    at: datetime,
    progress: Progress = lambda rows: None,
) -> ImportRun:
    """Bring in the rows that are not dealt with yet. Ended half-way, it is called again and goes on.

    Rows with errors are left out and listed in the run. Each batch is one transaction.
    Errors: CannotImport; Refused without the role or when the file is not the one that was begun.
    """
    policy.require_for_site(by, "import", on=timezone.localdate(at))
    if _hash(path) != run.file_sha256:
        raise Refused("文件与开始导入时的不一样，不能接着导入。请用原来的文件，或者作为新文件重新导入。")
    judge = _Judge(run.source, folder)
    with entering_many() as index:
        for rows in _batches(islice(read_rows(path), run.rows_done, None)):
            _bring_in(rows, judge, folder, run, index, by=by, at=at)
            progress(run.rows_done)
    run.finished_at = timezone.now()
    run.save(update_fields=["finished_at"])
    return run


def _bring_in(
    rows: list[Row], judge: _Judge, folder: Path | None, run: ImportRun, index: Entering, *, by: User, at: datetime
) -> None:
    ready: list[tuple[Incoming, Content]] = []
    for verdict in judge.verdicts(rows):
        if isinstance(verdict, Incoming):
            verdict = _with_content(verdict, folder, at, ready)
        if verdict is None:
            run.already_there += 1
        elif not isinstance(verdict, Incoming):
            run.refused += 1
            kept = verdict[: max(0, ERRORS_KEPT - len(run.errors))]
            run.errors.extend([each.row, each.heading, each.message] for each in kept)
    write_batch(run, ready, index, rows_done=run.rows_done + len(rows), actor=by.staff_number, at=at)


def _with_content(
    incoming: Incoming, folder: Path | None, at: datetime, ready: list[tuple[Incoming, Content]]
) -> Incoming | list[RowError]:
    try:
        ready.append((incoming, content_of(incoming, folder, at=at)))
    except Refused as refused:
        return [RowError(incoming.row, "附件", str(refused))]
    return incoming


class _Judge:
    """What becomes of rows: an item, nothing because it is there already (None), or errors."""

    def __init__(self, source: str, folder: Path | None) -> None:
        self.source, self.folder, self.places = source, folder, Places()
        self._seen: set[str] = set()
        self._lacking: dict[tuple[int, str], str] = {}

    def verdicts(self, rows: list[Row]) -> Iterator[Incoming | list[RowError] | None]:
        """One verdict a row, with two look-ups for all of them together."""
        understood = [understand(row, self.places, self.folder) for row in rows]
        incoming = [each for each in understood if isinstance(each, Incoming)]
        origins = ItemOrigin.objects.filter(
            source=self.source, identifier__in=[each.identifier for each in incoming if each.identifier]
        )
        there = set(origins.values_list("identifier", flat=True))
        numbered = Item.objects.filter(index_number__in=[each.index_number for each in incoming if each.index_number])
        taken = {number or "" for number in numbered.values_list("index_number", flat=True)}
        for each in understood:
            yield self._verdict(each, there, taken) if isinstance(each, Incoming) else each

    def _verdict(self, incoming: Incoming, there: set[str], taken: set[str]) -> Incoming | list[RowError] | None:
        if incoming.identifier in there:
            return None
        row = incoming.row
        if incoming.identifier and not self._is_first(f"原编号 {incoming.identifier}"):
            return [RowError(row, "原编号", f"“{incoming.identifier}”在文件里出现了两次")]
        if incoming.index_number in taken:
            return [RowError(row, "索引号", f"“{incoming.index_number}”已经是另一条信息的索引号")]
        if incoming.index_number and not self._is_first(f"索引号 {incoming.index_number}"):
            return [RowError(row, "索引号", f"“{incoming.index_number}”在文件里出现了两次")]
        if not incoming.index_number and (lacking := self._what_lacks(incoming)):
            return [RowError(row, "索引号", f"没有填写，也编不出：{lacking}")]
        return incoming

    def _is_first(self, name: str) -> bool:
        if name in self._seen:
            return False
        self._seen.add(name)
        return True

    def _what_lacks(self, incoming: Incoming) -> str:
        """Why the agency can't have an index number, asked once for each agency and category."""
        asked = (incoming.organ, str(incoming.fields["art20_category"]))
        if asked not in self._lacking:
            organ = self.places.organ(incoming.organ)
            day = timezone.localdate(incoming.published_at)
            self._lacking[asked] = index_numbers.missing_part(organ, asked[1], on=day)
        return self._lacking[asked]


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    waiting = iter(rows)
    while some := list(islice(waiting, BATCH)):
        yield some


def _hash(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
