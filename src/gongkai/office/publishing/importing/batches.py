"""Writing what was understood: a batch of items goes public in one transaction, as the old site had them.

This is the one way besides `publication.py` by which items become public. What comes in was public already, on the site
that is being replaced; it has no reviews here, its first change does. Its act is recorded, batch by batch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
from operator import attrgetter
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from gongkai.office.accounts.policy import Refused
from gongkai.office.audit import actions as audit
from gongkai.office.organs.models import Organ
from gongkai.office.publishing import index_numbers
from gongkai.office.publishing.actions.store_file import take_in
from gongkai.office.publishing.body import clean
from gongkai.office.publishing.content import COLUMN_FIELDS, AttachedFile, Content
from gongkai.office.publishing.file_kinds import public_name
from gongkai.office.publishing.importing.inserting import insert, reserve_ids
from gongkai.office.publishing.importing.rows import Incoming
from gongkai.office.publishing.models import ImportRun, Item, ItemAttachment, ItemOrigin
from gongkai.office.publishing.search import announce
from gongkai.office.renderings.actions import touch
from gongkai.office.renderings.keys import SITE

_columns_of = attrgetter(*COLUMN_FIELDS)


def content_of(incoming: Incoming, folder: Path | None, *, at: datetime) -> Content:
    """What an incoming item says; its files are taken into the store on the way.

    Errors: Refused for a file that may not be attached.
    """
    attached = []
    for name in incoming.attachments:
        assert folder is not None, "rows.understand refuses attachments without a folder"
        with (folder / name).open("rb") as file:
            kept = take_in(iter(lambda: file.read(1 << 20), b""), name, at=at)
        attached.append(AttachedFile(kept.sha256, public_name(Path(name).name)))
    written = {**incoming.fields, "body": clean(str(incoming.fields["body"]))}
    return Content(
        column=incoming.column,
        topics=incoming.topics,
        attachments=tuple(attached),
        **written,  # type: ignore[arg-type]
    )


@transaction.atomic
def write_batch(
    run: ImportRun,
    batch: Sequence[tuple[Incoming, Content]],
    *,
    rows_done: int,
    actor: str,
    at: datetime,
) -> None:
    """Put a batch before the public and note in the run how far it has come: both stand, or neither does.

    Errors: Refused when somebody else carries the same import on, and is further.
    """
    stored = ImportRun.objects.select_for_update().get(pk=run.pk)
    if stored.rows_done != run.rows_done:
        raise Refused("另一个进程正在导入同一个文件，这里不再重复。请在“批量导入”里看进度。")
    if batch:
        hashes = [content.hash() for _, content in batch]
        items = _insert(batch, hashes, at)
        _attach(run, items, batch)
        audit.record(_act(run, items, hashes, actor), at=at)
        # Any page may list some of them, and there are many batches: all pages are rendered again when asked for.
        touch([SITE])
        announce(items)
    run.imported += len(batch)
    run.rows_done = rows_done
    run.save()


def _insert(batch: Sequence[tuple[Incoming, Content]], hashes: Sequence[str], at: datetime) -> Sequence[int]:
    """The items themselves; gives their ids, in the order of the batch."""
    numbers = _numbers(batch)
    items = reserve_ids(Item, len(batch))
    insert(
        Item,
        ("id", "organ", "column", "catalogue_row", "published_at", "index_number", "content_hash", *COLUMN_FIELDS),
        (
            items,
            [incoming.organ for incoming, _ in batch],
            [incoming.column for incoming, _ in batch],
            [content.catalogue_row for _, content in batch],
            [incoming.published_at for incoming, _ in batch],
            numbers,
            hashes,
            *zip(*(_columns_of(content) for _, content in batch), strict=True),
        ),
        created_at=at,
    )
    return items


def _numbers(batch: Sequence[tuple[Incoming, Content]]) -> list[str]:
    """The index number of each: the old site's, or one of ours."""
    index_numbers.claim(incoming.index_number for incoming, _ in batch if incoming.index_number)
    organs = Organ.objects.in_bulk({incoming.organ for incoming, _ in batch})
    missing = [
        (organs[incoming.organ], content.art20_category, timezone.localdate(incoming.published_at))
        for incoming, content in batch
        if not incoming.index_number
    ]
    ours = iter(index_numbers.give_many(missing))
    return [incoming.index_number or next(ours) for incoming, _ in batch]


def _attach(run: ImportRun, items: Sequence[int], batch: Sequence[tuple[Incoming, Content]]) -> None:
    """What hangs on the items: topics, files, and where they came from."""
    named = [
        (item, incoming.identifier) for item, (incoming, _) in zip(items, batch, strict=True) if incoming.identifier
    ]
    if named:
        insert(ItemOrigin, ("item", "identifier"), tuple(zip(*named, strict=True)), run=run.pk, source=run.source)
    contents = [(item, content) for item, (_, content) in zip(items, batch, strict=True)]
    placed = Item.topics.through
    placed._default_manager.bulk_create(
        placed(item_id=item, column_id=topic) for item, content in contents for topic in content.topics
    )
    ItemAttachment.objects.bulk_create(
        ItemAttachment(item_id=item, file_id=each.sha256, name=each.name, position=position)
        for item, content in contents
        for position, each in enumerate(content.attachments, start=1)
    )


def _act(run: ImportRun, items: Sequence[int], hashes: Sequence[str], actor: str) -> audit.Act:
    """One act a batch: which items, and a hash over the hashes of all they say."""
    detail = {
        "source": run.source,
        "file": run.file_name,
        "count": len(items),
        "first": items[0],
        "last": items[-1],
        "content_hashes": hashlib.sha256("".join(hashes).encode()).hexdigest(),
    }
    return audit.Act(actor, "publishing.import", f"publishing.import:{run.pk}", "ogi-2019#24", detail)
