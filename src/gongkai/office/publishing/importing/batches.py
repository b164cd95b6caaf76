"""Writing what was understood: a batch of items goes public in one transaction, as the old site had them.

This is the one way besides `publication.py` by which items become public. What comes in was public already, on the site
that is being replaced; it has no reviews here, its first change does. Its act is recorded, batch by batch.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from datetime import datetime
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
from gongkai.office.publishing.importing.rows import Incoming
from gongkai.office.publishing.models import ImportRun, Item, ItemAttachment, ItemOrigin
from gongkai.office.publishing.search import Beside, announce
from gongkai.office.renderings.actions import touch
from gongkai.office.renderings.keys import SITE

_PIECE = 500
"""Rows written at a time."""


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
    beside: Beside,
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
        written: list[Item] = []
        numbered = _numbered(batch)
        for start in range(0, len(batch), _PIECE):
            some = numbered[start : start + _PIECE]
            items = Item.objects.bulk_create([_item(incoming, content, at) for incoming, content in some])
            _attach(run, list(zip(items, batch[start : start + _PIECE], strict=True)))
            written += items
        audit.record(_act(run, written, actor), at=at)
        # Any page may list some of them, and there are many batches: all pages are rendered again when asked for.
        touch([SITE])
        announce([item.pk for item in written])
        beside.expect(len(written))
    run.imported += len(batch)
    run.rows_done = rows_done
    run.save()


def _numbered(batch: Sequence[tuple[Incoming, Content]]) -> list[tuple[tuple[Incoming, str], Content]]:
    """Each with its index number: the old site's, or one of ours."""
    index_numbers.claim(incoming.index_number for incoming, _ in batch if incoming.index_number)
    organs = Organ.objects.in_bulk({incoming.organ for incoming, _ in batch})
    missing = [
        (organs[incoming.organ], content.art20_category, timezone.localdate(incoming.published_at))
        for incoming, content in batch
        if not incoming.index_number
    ]
    ours = iter(index_numbers.give_many(missing))
    return [((incoming, incoming.index_number or next(ours)), content) for incoming, content in batch]


def _item(numbered: tuple[Incoming, str], content: Content, at: datetime) -> Item:
    incoming, number = numbered
    values = {name: getattr(content, name) for name in COLUMN_FIELDS}
    return Item(
        organ_id=incoming.organ,
        column_id=incoming.column,
        catalogue_row_id=content.catalogue_row,
        index_number=number,
        content_hash=content.hash(),
        created_at=at,
        published_at=incoming.published_at,
        **values | {"keywords": list(content.keywords)},
    )


def _attach(run: ImportRun, written: Sequence[tuple[Item, tuple[Incoming, Content]]]) -> None:
    """What hangs on the items: topics, files, and where they came from."""
    ItemOrigin.objects.bulk_create(
        ItemOrigin(item=item, run=run, source=run.source, identifier=incoming.identifier)
        for item, (incoming, _) in written
        if incoming.identifier
    )
    placed = Item.topics.through
    placed._default_manager.bulk_create(
        placed(item_id=item.pk, column_id=topic) for item, (_, content) in written for topic in content.topics
    )
    ItemAttachment.objects.bulk_create(
        ItemAttachment(item=item, file_id=each.sha256, name=each.name, position=position)
        for item, (_, content) in written
        for position, each in enumerate(content.attachments, start=1)
    )


def _act(run: ImportRun, items: Sequence[Item], actor: str) -> audit.Act:
    """One act a batch: which items, and a hash over the hashes of all they say."""
    digest = hashlib.sha256("".join(item.content_hash for item in items).encode()).hexdigest()
    detail = {
        "source": run.source,
        "file": run.file_name,
        "count": len(items),
        "first": items[0].pk,
        "last": items[-1].pk,
        "content_hashes": digest,
    }
    return audit.Act(actor, "publishing.import", f"publishing.import:{run.pk}", "ogi-2019#24", detail)
