"""What may be asked of the log."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.db.models import QuerySet

from gongkai.office.audit.chain import Break, Link, breaks
from gongkai.office.audit.models import Entry, Head, Seal
from gongkai.office.audit.room_of import RoomOf


def history(subject: str) -> QuerySet[Entry]:
    """Everything that was done to a subject, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("sequence")


def entries(
    *, actor: str = "", room: str = "", subject: str = "", since: datetime | None = None, until: datetime | None = None
) -> QuerySet[Entry]:
    """The log, newest first: of one person, of one room's acts, of one subject, of a stretch of time (`until` excluded).

    A stretch of time and a room's acts are read off their index in the order of time: by the order of entries, the database
    would step over every entry since, and over all others of a room that has few.
    """
    is_by_time = since or until or (room and not (actor or subject))
    found = Entry.objects.order_by(*(("-at", "-sequence") if is_by_time else ("-sequence",)))
    if actor:
        found = found.filter(actor=actor)
    if room:
        found = found.alias(room=RoomOf("act")).filter(room=room)
    if subject:
        found = found.filter(subject=subject)
    if since:
        found = found.filter(at__gte=since)
    if until:
        found = found.filter(at__lt=until)
    return found


def broken_places() -> Iterator[Break]:
    """Walk the whole chain and tell where it is broken. Memory stays flat, whatever the length."""
    return iter(breaks(_links(), end_of_chain()))


def end_of_chain() -> tuple[int, str]:
    """How many entries there are, and the hash of the last: whoever keeps a copy of it can tell later what was cut off."""
    return Head.objects.filter(id=1).values_list("sequence", "hash").first() or (0, "")


def _links() -> Iterator[tuple[Link, str]]:
    for entry in Entry.objects.order_by("sequence").iterator(chunk_size=2000):
        yield (
            Link(
                entry.sequence,
                entry.at,
                entry.actor,
                entry.act,
                entry.subject,
                entry.citation,
                entry.detail,
                entry.previous_hash,
            ),
            entry.hash,
        )


def seal_of(code: str) -> Seal | None:
    """The seal of a code, None when no such code was ever given."""
    return Seal.objects.prefetch_related("files").filter(code=code).first()


def seals_of_file(sha256: str) -> list[Seal]:
    """The seals under which a file of this hash was given out, the one that holds first."""
    found = Seal.objects.filter(files__sha256=sha256.lower()).prefetch_related("files").distinct()
    return sorted(found, key=lambda seal: (seal.ended_at is not None, -seal.issued_at.timestamp()))


def seals_with_files() -> QuerySet[Seal]:
    """Every seal under which a file was given out to the public, in the order of their codes.

    A letter to one person has no public address; it is checked by its code or by the file, and stands on no list.
    """
    return (
        Seal.objects.filter(files__isnull=False)
        .exclude(address="")
        .distinct()
        .prefetch_related("files")
        .order_by("code")
    )
