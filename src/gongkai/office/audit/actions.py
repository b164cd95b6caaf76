"""Adding to the log, from which nothing is ever taken out; and sealing texts that are given out to the public."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from gongkai.office.audit import vault
from gongkai.office.audit.chain import Link
from gongkai.office.audit.codes import new_code
from gongkai.office.audit.models import Entry, Head, Seal, SealedFile

SYSTEM = "system"
"""The actor of what the clock or an installation does by itself."""


@dataclass(frozen=True, slots=True)
class Act:
    """What is to be recorded: `act` is `room.verb`, `subject` is `room.thing:id`, `detail` what changed (plain JSON)."""

    actor: str
    act: str
    subject: str
    citation: str = ""
    detail: Mapping[str, Any] = field(default_factory=dict)


def record(act: Act, *, at: datetime) -> None:
    """Add one act to the log, in the caller's transaction: it stands if and only if what it tells of stands."""
    record_all([act], at=at)


def await_turn() -> None:
    """Lock the end of the chain until the transaction ends: whoever holds it commits before those who come after.

    For what has to become visible in the order in which it is numbered. It is the lock that recording takes, so the two
    can't wait for each other. SQLite lets only one transaction write anyway.
    """
    if connection.features.has_select_for_update:
        Head.objects.select_for_update().get_or_create(id=1)


@transaction.atomic
def record_all(acts: Iterable[Act], *, at: datetime) -> None:
    """Add acts to the log in their order, with one look at the end of the chain."""
    head = Head.objects.select_for_update().get_or_create(id=1)[0]
    entries = []
    for act in acts:
        link = Link(head.sequence + 1, at, act.actor, act.act, act.subject, act.citation, dict(act.detail), head.hash)
        head.sequence, head.hash = link.sequence, link.hash()
        entries.append(
            Entry(
                sequence=link.sequence,
                at=at,
                actor=act.actor,
                act=act.act,
                subject=act.subject,
                citation=act.citation,
                detail=dict(act.detail),
                previous_hash=link.previous_hash,
                hash=head.hash,
            )
        )
    Entry.objects.bulk_create(entries, batch_size=500)
    head.save(update_fields=["sequence", "hash"])


@dataclass(frozen=True, slots=True)
class Sealed:
    """What is sealed: whose text, what it is called, who issued it, its number, where it stands, the hash of the text."""

    subject: str
    text_hash: str
    label: str
    issuer: str
    number: str
    address: str


@transaction.atomic
def seal(text: Sealed, *, at: datetime) -> Seal:
    """The seal of a text: the one it has, or a new one. Whatever else of its subject was sealed is superseded by it."""
    found = Seal.objects.select_for_update().filter(subject=text.subject, text_hash=text.text_hash).first()
    if found is not None and found.ended_at is None:
        return found
    end(text.subject, Seal.Ending.SUPERSEDED, "", at=at)
    if found is not None:
        # The text came back: it was withdrawn and published again, or a correction was taken back.
        found.ended_at, found.ended_as, found.ended_reason = None, "", ""
        found.save(update_fields=["ended_at", "ended_as", "ended_reason"])
    else:
        found = Seal.objects.create(
            code=new_code(),
            subject=text.subject,
            text_hash=text.text_hash,
            label=text.label,
            issuer=text.issuer,
            number=text.number,
            address=text.address,
            issued_at=at,
        )
    told = {"subject": text.subject, "text_hash": text.text_hash}
    record(Act(SYSTEM, "audit.seal", f"audit.seal:{found.code}", detail=told), at=at)
    return found


@transaction.atomic
def end(subject: str, ending: str, reason: str, *, at: datetime) -> int:
    """Say of everything sealed of a subject that it no longer holds; gives how many seals that were."""
    ended = list(Seal.objects.select_for_update().filter(subject=subject, ended_at=None))
    for each in ended:
        each.ended_at, each.ended_as, each.ended_reason = at, ending, reason
        each.save(update_fields=["ended_at", "ended_as", "ended_reason"])
        told = {"subject": subject, "ending": ending, "reason": reason}
        record(Act(SYSTEM, "audit.end_seal", f"audit.seal:{each.code}", detail=told), at=at)
    return len(ended)


def file_of(seal: Seal, name: str, make: Callable[[], bytes], *, at: datetime) -> bytes:
    """The bytes of a file under a seal: those given out before; made, kept and recorded the first time."""
    for given in seal.files.filter(name=name).order_by("-id"):
        content = vault.kept(given.sha256)
        if content is not None:
            return content
    content = make()
    sha256 = vault.keep(content)
    with transaction.atomic():
        _, is_new = SealedFile.objects.get_or_create(
            seal=seal, sha256=sha256, defaults={"name": name, "size": len(content), "made_at": at}
        )
        if is_new:
            told = {"sha256": sha256, "name": name}
            record(Act(SYSTEM, "audit.seal_file", f"audit.seal:{seal.code}", detail=told), at=at)
    return content


def vouch_for(seal: Seal, name: str, content: bytes, *, at: datetime) -> str:
    """Record a file under a seal without keeping it: its keeper is the room it belongs to. Gives its SHA-256.

    For files that tell who somebody is: they lie encrypted with their case, and the vault is open to whoever reads the disk.
    """
    sha256 = hashlib.sha256(content).hexdigest()
    with transaction.atomic():
        _, is_new = SealedFile.objects.get_or_create(
            seal=seal, sha256=sha256, defaults={"name": name, "size": len(content), "made_at": at}
        )
        if is_new:
            told = {"sha256": sha256, "name": name}
            record(Act(SYSTEM, "audit.seal_file", f"audit.seal:{seal.code}", detail=told), at=at)
    return sha256
