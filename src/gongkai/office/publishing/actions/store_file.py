"""Take in a file (上传附件)."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path

from django.db import transaction
from django.utils import timezone

from gongkai.documents.model import Refusal
from gongkai.documents.readers import read_bytes
from gongkai.documents.writers import text as plain
from gongkai.office.accounts.models import User
from gongkai.office.audit import actions as audit
from gongkai.office.organs.models import Organ
from gongkai.office.publishing import files, policy
from gongkai.office.publishing.content import AttachedFile
from gongkai.office.publishing.file_kinds import MEDIA_TYPES, kind_of, public_name
from gongkai.office.publishing.models import StoredFile
from gongkai.office.publishing.traces import traces_of

_UNREAD = {"png", "jpg", "gif", "webp", "mp3", "mp4"}
_LONGEST_REFUSAL = 200
_ANY_KIND = "application/octet-stream"


def store_file(organ: Organ, pieces: Iterable[bytes], name: str, *, by: User, at: datetime) -> AttachedFile:
    """Keep a file for an agency and give what a content attaches. It is public only when an item with it is.

    The file is read before anything is written to the database: reading takes time, and a lock should not.
    Errors: Refused for a kind that may not be attached, an empty or too large one, or without the role.
    """
    policy.require(by, "write", organ, on=timezone.localdate(at))
    name = public_name(name)
    kept = take_in(pieces, name, at=at, act=lambda kept: _act(by, organ, kept, name))
    return AttachedFile(kept.sha256, name)


def take_in(
    pieces: Iterable[bytes], name: str, *, at: datetime, act: Callable[[files.Kept], audit.Act] | None = None
) -> files.Kept:
    """Keep and describe a file, for whoever has asked who may. `act` is recorded with a file that was not there before.

    Errors: Refused for a kind that may not be attached, an empty or too large file.
    """
    kept = files.keep(pieces, lambda data: kind_of(data, name))
    if not StoredFile.objects.filter(pk=kept.sha256).exists():
        row = _described(kept, files.path_of(kept.sha256).read_bytes(), name, at)
        with transaction.atomic():
            # Two uploads of one file at once: the first row stands.
            StoredFile.objects.bulk_create([row], ignore_conflicts=True)
            if act:
                audit.record(act(kept), at=at)
    return kept


def keep_unread(pieces: Iterable[bytes], *, at: datetime) -> StoredFile:
    """Keep a file of any kind as it came, without looking inside: for rooms that read it apart, and never publish it.

    Errors: Refused for an empty or too large file.
    """
    kept = files.keep(pieces)
    row = StoredFile(sha256=kept.sha256, size=kept.size, media_type=_ANY_KIND, stored_at=at)
    StoredFile.objects.bulk_create([row], ignore_conflicts=True)
    return StoredFile.objects.get(pk=kept.sha256)


def path_of(file: StoredFile) -> Path:
    """Where the bytes of a kept file lie."""
    return files.path_of(file.pk)


def _described(kept: files.Kept, data: bytes, name: str, at: datetime) -> StoredFile:
    kind = kind_of(data, name)
    text, refusal, code = "", "", ""
    if kind in _UNREAD:
        refusal, code = "图片和音像没有可以检查的文字。", "SCAN"
    else:
        read = read_bytes(data, name)
        if isinstance(read, Refusal):
            refusal, code = read.message[:_LONGEST_REFUSAL], read.code
        else:
            # PostgreSQL keeps no NUL in text.
            text = plain.render(read).decode("utf-8").replace("\0", "")
    found = traces_of(data, kind)
    return StoredFile(
        sha256=kept.sha256,
        size=kept.size,
        media_type=MEDIA_TYPES[kind],
        text=text,
        refusal=refusal,
        traces={**found, "refusal": code} if code else found,
        stored_at=at,
    )


def _act(by: User, organ: Organ, kept: files.Kept, name: str) -> audit.Act:
    detail = {"sha256": kept.sha256, "size": kept.size, "name": name, "organ": organ.code, "account": by.get_username()}
    return audit.Act(by.staff_number, "publishing.store_file", f"publishing.file:{kept.sha256}", detail=detail)
