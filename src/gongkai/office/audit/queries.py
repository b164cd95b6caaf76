"""What may be asked of the log."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from gongkai.office.audit.chain import Break, Link, breaks
from gongkai.office.audit.models import Entry, Head


def history(subject: str) -> QuerySet[Entry]:
    """Everything that was done to a subject, oldest first."""
    return Entry.objects.filter(subject=subject).order_by("sequence")


def broken_places() -> Iterator[Break]:
    """Walk the whole chain and tell where it is broken. Memory stays flat, whatever the length."""
    head = Head.objects.filter(id=1).values_list("sequence", "hash").first() or (0, "")
    return iter(breaks(_links(), head))


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
