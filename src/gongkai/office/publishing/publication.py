"""The only way in and out of the public's sight. Each act is one transaction: all of it stands, or none.

`actions` decide whether; here is what going public and being taken down consist of. Nothing else in the office writes an
item's public columns (an import, which says so in its own act, excepted).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.module_loading import import_string

from gongkai.office.audit import actions as audit
from gongkai.office.audit.actions import Act
from gongkai.office.publishing import index_numbers, record
from gongkai.office.publishing.content import COLUMN_FIELDS, AttachedFile, Content
from gongkai.office.publishing.models import Draft, Item, ItemAttachment, Version
from gongkai.office.publishing.record import Dossier
from gongkai.office.publishing.refusals import refuse_if
from gongkai.office.publishing.search import announce
from gongkai.office.publishing.showing import showing
from gongkai.office.renderings.actions import touch
from gongkai.regulation.review import Published


def publish_approved(dossier: Dossier, *, actor: str) -> bool:
    """Publish what has its three passes, if its hour has come; False when it is not that far. The caller holds the lock.

    The publication is recorded as the act of whoever passed last; `actor` is who or what brought it about.
    Errors: RefusedByRule when the review does not allow it, Refused when no index number can be given.
    """
    draft, standing = dossier.draft, dossier.standing()
    if draft is None or standing.state != "approved" or (draft.publish_at and draft.publish_at > dossier.at):
        return False
    last = standing.passes[-1]
    refuse_if(dossier.why_not("publish", person=last.by))
    record.add(dossier, Published(last.by, dossier.at, dossier.content_hash))
    go_public(dossier.item, draft, actor=actor, at=dossier.at)
    return True


@transaction.atomic
def go_public(item: Item, draft: Draft, *, actor: str, at: datetime) -> Version:
    """Put the draft's content before the public, for the first time or in place of what is there; the draft is used up.

    The caller holds the item's lock and has asked the review. The time of publication is `at` and nothing else.
    Errors: Refused when no index number can be given.
    """
    content = Content.from_json(draft.content)
    is_new = item.published_at is None
    if not is_new:
        _keep_what_was_public(item)
    was_withdrawn = item.withdrawn_at is not None
    shown_before = showing(item)
    _fill(item, content)
    if item.index_number is None:
        item.index_number = index_numbers.give(item.organ, item.art20_category, on=timezone.localdate(at))
    if is_new:
        item.published_at = at
    else:
        item.changed_at = at
    item.withdrawn_at, item.withdrawn_reason = None, ""
    item.save()
    item.topics.set(content.topics)
    _attach(item, content)
    version = _add_version(item, content, at)
    draft.delete()
    act = "publish" if is_new else "restore" if was_withdrawn else "correct"
    detail = {
        "index_number": item.index_number,
        "title": item.title,
        "content_hash": item.content_hash,
        "version": version.number,
        "note": version.note,
    }
    audit.record(Act(actor, f"publishing.{act}", f"publishing.item:{item.pk}", "ogi-2019#26", detail), at=at)
    _tell_followers(item, at)
    announce([item.pk])
    touch(shown_before | showing(item))
    return version


@transaction.atomic
def take_down(item: Item, *, reason: str, actor: str, at: datetime) -> None:
    """Take a public item out of the public's sight, at once; that it was there, and why it went, stays known."""
    item.withdrawn_at, item.withdrawn_reason = at, reason
    item.save(update_fields=["withdrawn_at", "withdrawn_reason"])
    detail = {"index_number": item.index_number, "title": item.title, "reason": reason}
    audit.record(Act(actor, "publishing.withdraw", f"publishing.item:{item.pk}", "ogi-2019#14", detail), at=at)
    _tell_followers(item, at)
    announce([item.pk])
    touch(showing(item))


def public_content(item: Item) -> Content:
    """What an item says to the public, from its columns: where a correction or a restoration begins."""
    values = {name: getattr(item, name) for name in COLUMN_FIELDS}
    values["keywords"] = tuple(values["keywords"])
    return Content(
        column=item.column_id,
        topics=tuple(item.topics.order_by("pk").values_list("pk", flat=True)),
        catalogue_row=item.catalogue_row_id,
        attachments=tuple(AttachedFile(each.file_id, each.name) for each in item.attachments.all()),
        **values,
    )


def _tell_followers(item: Item, at: datetime) -> None:
    """Let the rooms above, which this one doesn't know, derive what they derive, in this transaction."""
    for name in settings.PUBLICATION_FOLLOWERS:
        import_string(name)([item.pk], at=at)


def _fill(item: Item, content: Content) -> None:
    for name in COLUMN_FIELDS:
        value = getattr(content, name)
        setattr(item, name, list(value) if isinstance(value, tuple) else value)
    item.column_id, item.catalogue_row_id = content.column, content.catalogue_row
    item.content_hash = content.hash()


def _attach(item: Item, content: Content) -> None:
    item.attachments.all().delete()
    ItemAttachment.objects.bulk_create(
        ItemAttachment(item=item, file_id=each.sha256, name=each.name, position=position)
        for position, each in enumerate(content.attachments, start=1)
    )


def _add_version(item: Item, content: Content, at: datetime) -> Version:
    last = item.versions.order_by("-number").values_list("number", flat=True).first() or 0
    return Version.objects.create(
        item=item,
        number=last + 1,
        content=content.to_json(),
        content_hash=item.content_hash,
        published_at=at,
        note=content.correction_note,
    )


def _keep_what_was_public(item: Item) -> None:
    """An imported item has no version until it changes: what was public until now becomes its first one."""
    if not item.versions.exists():
        assert item.published_at is not None
        content = replace(public_content(item), correction_note="")
        _add_version(item, content, item.published_at)
