"""Put a notice into the outbox, in the caller's transaction: it goes out if and only if what it tells of stands."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import uuid4

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction

from gongkai.office.audit import actions as audit
from gongkai.office.audit import vault
from gongkai.office.notices.models import Enclosure, Outgoing
from gongkai.office.notices.record import replace_earlier
from gongkai.office.notices.states import SENT_BY_US, Channel

LARGEST = 20 * 1024 * 1024
"""Bytes of all files of one mail: what common mail servers take, before base64 makes a third more of it."""
_MOBILE = re.compile(r"(?:\+?86)?1[3-9]\d{9}")
_PHONE_SIGNS = re.compile(r"[\s-]")


LETTER = "letter"
"""The kind of what is served on somebody: its room keeps the record of it, and has to know of a second sending."""


class Unsendable(Exception):
    """The notice could never be delivered; the message, in Chinese, says what to correct."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice to somebody.

    `to` is an address or a mobile number. `subject` stands in lists and in the letter's head, so it holds no name, number
    or address of a person; `body` may. An attachment is (name, bytes or the SHA-256 of a file in the audit's vault, media
    type), its name without anything personal too. `about` is `room.thing:id`; `kind` is what the caller calls it
    ("reminder", "letter_ready", …); a "letter" belongs to a record of its room and is sent again from there only. `organ`
    is the agency (its key) whose staff see it in the ledger. `by` is who causes it.

    `once` makes the notice unique: a second one with the same mark is not queued. `matters`: somebody has to act when it
    doesn't arrive. `until`: not worth sending after that.
    """

    channel: str
    to: str
    subject: str
    body: str
    about: str
    kind: str
    attachments: Sequence[tuple[str, bytes | str, str]] = ()
    organ: int | None = None
    by: str = audit.SYSTEM
    once: str = ""
    matters: bool = True
    until: datetime | None = None


@transaction.atomic
def send(notice: Notice, *, at: datetime, replaces: Outgoing | None = None) -> Outgoing:
    """Queue a notice; `deliver_due` sends it. With a mark that is queued already, the one that is there.

    Errors: Unsendable for an address that is none, too much to carry, a line break in the subject.
    """
    to = _address(notice)
    if "\n" in notice.subject or "\r" in notice.subject or not notice.subject.strip():
        raise Unsendable("通知的标题要有一行文字，不能换行。")
    if notice.once:
        there = Outgoing.objects.filter(once=notice.once).first()
        if there is not None:
            return there
    # The identity of the letter is fixed here, before anything is sent: whoever receives it twice can tell.
    try:
        with transaction.atomic():
            queued = _row(notice, to, replaces, at)
    except IntegrityError:
        # Two processes at once with one mark: the first row stands.
        return Outgoing.objects.get(once=notice.once)
    _enclose(queued, notice.attachments)
    replace_earlier(queued, at=at)
    if notice.matters:
        told = {"channel": notice.channel, "kind": notice.kind, "about": notice.about}
        audit.record(audit.Act(notice.by, "notices.queue", f"notices.notice:{queued.pk}", detail=told), at=at)
    return queued


def _row(notice: Notice, to: str, replaces: Outgoing | None, at: datetime) -> Outgoing:
    return Outgoing.objects.create(
        channel=notice.channel,
        kind=notice.kind,
        about=notice.about,
        subject=notice.subject.strip(),
        to=to,
        body=notice.body,
        organ_id=notice.organ,
        by=notice.by,
        message_id=f"{uuid4().hex}@{settings.MAIL_DOMAIN}",
        once=notice.once or None,
        matters=notice.matters,
        until=notice.until,
        replaces=replaces,
        queued_at=at,
        next_at=at,
    )


def _address(notice: Notice) -> str:
    to = notice.to.strip()
    if notice.channel not in SENT_BY_US:
        raise ValueError(f"{notice.channel} is carried by people: hand_over records it")
    if notice.channel == Channel.MAIL:
        try:
            validate_email(to)
        except ValidationError:
            raise Unsendable("电子邮箱的格式不对，不能发送邮件。请核对后更正，或者改用其他送达方式。") from None
        return to
    number = _PHONE_SIGNS.sub("", to)
    if not _MOBILE.fullmatch(number):
        raise Unsendable("手机号码不对，不能发送短信。请核对后更正，或者改用其他送达方式。")
    return number


def _enclose(notice: Outgoing, attachments: Sequence[tuple[str, bytes | str, str]]) -> None:
    rows, total = [], 0
    for name, content, media_type in attachments:
        if isinstance(content, str):
            kept = vault.kept(content)
            if kept is None:
                raise Unsendable(f"附件“{name}”找不到或者已经损坏，不能发送。请重新生成后再发。")
            sha256, size, sealed = content, len(kept), ""
        else:
            sha256, size = hashlib.sha256(content).hexdigest(), len(content)
            sealed = base64.b64encode(content).decode("ascii")
        total += size
        rows.append(
            Enclosure(notice=notice, name=name, media_type=media_type, sha256=sha256, size=size, content=sealed)
        )
    if rows and notice.channel != Channel.MAIL:
        raise Unsendable("短信不能带附件。请改用电子邮件，或者在短信里告知领取方式。")
    if total > LARGEST:
        raise Unsendable(
            f"附件共 {total / 1024 / 1024:.0f} MB，超过一封邮件的上限 {LARGEST // 1024 // 1024} MB。请改为凭码下载，或者分几封发送。"
        )
    Enclosure.objects.bulk_create(rows)
