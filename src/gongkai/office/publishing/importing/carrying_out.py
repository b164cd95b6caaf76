"""An import of items from beginning to end: tried without writing anything, begun, carried on where it stopped."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path

from django.utils import timezone

from gongkai.office.accounts.models import User
from gongkai.office.accounts.policy import Refused
from gongkai.office.publishing import index_numbers, policy
from gongkai.office.publishing.content import Content
from gongkai.office.publishing.importing import running
from gongkai.office.publishing.importing.batches import content_of, write_batch
from gongkai.office.publishing.importing.reading import Row
from gongkai.office.publishing.importing.rows import Incoming, Places, RowError, understand
from gongkai.office.publishing.importing.running import Progress, Trial
from gongkai.office.publishing.models import ImportRun, Item, ItemOrigin
from gongkai.office.publishing.search import Beside, following_beside

ITEMS = "items"


def try_out(path: Path, folder: Path | None, source: str, progress: Progress = lambda rows: None) -> Trial:
    """Read a whole file and say what would happen, without writing anything. Errors: CannotImport."""
    return running.try_out(path, _Judge(source, folder), progress)


def begin(path: Path, source: str, *, by: User, at: datetime, name: str = "") -> ImportRun:
    """Begin an import, or find the one of this file that was begun before and stopped. `name` is the file's, if not its own.

    Errors: Refused without the role, or when the file has been imported already.
    """
    policy.require_for_site(by, "import", on=timezone.localdate(at))
    return running.begin(path, source, into=ITEMS, by=by, at=at, name=name)


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

    Errors: CannotImport; Refused without the role or when the file is not the one that was begun.
    """
    policy.require_for_site(by, "import", on=timezone.localdate(at))
    with following_beside() as beside:
        judge = _Judge(run.source, folder, actor=by.staff_number, beside=beside)
        return running.carry_on(run, path, judge, at=at, progress=progress)


class _Judge:
    """What becomes of rows: an item, nothing because it is there already (None), or errors."""

    def __init__(self, source: str, folder: Path | None, actor: str = "", beside: Beside | None = None) -> None:
        self.source, self.folder, self.actor, self.beside, self.places = source, folder, actor, beside, Places()
        self._seen: set[str] = set()
        self._lacking: dict[tuple[int, str], str] = {}

    def verdicts(self, rows: list[Row]) -> Iterator[Incoming | list[RowError] | None]:
        """One verdict a row, with two look-ups for all of them together."""
        if self.beside is not None:
            self.beside.expect(len(rows))
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

    def write(self, run: ImportRun, ready: Sequence[Incoming], *, rows_done: int, at: datetime) -> None:
        """A batch, with its files; a row whose file may not be attached is refused."""
        batch: list[tuple[Incoming, Content]] = []
        for incoming in ready:
            try:
                batch.append((incoming, content_of(incoming, self.folder, at=at)))
            except Refused as refused:
                running.refuse(run, [RowError(incoming.row, "附件", str(refused))])
        write_batch(run, batch, rows_done=rows_done, actor=self.actor, at=at)

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
