"""Filling in an application on the public pages: keep what was filled in, attach files, send it, let it go."""

from __future__ import annotations

import hashlib
import json
import secrets
from collections.abc import Collection, Iterable, Mapping
from dataclasses import fields
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Sum
from django.utils.timezone import localdate

from gongkai.office.accounts.policy import Refused
from gongkai.office.applicants.models import Account
from gongkai.office.casework.actions.follow import follow
from gongkai.office.casework.actions.receive import Upload, receive
from gongkai.office.casework.files import LARGEST, MEGABYTE
from gongkai.office.casework.kinds import Channel
from gongkai.office.casework.models import Application, ApplicationDraft, DraftFile
from gongkai.office.casework.particulars import Particulars
from gongkai.office.organs.models import Organ
from gongkai.office.personal import files as sealed
from gongkai.office.publishing.queries import kind_of, public_name

HOURS = 2
LIFETIME = timedelta(hours=HOURS)
"""How long an untouched draft is kept: a long telephone call, not a night on a shared computer."""
MOST_FILES = 8
MOST_BYTES = 2 * 1024 * MEGABYTE
"""What all drafts together may take of the disk; nobody fills it from outside."""
NAMES = tuple(field.name for field in fields(Particulars))


def find(token: str, *, at: datetime) -> ApplicationDraft | None:
    """The draft of a token, None where there is none or its time is over."""
    if not token:
        return None
    return ApplicationDraft.objects.filter(digest=_digest(token), changed_at__gt=at - LIFETIME).first()


@transaction.atomic
def keep(
    draft: ApplicationDraft | None, organ: Organ, kind: str, filled: Mapping[str, str], *, at: datetime
) -> tuple[ApplicationDraft, str]:
    """Keep what was filled in so far, whether or not it is complete; gives the draft, and its token where it is new."""
    content = json.dumps({name: filled[name] for name in NAMES if filled.get(name)}, ensure_ascii=False)
    if draft is None or draft.application_id is not None:
        token = secrets.token_urlsafe(32)
        made = ApplicationDraft.objects.create(
            digest=_digest(token), organ=organ, kind=kind, content=content, changed_at=at
        )
        return made, token
    draft.organ, draft.kind, draft.content, draft.changed_at = organ, kind, content, at
    draft.save(update_fields=["organ", "kind", "content", "changed_at"])
    return draft, ""


def filled(draft: ApplicationDraft) -> dict[str, str]:
    """What was filled in, by the names of `Particulars`."""
    return json.loads(draft.content) if draft.content else {}


def particulars(draft: ApplicationDraft) -> Particulars:
    """What was filled in, as an application says it."""
    return particulars_of(draft.kind, filled(draft))


def particulars_of(kind: str, filled: Mapping[str, object]) -> Particulars:
    """The same of any values by the names of the form; a description left out is made of title and number."""
    said = {name: str(filled[name]) for name in NAMES if filled.get(name)}
    said = {"applicant_name": "", "wanted": ""} | said | {"applicant_kind": kind}
    if not said["wanted"].strip():
        title = said.get("wanted_title", "").strip().strip("《》")
        number = said.get("wanted_number", "").strip()
        said["wanted"] = " ".join(part for part in (title and f"《{title}》", number) if part)
    return Particulars(**said)


def attach(draft: ApplicationDraft, data: bytes, name: str, role: str) -> DraftFile:
    """Keep a file with a draft.

    Errors: Refused for a kind that may not be uploaded, an empty or too large file, and too many of them.
    """
    name = public_name(name)
    if not data:
        raise Refused(f"“{name}”是空的，没有保存。请检查文件是否完整，再重新上传。")
    if len(data) > LARGEST:
        raise Refused(f"“{name}”超过 {LARGEST // MEGABYTE} MB，没有保存。请压缩图片或者拆成几个文件后再上传。")
    if draft.files.count() >= MOST_FILES:
        raise Refused(f"最多上传 {MOST_FILES} 个文件，“{name}”没有保存。请先移除不需要的，或者合并成一个文件。")
    kind_of(data, name)
    kept = DraftFile.objects.aggregate(all=Sum("size"))["all"] or 0
    if kept + len(data) > MOST_BYTES:
        raise Refused("现在同时上传的人太多，文件没有保存。请过一会儿再上传，或者当面、邮寄提交。您填写的内容都还在。")
    return DraftFile.objects.create(draft=draft, role=role, name=name, handle=sealed.keep(data), size=len(data))


def detach(draft: ApplicationDraft, ids: Collection[int]) -> None:
    """Take files off a draft, and off the disk."""
    for file in draft.files.filter(pk__in=ids):
        file.delete()
        sealed.remove(file.handle)


def send(draft: ApplicationDraft, *, at: datetime, account: Account | None = None) -> Application:
    """Make the application of a draft. Sent twice it is one application: the second click gets the first one's. It stands in
    the list of the account that somebody is signed in to.

    The caller has locked the draft (`locked`) in a transaction.
    Errors: Refused as `receive` does.
    """
    if draft.application is not None:
        return draft.application
    files = list(draft.files.all())
    receipt = receive(
        draft.organ,
        particulars(draft),
        channel=Channel.ONLINE,
        submitted_on=localdate(at),
        at=at,
        uploads=[Upload(file.name, sealed.read(file.handle), file.role) for file in files],
    )
    ApplicationDraft.objects.filter(pk=draft.pk).update(application=receipt.application, content=None, changed_at=at)
    if account is not None:
        follow(account, receipt.application, was_sent_here=True, at=at)
    draft.files.all().delete()
    transaction.on_commit(lambda: _erase(file.handle for file in files))
    return receipt.application


def locked(draft: ApplicationDraft) -> ApplicationDraft:
    """The draft, which nobody else sends until the transaction ends."""
    return ApplicationDraft.objects.select_for_update(of=("self",)).select_related("organ").get(pk=draft.pk)


def discard(draft: ApplicationDraft) -> None:
    """Let a draft go, with its files."""
    handles = list(draft.files.values_list("handle", flat=True))
    draft.delete()
    _erase(handles)


def sweep(*, at: datetime) -> int:
    """Let every draft go that nobody has touched for its lifetime; gives how many."""
    old = list(ApplicationDraft.objects.filter(changed_at__lte=at - LIFETIME)[:500])
    for draft in old:
        discard(draft)
    return len(old)


def _erase(handles: Iterable[str]) -> None:
    for handle in handles:
        sealed.remove(handle)


def _digest(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
